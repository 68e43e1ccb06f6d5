package io.neuronledger.cli.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.neuronledger.cli.answer.LedgerApi;
import io.neuronledger.cli.stack.Ports;
import io.neuronledger.cli.stack.Stack;
import io.neuronledger.cli.stack.StackOptions;
import io.neuronledger.cli.stack.chain.ChainSource;
import io.neuronledger.contracts.topic.Partitions;
import io.neuronledger.contracts.value.Hash;
import io.neuronledger.contracts.value.Neuron;
import io.neuronledger.indexer.decode.accountledger.AccountLedgerFamily;
import io.neuronledger.testkit.devchain.Anvil;
import io.neuronledger.testkit.devchain.contract.AccountLedgerContract;
import io.neuronledger.testkit.devchain.contract.Settlement;
import io.neuronledger.testkit.devchain.transaction.DevWallet;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The check finds the effect of a lost log, and the next reconciliation repairs it; both report it, and an alert. */
class RepairIT {
  private static final DevWallet OPERATOR = DevWallet.funded(0);
  private static final DevWallet OWNER = DevWallet.funded(1);
  private static final DevWallet FORGOTTEN = DevWallet.funded(2);
  private static final DevWallet LEFT = DevWallet.funded(3);
  private static final DevWallet PROVIDER = DevWallet.funded(4);
  private static final DevWallet REFUSING = DevWallet.funded(5);
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  private final StringWriter printed = new StringWriter();

  @Test
  void differences_from_a_lost_log_are_found_and_repaired() {
    try (Anvil anvil = Anvil.start(); MutedNode node = new MutedNode(anvil.rpcUrl())) {
      AccountLedgerContract contract = AccountLedgerContract.deployWithServices(anvil.rpcUrl(), OPERATOR);
      contract.await(contract.deposit(OWNER, Neuron.ofZeroG("10")));
      contract.await(contract.transfer(OWNER, PROVIDER.address(), AccountLedgerContract.INFERENCE,
          Neuron.ofZeroG("4.000000000000000001")));
      contract.await(contract.deposit(LEFT, Neuron.ofZeroG("3")));
      contract.await(contract.deposit(REFUSING, Neuron.ofZeroG("5")));
      contract.await(contract.transfer(REFUSING, PROVIDER.address(), AccountLedgerContract.INFERENCE,
          Neuron.ofZeroG("1")));
      contract.await(contract.settle(PROVIDER, new Settlement(REFUSING.address(), AccountLedgerContract.INFERENCE,
          Neuron.ofZeroG("1"), 1)));
      long whole = anvil.control().head().number();
      for (Hash lost : List.of(contract.deposit(FORGOTTEN, Neuron.ofZeroG("5")),
          contract.withdraw(LEFT, Neuron.ofZeroG("3")),
          contract.retrieve(OWNER, AccountLedgerContract.INFERENCE, PROVIDER.address()),
          contract.acknowledge(REFUSING, PROVIDER.address(), AccountLedgerContract.INFERENCE, false))) {
        node.mute(lost);
        contract.await(lost);
      }
      try (Stack stack = Stack.start(options(node.url(), contract))) {
        checks(stack, anvil, whole);
        refuses(stack, anvil, contract.startBlock());
        repairs(stack, anvil);
      }
    }
  }

  private static StackOptions options(String rpcUrl, AccountLedgerContract contract) {
    return new StackOptions(Optional.empty(),
        new ChainSource.ContractOn(AccountLedgerFamily.NAME, List.of(rpcUrl), Optional.empty(), contract.address(),
            contract.startBlock(), List.of()),
        Ports.FREE, Map.of("neuron-ledger.rpc.bloom-check", "false",
            "neuron-ledger.follow.polling-interval", "PT0.1S", "neuron-ledger.alerts.whole-every", "PT1S",
            "neuron-ledger.reconciliation.interval", "PT0S"));
  }

  private void checks(Stack stack, Anvil anvil, long whole) {
    long head = anvil.control().head().number();
    await().atMost(PATIENCE).until(() -> stack.api().get("/v1/status").body().contains("\"block\":" + head + ","));
    assertThat(check(stack, anvil, "--block", String.valueOf(whole))).as("before the first lost log").isZero();
    assertThat(printed.toString()).contains("compared: 3 ledgers, 2 sub-accounts, 0 refunds").endsWith("equal\n");

    assertThat(check(stack, anvil)).isOne();
    assertThat(printed.toString()).contains("DIFFERENT: 5 differences")
        .contains(FORGOTTEN.address() + "\n  ledger\n    ledger    closed\n    contract  available 5000000000000000000")
        .contains(LEFT.address() + "\n  ledger\n    ledger    available 3000000000000000000,")
        .contains("inference-v1.0 with " + PROVIDER.address() + "\n    ledger    balance 4000000000000000001, pending 0"
            + "\n    contract  balance 4000000000000000001, pending 4000000000000000001")
        .contains("refund 1\n    ledger    none\n    contract  4000000000000000001 asked at ")
        .contains(REFUSING.address() + "\n  inference-v1.0 with " + PROVIDER.address()
            + ", acknowledged\n    ledger    true\n    contract  false");
    assertThat(check(stack, anvil, "--json")).isOne();
    JsonNode json = JsonMapper.shared().readTree(printed.toString());
    assertThat(json.get("outcome").asString()).isEqualTo("different");
    assertThat(json.get("differences").size()).isEqualTo(5);
    assertThat(json.get("differences").findValuesAsString("what"))
        .contains("inference-v1.0 with " + PROVIDER.address() + ", acknowledged");
    assertThat(json.at("/conservation/held").asString()).isEqualTo(Neuron.ofZeroG("19").toString());
    assertThat(json.at("/conservation/conserved").asBoolean()).isTrue();
    assertThat(json.get("entries").asInt()).as("three deposits, two transfers, one settlement").isEqualTo(6);
  }

