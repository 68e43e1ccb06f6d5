package io.neuronledger.cli.dashboard;

import static org.awaitility.Awaitility.await;

import io.neuronledger.cli.answer.FinanceApi;
import io.neuronledger.cli.answer.LedgerApi;
import io.neuronledger.cli.demo.Play;
import io.neuronledger.cli.stack.Ports;
import io.neuronledger.cli.stack.Stack;
import io.neuronledger.cli.stack.StackOptions;
import io.neuronledger.cli.stack.chain.ChainSource;
import io.neuronledger.cli.stack.chain.DevChain;
import io.neuronledger.cli.stack.issuer.IssuerClient;
import io.neuronledger.cli.stack.issuer.StackDashboard;
import io.neuronledger.contracts.topic.WriteToken;
import io.neuronledger.contracts.usage.ModelName;
import io.neuronledger.contracts.usage.RequestId;
import io.neuronledger.contracts.usage.Units;
import io.neuronledger.contracts.usage.UsageReport;
import io.neuronledger.contracts.usage.UsageSource;
import io.neuronledger.contracts.value.Neuron;
import io.neuronledger.contracts.value.WalletAddress;
import io.neuronledger.query.LedgerQuery;
import io.neuronledger.testkit.devchain.contract.AccountLedgerContract;
import io.neuronledger.testkit.devchain.rpc.JsonRpc;
import io.neuronledger.testkit.devchain.transaction.DevWallet;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.PropertySource;
import org.springframework.core.env.SimpleCommandLinePropertySource;
import tools.jackson.databind.JsonNode;

