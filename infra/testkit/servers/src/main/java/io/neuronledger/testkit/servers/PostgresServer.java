package io.neuronledger.testkit.servers;

import io.neuronledger.testkit.servers.database.Login;
import io.neuronledger.testkit.servers.database.ServiceDatabase;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.postgresql.util.PasswordUtil;

/**
 * A real PostgreSQL 18 on the loopback address, as durable as a production one: fsync, synchronous_commit and
 * full_page_writes are on, also in tests and benchmarks. Every connection needs a password (scram-sha-256).
 */
public final class PostgresServer implements AutoCloseable {
  /** The superuser: it creates databases and roles. No service uses it. */
  public static final String SUPERUSER = "postgres";
  private static final Pattern DATABASE_NAME = Pattern.compile("[a-z][a-z0-9_]{0,62}");
  private static final String PID_FILE = "postmaster.pid";
  private static final Duration START_TIMEOUT = Duration.ofSeconds(60);
  /** PostgreSQL's default. Each new connection computes them, some 20 ms in a test. */
  private static final int SCRAM_ITERATIONS = 4096;
  /** Iterations slow down who guesses a password; those of a temporary server are random and short-lived. */
  private static final int SCRAM_ITERATIONS_TEMPORARY = 1;
  private static final int SALT_BYTES = 16;
  private static final SecureRandom RANDOM = new SecureRandom();

  private final EmbeddedPostgres server;
  private final UnaryOperator<String> passwords;
  private final int scramIterations;
  private final Runnable onClose;
  private boolean closed;

  private PostgresServer(EmbeddedPostgres server, UnaryOperator<String> passwords, int scramIterations,
      Runnable onClose) {
    this.server = server;
    this.passwords = passwords;
    this.scramIterations = scramIterations;
    this.onClose = onClose;
  }

  /**
   * Starts on a persistent data folder; existing data is kept. A server that still runs on it, because its parent was
   * killed, is stopped first: the folder's lock, held until this server stops, distinguishes it from the server of a
   * living process.
   *
   * @param port 0 takes a free one
   * @param passwords by the name of the role; that of {@link #SUPERUSER} must be the one with which the folder was
   *     created, the others may change from start to start
   * @throws FolderInUse if another holder has the folder
   */
  public static PostgresServer start(Path dataDir, int port, UnaryOperator<String> passwords) {
    FolderLock lock = FolderLock.beside(dataDir);
    try {
      named(dataDir.resolve(PID_FILE)).ifPresent(PostgresServer::end);
      return start(durable().setDataDirectory(dataDir).setCleanDataDirectory(false).setPort(portOrFree(port)),
          passwords, SCRAM_ITERATIONS, lock::close);
    } catch (RuntimeException e) {
      lock.close();
      throw e;
    }
  }

  /**
   * Starts on a folder that is deleted when the server stops, at the latest with the JVM, with random passwords. The
   * temporary servers of a JVM have the same superuser's password: each begins as a copy of the first one's new folder.
   */
  public static PostgresServer startTemporary() {
    Path folder = TemporaryFolder.create("postgres");
    EmbeddedPostgres.Builder builder = durable().setPort(FreePort.find()).setDataDirectory(folder)
        .setCleanDataDirectory(false).setRegisterShutdownHook(false);
    Map<String, String> known = new ConcurrentHashMap<>(Map.of(SUPERUSER, NewFolder.PASSWORD));
    PostgresServer server = NewFolder.start(folder, builder, each -> start(each,
        role -> known.computeIfAbsent(role, _ -> UUID.randomUUID().toString()),
        SCRAM_ITERATIONS_TEMPORARY, () -> TemporaryFolder.remove(folder)));
    Runtime.getRuntime().addShutdownHook(new Thread(server::close, "temporary-postgres-stop"));
    return server;
  }

  /** What initdb makes, kept for the next temporary server: initdb costs four times as much as the rest of a start. */
  private static final class NewFolder {
    static final String PASSWORD = UUID.randomUUID().toString();
    private static Optional<Path> kept = Optional.empty();

    static synchronized PostgresServer start(Path folder, EmbeddedPostgres.Builder builder,
        Function<EmbeddedPostgres.Builder, PostgresServer> started) {
      if (kept.isPresent()) {
        TemporaryFolder.copy(kept.get(), folder);
        return started.apply(builder);
      }
      Path copy = TemporaryFolder.create("new-postgres");
      Runtime.getRuntime().addShutdownHook(new Thread(() -> TemporaryFolder.remove(copy), "new-postgres-removal"));
      PostgresServer first = started.apply(
          builder.setDataDirectoryCustomizer(made -> TemporaryFolder.copy(made.toPath(), copy)));
      kept = Optional.of(copy);
      return first;
    }
  }

  private static PostgresServer start(EmbeddedPostgres.Builder builder, UnaryOperator<String> passwords,
      int scramIterations, Runnable onClose) {
    String password = passwords.apply(SUPERUSER);
    try {
      // Only its owner may read it, as every temporary file.
      Path passwordFile = Files.writeString(Files.createTempFile("postgres", ".password"), password);
      try (Closeable _ = () -> Files.delete(passwordFile)) {
        // Options of initdb. The last "auth" counts: the builder's own trusts everybody.
        builder.setLocaleConfig("auth", "scram-sha-256").setLocaleConfig("pwfile", passwordFile.toString())
            .setLocaleConfig("set", "scram_iterations=" + scramIterations)
            .setConnectConfig("password", password);
        return new PostgresServer(builder.start(), passwords, scramIterations, onClose);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("PostgreSQL does not start", e);
    }
  }

  /** @param pidFile PostgreSQL's own file: its first line is the process id */
  private static Optional<ProcessHandle> named(Path pidFile) {
    if (!Files.exists(pidFile)) {
      return Optional.empty();
    }
    try {
      long pid = Long.parseLong(Files.readAllLines(pidFile).getFirst().strip());
      return ProcessHandle.of(pid);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + pidFile, e);
    }
  }

