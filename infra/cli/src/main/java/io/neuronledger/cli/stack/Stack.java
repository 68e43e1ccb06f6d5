package io.neuronledger.cli.stack;

import io.neuronledger.cli.answer.KeysApi;
import io.neuronledger.cli.answer.LedgerApi;
import io.neuronledger.cli.stack.chain.ChainSource;
import io.neuronledger.cli.stack.chain.DevChain;
import io.neuronledger.cli.stack.issuer.IssuerClient;
import io.neuronledger.cli.stack.issuer.StackDashboard;
import io.neuronledger.cli.stack.issuer.StackIssuer;
import io.neuronledger.cli.stack.secret.BrokerAccess;
import io.neuronledger.cli.stack.secret.DevelopmentKey;
import io.neuronledger.cli.stack.secret.Secrets;
import io.neuronledger.cli.stack.secret.WalletSignIn;
import io.neuronledger.client.TokenSource;
import io.neuronledger.contracts.topic.Partitions;
import io.neuronledger.contracts.value.WalletAddress;
import io.neuronledger.testkit.servers.FolderLock;
import io.neuronledger.testkit.servers.KafkaBroker;
import io.neuronledger.testkit.servers.PostgresServer;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The complete stack of neuron-ledger in this JVM, on the loopback address. Closing it stops everything in reverse
 * order.
 */
public final class Stack implements AutoCloseable {
  private static final Duration KEY_VALIDITY = Duration.ofDays(30);

  private final Map<WalletAddress, LedgerApi> brokers = new ConcurrentHashMap<>();
  private final Deque<AutoCloseable> running = new ArrayDeque<>();
  private final Optional<Path> folder;
  private final PostgresServer postgres;
  private final KafkaBroker kafka;
  private final BrokerAccess access;
  private final Optional<DevChain> devChain;
  private final Optional<StackDashboard> dashboard;
  private final Optional<StackIssuer> issuer;
  private final TokenSource tokens;
  private final Optional<WalletSignIn> signIn;
  private final RunningService query;
  private final RunningService command;
  private final RunningService indexer;
  private final Optional<Path> clientFile;

  private Stack(StackOptions options, StartObserver observer) {
    try {
      this.folder = options.dataDir();
      Optional<FolderLock> lock = folder.map(data -> started(FolderLock.inside(data)));
      folder.ifPresent(DataForm::require);
      // The addresses of a killed stack are invalid.
      folder.ifPresent(StackAddresses::remove);
      observer.locked();
      observer.next();
      folder.ifPresent(DataForm::write);
      Secrets secrets = folder.map(Secrets::in).orElseGet(Secrets::temporary);
      KafkaBroker.Passwords passwords = BrokerAccess.passwords(secrets);
      this.postgres = started(folder.isPresent()
          ? PostgresServer.start(postgresIn(folder.get()), options.ports().postgres(), secrets::of)
          : PostgresServer.startTemporary());
      observer.next();
      this.kafka = started(folder.isPresent()
          ? KafkaBroker.startLocked(folder.get().resolve("kafka"), options.ports().kafka(), passwords)
          : KafkaBroker.startTemporaryLocked(passwords));
      this.access = new BrokerAccess(kafka.bootstrapServers(), Optional.of(secrets));
      access.declare();
      observer.next();
      IssuerClient operator = IssuerClient.operator(secrets);
      Ports ports = options.locked() ? options.ports().found() : options.ports();
      this.dashboard = options.locked()
          ? Optional.of(new StackDashboard(local(ports.query()), local(ports.command()), local(ports.indexer())))
          : Optional.empty();
      this.issuer = dashboard.map(page -> started(StackIssuer.start(ports.issuer(), IssuerClient.all(secrets),
          Optional.of(page))));
      this.tokens = issuer.<TokenSource>map(running -> running.tokens(operator)).orElseGet(TokenSource::none);
      observer.next();
      this.devChain = switch (options.chain()) {
        case ChainSource.OwnDevChain own -> Optional.of(started(
            DevChain.start(folder.map(data -> data.resolve("chain")), ports.rpc(), own.genesisTime())));
        case ChainSource.Given _ -> Optional.empty();
      };
      this.signIn = dashboard.flatMap(page -> devChain.map(chain -> new WalletSignIn(local(ports.command()),
          page.page(), chain.node().rpcUrl(), chain.node().chainId())));
      Map<String, String> settings = settings(options, issuer);
      dashboard.ifPresent(page -> settings.putAll(page.settings()));
      signIn.ifPresent(wallets -> settings.putAll(wallets.settings(secrets)));
      folder.ifPresent(data -> settings.put("neuron-ledger.exports.folder",
          data.resolve("exports").toAbsolutePath().toString()));
      ServiceStarter services = new ServiceStarter(postgres,
          new ServiceArguments(access, Partitions.DEFAULT, settings));
      observer.next();
      this.query = started(services.query(ports.query()));
      lock.ifPresent(held -> held.announce(query.url()));
      observer.next();
      this.command = started(services.command(ports.command()));
      observer.next();
      this.indexer = started(services.indexer(ports.indexer(), followed(options)));
      this.clientFile = folder.map(access::writeClientFile);
      folder.ifPresent(data -> writeAddresses(data, followed(options).rpcUrls().getFirst()));
    } catch (RuntimeException e) {
      stopAfter(e);
      throw e;
    }
  }

  /**
   * Starts everything and waits until the services answer. Locks the data folder first.
   *
   * @throws io.neuronledger.testkit.servers.FolderInUse if another stack uses the data folder, which is unchanged then
   * @throws RuntimeException if anything does not start; everything started before is stopped again
   */
  public static Stack start(StackOptions options) {
    return start(options, StartObserver.NONE);
  }

