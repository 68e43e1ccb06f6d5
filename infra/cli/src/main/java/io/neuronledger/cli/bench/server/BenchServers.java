package io.neuronledger.cli.bench.server;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.neuronledger.cli.stack.ServiceArguments;
import io.neuronledger.cli.stack.issuer.IssuerClient;
import io.neuronledger.cli.stack.issuer.StackIssuer;
import io.neuronledger.cli.stack.secret.BrokerAccess;
import io.neuronledger.cli.stack.secret.Secrets;
import io.neuronledger.client.TokenSource;
import io.neuronledger.contracts.topic.Partitions;
import io.neuronledger.testkit.servers.PostgresServer;
import io.neuronledger.testkit.servers.database.ServiceDatabase;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.util.FileSystemUtils;

/** A fresh PostgreSQL and a fresh broker on a folder, which is removed with them. */
public final class BenchServers implements AutoCloseable {
  /** The event store's database. */
  public static final String EVENT_STORE = "ledger_command";
  /** The read model's database. */
  public static final String READ_MODEL = "ledger_query";

  /** The head is polled so often because the computed chain announces no new one over WebSocket. */
  private static final Map<String, String> FOLLOWING = Map.of(
      "neuron-ledger.follow.polling-interval", "PT0.01S",
      // All of the stage of that name are one caller's.
      "neuron-ledger.subscriptions.max", "5000", "neuron-ledger.subscriptions.of-caller-max", "5000");

  private final Path folder;
  private final PostgresServer postgres;
  private final BrokerProcess broker;
  private final BrokerAccess kafka;
  private final Optional<StackIssuer> issuer;
  private final TokenSource tokens;
  private final Map<String, HikariDataSource> databases = new HashMap<>();

  private BenchServers(Path folder, PostgresServer postgres, BrokerProcess broker, BrokerAccess kafka,
      Optional<Secrets> secrets) {
    this.folder = folder;
    this.postgres = postgres;
    this.broker = broker;
    this.kafka = kafka;
    Optional<IssuerClient> operator = secrets.map(IssuerClient::operator);
    this.issuer = operator.map(client -> StackIssuer.start(0, List.of(client)));
    this.tokens = issuer.<TokenSource>map(running -> running.tokens(operator.orElseThrow()))
        .orElseGet(TokenSource::none);
  }

  /**
   * @param folder absent, or left by a run that was killed
   * @param locked whether Kafka and the services ask for credentials, as in the embedded stack
   */
  public static BenchServers start(Path folder, BrokerProcess broker, boolean locked) {
    try {
      FileSystemUtils.deleteRecursively(folder);
      Files.createDirectories(folder);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot use " + folder, e);
    }
    Secrets passwords = Secrets.in(folder);
    Optional<Secrets> secrets = locked ? Optional.of(passwords) : Optional.empty();
    PostgresServer postgres = PostgresServer.start(folder.resolve("postgresql"), 0, passwords::of);
    try {
      return new BenchServers(folder, postgres, broker, kafka(folder, broker, secrets), secrets);
    } catch (RuntimeException e) {
      postgres.close();
      throw e;
    }
  }

  private static BrokerAccess kafka(Path folder, BrokerProcess broker, Optional<Secrets> secrets) {
    // The broker's process reads them.
    secrets.ifPresent(BrokerAccess::passwords);
    BrokerAccess kafka = new BrokerAccess(broker.start(folder.resolve("kafka"), secrets.isPresent()), secrets);
    kafka.declare();
    return kafka;
  }

  public PostgresServer postgres() {
    return postgres;
  }

  /** Of services that ask for credentials where this was started locked. */
  public ServiceArguments arguments() {
    Map<String, String> settings = new HashMap<>(FOLLOWING);
    issuer.ifPresent(running -> settings.putAll(running.settings()));
    return new ServiceArguments(kafka, Partitions.DEFAULT, settings);
  }

  /** Of services that ask nobody for a credential, whatever Kafka asks of them. */
  ServiceArguments openArguments() {
    return new ServiceArguments(kafka, Partitions.DEFAULT, FOLLOWING);
  }

  /** Tokens for the services; none where they ask for none. */
  TokenSource tokens() {
    return tokens;
  }

  /** The database of a service, with its roles; created if it is absent. */
  public ServiceDatabase serviceDatabase(String name) {
    return postgres.database(name);
  }

  public BrokerAccess kafka() {
    return kafka;
  }

  /** Writes what is dirty, so that the files' sizes are comparable. */
  public void checkpoint() {
    try (Connection connection = database("postgres").getConnection(); Statement statement =
        connection.createStatement()) {
      statement.execute("CHECKPOINT");
    } catch (SQLException e) {
      throw new IllegalStateException("no checkpoint", e);
    }
  }

  public ProcessUsage postgresUsage() {
    try {
      String pid = Files.readAllLines(folder.resolve("postgresql").resolve("postmaster.pid")).getFirst().strip();
      return new ProcessUsage("PostgreSQL", Long.parseLong(pid), true);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read PostgreSQL's process id", e);
    }
  }

  public ProcessUsage kafkaUsage() {
    return broker.usage();
  }

  long kafkaBytes() {
    return Disk.bytesOf(folder.resolve("kafka"));
  }

  /** PostgreSQL's files without its WAL. */
  long dataBytes() {
    Path data = folder.resolve("postgresql");
    return Disk.bytesOf(data) - Disk.bytesOf(data.resolve("pg_wal"));
  }

  /** Written since the server's first start. */
  long walBytes() {
    return number("postgres", "SELECT pg_wal_lsn_diff(pg_current_wal_lsn(), '0/0')");
  }

  /** @return the only number of the query's answer */
  public long number(String database, String sql) {
    try (Connection connection = database(database).getConnection();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      rows.next();
      return rows.getLong(1);
    } catch (SQLException e) {
      throw new IllegalStateException(sql, e);
    }
  }

  /** Connections of the superuser to a database; the database is created if it is absent. */
  public HikariDataSource database(String name) {
    return databases.computeIfAbsent(name, this::open);
  }

  private HikariDataSource open(String name) {
    HikariConfig config = new HikariConfig();
    config.setDataSource(postgres.superuser().on(postgres.jdbcUrl(name)));
    return new HikariDataSource(config);
  }

  @Override
  public void close() {
    databases.values().forEach(HikariDataSource::close);
    issuer.ifPresent(StackIssuer::close);
    broker.stop();
    postgres.close();
    try {
      FileSystemUtils.deleteRecursively(folder);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot remove " + folder, e);
    }
  }
}