  /** Ends the server on a folder, if one runs, once its last client has disconnected; does not wait. */
  public static void stopAfterLastClient(Path dataDir) {
    named(dataDir.resolve(PID_FILE)).filter(PostgresServer::isPostgres).ifPresent(ProcessHandle::destroy);
  }

  /** After a restart of the machine the process id may belong to any process. */
  private static boolean isPostgres(ProcessHandle process) {
    return process.info().command().filter(command -> command.endsWith("postgres")).isPresent();
  }

  /** A process that was killed has no command, but its id until its parent collects it. */
  private static boolean isEnding(ProcessHandle process) {
    return process.info().command().isEmpty();
  }

  /** PostgreSQL does not start while the id in its file is anyone's; any other program has it by chance and goes on. */
  private static void end(ProcessHandle process) {
    if (isPostgres(process)) {
      process.destroy();
    } else if (!isEnding(process)) {
      return;
    }
    process.onExit().orTimeout(START_TIMEOUT.toSeconds(), TimeUnit.SECONDS).join();
  }

  private static EmbeddedPostgres.Builder durable() {
    return EmbeddedPostgres.builder()
        // Collation and number format must not depend on the machine that creates the folder.
        .setLocaleConfig("locale", "C")
        .setServerConfig("timezone", "UTC")
        .setServerConfig("log_timezone", "UTC")
        .setServerConfig("fsync", "on")
        .setServerConfig("synchronous_commit", "on")
        .setServerConfig("full_page_writes", "on")
        .setServerConfig("listen_addresses", "127.0.0.1")
        .setServerConfig("max_connections", "200")
        .setServerConfig("shared_buffers", "512MB")
        // The data lies on an SSD: an index look-up costs little more than the next page of a scan.
        .setServerConfig("random_page_cost", "1.1")
        // After each checkpoint the first change of a page writes the whole page to the WAL: checkpoints are few.
        .setServerConfig("max_wal_size", "8GB")
        .setServerConfig("checkpoint_timeout", "15min")
        .setPGStartupWait(START_TIMEOUT);
  }

  private static int portOrFree(int port) {
    return port == 0 ? FreePort.find() : port;
  }

  /**
   * Returns the JDBC URL of a database; creates the database if it is absent.
   *
   * @throws IllegalArgumentException unless the name is a plain lower-case identifier
   */
  public synchronized String jdbcUrl(String database) {
    if (!DATABASE_NAME.matcher(database).matches()) {
      throw new IllegalArgumentException("not a database name: " + database);
    }
    try (Connection connection = server.getPostgresDatabase().getConnection()) {
      if (!exists(connection, "pg_database WHERE datname", database)) {
        execute(connection, "CREATE DATABASE " + database);
      }
    } catch (SQLException e) {
      throw new IllegalStateException("cannot create the database " + database, e);
    }
    return "jdbc:postgresql://127.0.0.1:" + port() + "/" + database;
  }

  /**
   * A service's database with its two roles; creates what is absent, and sets the roles' passwords. Nobody else may
   * connect to it.
   *
   * @throws IllegalArgumentException unless the name is a plain lower-case identifier
   */
  public synchronized ServiceDatabase database(String name) {
    jdbcUrl(name);
    ServiceDatabase database = ServiceDatabase.at(port(), name, passwords);
    try (Connection connection = server.getPostgresDatabase().getConnection()) {
      create(connection, database.running());
      create(connection, database.migrating());
      execute(connection, "ALTER DATABASE " + name + " OWNER TO " + database.migrating().user());
      execute(connection, "REVOKE ALL ON DATABASE " + name + " FROM PUBLIC");
      execute(connection, "GRANT CONNECT ON DATABASE " + name + " TO " + database.running().user());
    } catch (SQLException e) {
      throw new IllegalStateException("cannot create the roles of the database " + name, e);
    }
    return database;
  }

  private void create(Connection connection, Login role) throws SQLException {
    if (!exists(connection, "pg_roles WHERE rolname", role.user())) {
      execute(connection, "CREATE ROLE " + role.user() + " LOGIN");
    }
    byte[] salt = new byte[SALT_BYTES];
    RANDOM.nextBytes(salt);
    // Sends the verifier only, so that no log of statements has the password.
    execute(connection, "ALTER ROLE " + role.user() + " PASSWORD '"
        + PasswordUtil.encodeScramSha256(role.password().toCharArray(), scramIterations, salt) + "'");
  }

  private static boolean exists(Connection connection, String condition, String name) throws SQLException {
    try (PreparedStatement query = connection.prepareStatement("SELECT FROM " + condition + " = ?")) {
      query.setString(1, name);
      return query.executeQuery().next();
    }
  }

  private static void execute(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  /** The superuser, for what a test or a benchmark does itself. */
  public Login superuser() {
    return new Login(SUPERUSER, passwords.apply(SUPERUSER));
  }

  public int port() {
    return server.getPort();
  }

  /** Idempotent. */
  @Override
  public synchronized void close() {
    if (closed) {
      return;
    }
    closed = true;
    try {
      server.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      onClose.run();
    }
  }
}