  /** Like {@link #start(StackOptions)}, with an observer. */
  public static Stack start(StackOptions options, StartObserver observer) {
    return new Stack(options, observer);
  }

  private static String local(int port) {
    return "http://127.0.0.1:" + port;
  }

  /** The folder of PostgreSQL in a data folder. */
  public static Path postgresIn(Path folder) {
    return folder.resolve("postgresql");
  }

  /** The health of a service covers the disk of the data folder, not that of the working directory. */
  private static Map<String, String> settings(StackOptions options, Optional<StackIssuer> issuer) {
    Map<String, String> settings = new TreeMap<>(options.settings());
    issuer.ifPresent(running -> settings.putAll(running.settings()));
    options.dataDir()
        .ifPresent(data -> settings.putIfAbsent("management.health.diskspace.path", data.toAbsolutePath().toString()));
    return settings;
  }

  private ChainSource.Given followed(StackOptions options) {
    return switch (options.chain()) {
      case ChainSource.Given given -> given;
      case ChainSource.OwnDevChain own -> devChain.orElseThrow().asSource();
    };
  }

  private void writeAddresses(Path folder, String rpcUrl) {
    new StackAddresses(query.url(), command.url(), indexer.url(), issuer.map(StackIssuer::url).orElse(""), rpcUrl,
        kafka.bootstrapServers(), "127.0.0.1:" + postgres.port()).write(folder);
    running.push(() -> StackAddresses.remove(folder));
  }

  /** The dev chain, where this stack has its own. */
  public Optional<DevChain> devChain() {
    return devChain;
  }

  public RunningService query() {
    return query;
  }

  public RunningService command() {
    return command;
  }

  public RunningService indexer() {
    return indexer;
  }

  /** The issuer, where the services ask for tokens. */
  public Optional<StackIssuer> issuer() {
    return issuer;
  }

  /** The dashboard, where the services ask for tokens. */
  public Optional<StackDashboard> dashboard() {
    return dashboard;
  }

  /**
   * A code by which a client of the issuer signs in to the dashboard, once; empty where there is none.
   *
   * @param client its id
   * @param validity how long it is good, if nobody uses it
   */
  public Optional<String> signInCode(String client, Duration validity) {
    return issuer.map(running -> running.signInCode(client, validity));
  }

  /** How wallets sign in, where they do: with an issuer and a dev chain of the stack's own. */
  public Optional<WalletSignIn> signIn() {
    return signIn;
  }

  /** Tokens of the stack's operator; none where the services ask for none. */
  public TokenSource tokens() {
    return tokens;
  }

  /** ledger-query over HTTP, for the stack's operator. */
  public LedgerApi api() {
    return new LedgerApi(query.url(), tokens);
  }

  /** ledger-command over HTTP, for the stack's operator. */
  public LedgerApi commandApi() {
    return new LedgerApi(command.url(), tokens);
  }

  /** Makes API keys as the stack's operator. */
  public KeysApi keys() {
    return new KeysApi(commandApi(), InstantSource.system());
  }

  /**
   * Makes a key for reading, in place of the one before, and writes it as a header into a file of the data
   * folder; empty where the services ask for no credential, or without a folder.
   */
  public Optional<DevelopmentKey> developmentKey() {
    return developmentKey(DevelopmentKey.READING, Optional.empty(), api());
  }

  /** The same for a key that reports the usage of a provider. */
  public Optional<DevelopmentKey> developmentKey(WalletAddress provider) {
    return developmentKey(DevelopmentKey.REPORTING, Optional.of(provider), commandApi());
  }

  private Optional<DevelopmentKey> developmentKey(DevelopmentKey.Purpose purpose, Optional<WalletAddress> provider,
      LedgerApi service) {
    return issuer.flatMap(_ -> folder).map(data -> {
      keys().revoke(purpose.keyName());
      String secret = keys().make(purpose.keyName(), purpose.scopes(), provider, KEY_VALIDITY);
      service.as(() -> Optional.of(secret)).awaitKnown();
      return DevelopmentKey.write(secret, data, purpose);
    });
  }

  /** ledger-command over HTTP, for the broker of a provider: with a key that is bound to it. */
  public LedgerApi broker(WalletAddress provider) {
    return brokers.computeIfAbsent(provider, bound -> issuer.isEmpty() ? commandApi()
        : keys().broker(bound, KEY_VALIDITY));
  }

  /** chain-indexer over HTTP, for the stack's operator. */
  public LedgerApi indexerApi() {
    return new LedgerApi(indexer.url(), tokens);
  }

  public PostgresServer postgres() {
    return postgres;
  }

  /** Its Kafka. */
  public BrokerAccess kafka() {
    return access;
  }

  /** The file with the settings of a subscriber's Kafka client; empty without a data folder. */
  public Optional<Path> clientFile() {
    return clientFile;
  }

  private <T extends AutoCloseable> T started(T server) {
    running.push(server);
    return server;
  }

  @Override
  public void close() {
    RuntimeException failure = new IllegalStateException("not everything stopped gracefully");
    stopAfter(failure);
    if (failure.getSuppressed().length > 0) {
      throw failure;
    }
  }

  /** Stops everything in reverse order; adds failures as suppressed exceptions and continues with the rest. */
  private void stopAfter(Exception cause) {
    while (!running.isEmpty()) {
      try {
        running.pop().close();
      } catch (Exception e) {
        cause.addSuppressed(e);
      }
    }
  }
}