/** The stack of {@code ./ledger up --play}, and a browser. */
final class DashboardStack implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final Duration CODE_VALIDITY = Duration.ofMinutes(10);

  /** Some amounts need a second person, some do not. */
  private static final Map<String, String> SETTINGS =
      Map.of("neuron-ledger.resolution.second-person-above", "1000000000000000000");

  private final Stack stack;
  private final Chromium chromium;
  private final int confirmations;
  private final List<ConfigurableApplicationContext> restarted = new ArrayList<>();

  private DashboardStack(Stack stack, Chromium chromium, int confirmations) {
    this.stack = stack;
    this.chromium = chromium;
    this.confirmations = confirmations;
  }

  static DashboardStack start() {
    Instant now = InstantSource.system().instant();
    return start(new ChainSource.OwnDevChain(Optional.of(Play.genesisTime(now))), SETTINGS, 0, started -> {
      Play.on(started.stack, now);
      started.awaitHead();
    });
  }

  /** On a chain with the contract alone, on which nothing happens by itself. */
  static DashboardStack idle(int confirmations) {
    return start(new ChainSource.OwnDevChain(),
        Map.of("neuron-ledger.follow.confirmations", String.valueOf(confirmations)), confirmations, started -> {
          started.chain().node().control().mine(confirmations);
          started.awaitHead();
        });
  }

  /** On a chain that is not the stack's. */
  static DashboardStack on(ChainSource.Given chain, Map<String, String> settings) {
    return start(chain, settings, 0, _ -> {});
  }

  private static DashboardStack start(ChainSource source, Map<String, String> settings, int confirmations,
      Consumer<DashboardStack> begin) {
    Stack stack = Stack.start(new StackOptions(Optional.empty(), source, Ports.FREE, settings, true));
    try {
      DashboardStack started = new DashboardStack(stack, Chromium.start(), confirmations);
      begin.accept(started);
      return started;
    } catch (RuntimeException e) {
      stack.close();
      throw e;
    }
  }

  Stack stack() {
    return stack;
  }

  /** ledger-query for the operator, also after it was away. */
  LedgerApi ledger() {
    return new LedgerApi(home().replaceFirst("/$", ""), stack.tokens());
  }

  DevChain chain() {
    return stack.devChain().orElseThrow();
  }

  /** Waits until the ledger has every block with its confirmations. */
  void awaitHead() {
    long head = chain().node().control().head().number() - confirmations;
    await().atMost(PATIENCE).until(() -> {
      JsonNode status = ledger().getOk("/v1/status");
      return status.at("/as_of/block").asLong() == head && status.at("/as_of/guard").asString("").equals("proved");
    });
  }

  /** Waits until the ledger has a block, and nothing is missing. */
  void awaitBlock(long block) {
    await().atMost(PATIENCE).until(() -> {
      JsonNode asOf = ledger().getOk("/v1/status").path("as_of");
      return asOf.path("block").asLong(-1) >= block && !asOf.path("behind").asBoolean(true);
    });
  }

  String home() {
    return stack.dashboard().map(StackDashboard::page).orElseThrow();
  }

  /** A new code for a client of the issuer. */
  String code(String who) {
    return stack.signInCode(who, CODE_VALIDITY).orElseThrow();
  }

  /** Stops ledger-query, and starts it again at the same address after this. */
  void withoutQuery(Runnable meanwhile) {
    ConfigurableApplicationContext before = query();
    before.close();
    meanwhile.run();
    restarted.add(startQuery(Map.of()));
  }

  private ConfigurableApplicationContext query() {
    return restarted.isEmpty() ? stack.query().context() : restarted.getLast();
  }

  /**
   * Starts another ledger-query with the settings of the stack's; the caller closes it.
   *
   * @param changed the settings that differ
   */
  ConfigurableApplicationContext startQuery(Map<String, String> changed) {
    Map<String, String> settings = new LinkedHashMap<>();
    for (PropertySource<?> source : query().getEnvironment().getPropertySources()) {
      if (source instanceof SimpleCommandLinePropertySource given) {
        Stream.of(given.getPropertyNames()).forEach(name -> settings.put(name, given.getProperty(name)));
      }
    }
    settings.putAll(changed);
    SpringApplication application = LedgerQuery.application();
    application.setRegisterShutdownHook(false);
    return application.run(settings.entrySet().stream().map(each -> "--" + each.getKey() + "=" + each.getValue())
        .toArray(String[]::new));
  }

  /** Somebody whom the page does not know yet. */
  Visit visit() {
    return visit(home());
  }

  /** The same at another dashboard. */
  Visit visit(String home) {
    return Visit.of(home, chromium.browser(), Optional.empty());
  }

  /** The same with a wallet in the browser. */
  Visit visit(TestWallet wallet) {
    return Visit.of(home(), chromium.browser(), Optional.of(wallet));
  }

  /** An owner of its own, with 100 0G on the chain. */
  DevWallet funded(String name) {
    DevWallet owner = DevWallet.named(name);
    chain().node().control().setBalance(owner.address(), Neuron.ofZeroG("100"));
    return owner;
  }

  /** An image that a provider has served to an owner. */
  static UsageReport image(DevWallet owner, WalletAddress provider, String request, Neuron price, Instant completed) {
    Units image = new Units.Images(1, price);
    return new UsageReport(RequestId.of(request), owner.address(), provider, AccountLedgerContract.INFERENCE,
        ModelName.of("flux-turbo"), image, price, completed, UsageSource.DIRECT, Optional.empty());
  }

  /** Reports usage as the brokers do. */
  WriteToken report(List<UsageReport> requests) {
    return new FinanceApi(stack::broker, ledger()).report(requests).token().orElseThrow();
  }

  /** Waits until the answers about an owner include what was reported. */
  void awaitReported(DevWallet owner, WriteToken reported) {
    ledger().getOk("/v1/ledgers/" + owner.address() + "?wait=30&min_token=" + reported);
  }

  TestWallet wallet(DevWallet account) {
    JsonRpc node = chain().node().rpc();
    return new TestWallet((method, parameters) -> node.call(method, parameters.valueStream().toArray()),
        account.address());
  }

  /** The operator, signed in. */
  Visit operator() {
    return visit().signIn(code(IssuerClient.OPERATOR));
  }

  @Override
  public void close() {
    try (stack) {
      chromium.close();
      restarted.forEach(ConfigurableApplicationContext::close);
    }
  }
}
