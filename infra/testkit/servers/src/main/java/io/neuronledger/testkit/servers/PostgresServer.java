package io.neuronledger.testkit.servers;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/**
 * A real PostgreSQL 18 on the loopback address, as durable as a production one: fsync, synchronous_commit and
 * full_page_writes are on, also in tests and benchmarks.
 */
public final class PostgresServer implements AutoCloseable {
  private static final Pattern DATABASE_NAME = Pattern.compile("[a-z][a-z0-9_]{0,62}");
  private static final String PID_FILE = "postmaster.pid";
  private static final Duration START_TIMEOUT = Duration.ofSeconds(60);

  private final EmbeddedPostgres server;
  private final Runnable onClose;

  private PostgresServer(EmbeddedPostgres server, Runnable onClose) {
    this.server = server;
    this.onClose = onClose;
  }

  /**
   * Starts on a persistent data folder; existing data is kept. A server that still runs on it, because its parent was
   * killed, is stopped first: the folder's lock, held until this server stops, distinguishes it from the server of a
   * living process.
   *
   * @param port 0 takes a free one
   * @throws FolderInUse if another holder has the folder
   */
  public static PostgresServer start(Path dataDir, int port) {
    FolderLock lock = FolderLock.beside(dataDir);
    try {
      named(dataDir.resolve(PID_FILE)).ifPresent(PostgresServer::end);
      return start(durable().setDataDirectory(dataDir).setCleanDataDirectory(false).setPort(portOrFree(port)),
          lock::close);
    } catch (RuntimeException e) {
      lock.close();
      throw e;
    }
  }

  /** Starts on a folder that is deleted when the server stops. */
  public static PostgresServer startTemporary() {
    return start(durable().setPort(FreePort.find()), () -> {});
  }

  private static PostgresServer start(EmbeddedPostgres.Builder builder, Runnable onClose) {
    try {
      return new PostgresServer(builder.start(), onClose);
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
  public String jdbcUrl(String database) {
    if (!DATABASE_NAME.matcher(database).matches()) {
      throw new IllegalArgumentException("not a database name: " + database);
    }
    try (Connection connection = server.getPostgresDatabase().getConnection()) {
      if (!exists(connection, database)) {
        try (Statement create = connection.createStatement()) {
          create.execute("CREATE DATABASE " + database);
        }
      }
    } catch (SQLException e) {
      throw new IllegalStateException("cannot create the database " + database, e);
    }
    return "jdbc:postgresql://127.0.0.1:" + port() + "/" + database;
  }

  private static boolean exists(Connection connection, String database) throws SQLException {
    try (PreparedStatement query = connection.prepareStatement("SELECT 1 FROM pg_database WHERE datname = ?")) {
      query.setString(1, database);
      return query.executeQuery().next();
    }
  }

  /** The superuser; used by the local stack and tests only. */
  public String user() {
    return "postgres";
  }

  public String password() {
    return "postgres";
  }

  public int port() {
    return server.getPort();
  }

  @Override
  public void close() {
    try {
      server.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      onClose.run();
    }
  }
}