  private static void refuses(Stack stack, Anvil anvil, long startBlock) {
    URI node = URI.create(anvil.rpcUrl());
    assertThatThrownBy(() -> Check.run(stack, node, Optional.of(startBlock - 1)))
        .hasMessage("the ledger follows from block %s on and has no state of block %s", startBlock, startBlock - 1);
    long above = anvil.control().head().number() + 5;
    assertThatThrownBy(() -> Check.run(stack, node, Optional.of(above)))
        .hasMessageContaining("has no block " + above);
  }

  private void repairs(Stack stack, Anvil anvil) {
    LedgerApi.Answer rule = stack.api().post("/v1/alert-rules", "{\"kind\":\"reconciliation-different\"}");
    assertThat(rule.statusCode()).as(rule.body()).isEqualTo(201);
    String alerts = "/v1/alerts?rule=" + JsonMapper.shared().readTree(rule.body()).path("id").asString();
    assertThat(stack.indexerApi().post("/v1/admin/reconciliations").statusCode()).isEqualTo(202);
    await().atMost(PATIENCE).until(() -> discrepancies(stack) == 4);
    long head = anvil.control().head().number();
    // No block follows: the chain is idle.
    assertThat(stack.api().getUntil("/v1/reconciliation/chain", found -> found.get("runs").size() == 1)
        .at("/runs/0/block")
        .asLong()).isEqualTo(head);
    assertThat(stack.api().getUntil(alerts, found -> !found.get("alerts").isEmpty()).get("alerts").valueStream()
        .map(alert -> alert.get("type").asString() + " " + alert.get("value").asString()))
        .containsExactly("alert-raised.v1 4");
    assertThat(check(stack, anvil)).as(printed::toString).isZero();
    assertThat(printed.toString()).contains("compared: 4 ledgers, 2 sub-accounts, 1 refunds");
    for (DevWallet wallet : List.of(OWNER, FORGOTTEN, LEFT, REFUSING)) {
      assertThat(stack.api().get("/v1/ledgers/" + wallet.address() + "/entries").body())
          .contains("ledger-restated.v1");
    }
    // Another run finds no difference.
    assertThat(stack.indexerApi().post("/v1/admin/reconciliations").statusCode()).isEqualTo(202);
    await().atMost(PATIENCE).until(() -> EndedRuns.of(stack.kafka().admin()).values().stream()
        .filter(partitions -> partitions.size() == Partitions.DEFAULT.count()).count() == 2);
    EndedRuns.of(stack.kafka().admin()).values().stream().flatMap(List::stream).forEach(ended -> {
      assertThat(ended.get("owners").asInt()).isEqualTo(4);
      assertThat(ended.get("held").asString()).isEqualTo(ended.get("owed").asString());
    });
    JsonNode runs = stack.api().getUntil("/v1/reconciliation/chain", found -> found.get("runs").size() == 2)
        .get("runs");
    assertThat(runs.findValuesAsString("different")).as("newest first").containsExactly("0", "4");
    assertThat(runs.findValuesAsString("equal")).containsExactly("4", "0");
    assertThat(runs.findValuesAsString("covered")).containsExactly("true", "true");
    assertThat(stack.api().getUntil(alerts, found -> found.get("alerts").size() > 1).get("alerts")
        .findValuesAsString("type")).as("newest first").containsExactly("alert-recovered.v1", "alert-raised.v1");
    assertThat(stack.api().ownerAt(FORGOTTEN.address(), head).total()).isEqualTo(Neuron.ofZeroG("5"));
    assertThat(discrepancies(stack)).isEqualTo(4);
  }

  private static int discrepancies(Stack stack) {
    return (int) stack.command().context().getBean(MeterRegistry.class).find("ledger.command.discrepancies").counters()
        .stream().mapToDouble(Counter::count).sum();
  }

  private int check(Stack stack, Anvil anvil, String... more) {
    printed.getBuffer().setLength(0);
    List<String> arguments = new ArrayList<>(List.of("--url", stack.query().url(), "--command-url",
        stack.command().url(), "--rpc-url", anvil.rpcUrl()));
    arguments.addAll(List.of(more));
    return new CommandLine(new Check()).setOut(new PrintWriter(printed)).execute(arguments.toArray(String[]::new));
  }
}
