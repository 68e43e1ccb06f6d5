package io.neuronledger.infra.servers;

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
  private final Runnable afterwards;

  private PostgresServer(EmbeddedPostgres server, Runnable afterwards) {
    this.server = server;
    this.afterwards = afterwards;
  }

  /**
   * Starts on a data folder that outlives the server; an existing one goes on. A server that still runs on it, because
   * its parent was killed, is ended first: the folder's lock, which is held until this server stops, distinguishes
   * it from the server of a living process.
   *
   * @param port 0 takes a free one
   * @throws FolderInUse if another holder has the folder
   */
  public static PostgresServer start(Path dataDir, int port) {
    FolderLock lock = FolderLock.beside(dataDir);
    try {
      running(dataDir.resolve(PID_FILE)).ifPresent(PostgresServer::end);
      return start(durable().setDataDirectory(dataDir).setCleanDataDirectory(false).setPort(portOrFree(port)),
          lock::close);
    } catch (RuntimeException e) {
      lock.close();
      throw e;
    }
  }

  /** Starts on a folder that is removed when the server stops. */
  public static PostgresServer startTemporary() {
    return start(durable().setPort(FreePort.find()), () -> {});
  }

  private static PostgresServer start(EmbeddedPostgres.Builder builder, Runnable afterwards) {
    try {
      return new PostgresServer(builder.start(), afterwards);
    } catch (IOException e) {
      throw new UncheckedIOException("PostgreSQL does not start", e);
    }
  }

  /** @param pidFile PostgreSQL's own: the first line is the number of its process */
  private static Optional<ProcessHandle> running(Path pidFile) {
    if (!Files.exists(pidFile)) {
      return Optional.empty();
    }
    try {
      long pid = Long.parseLong(Files.readAllLines(pidFile).getFirst().strip());
      return ProcessHandle.of(pid).filter(PostgresServer::isPostgres);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + pidFile, e);
    }
  }

  /** Ends the server on a folder, if there is one, as soon as nobody is connected to it any more; does not wait. */
  public static void endWithItsClients(Path dataDir) {
    running(dataDir.resolve(PID_FILE)).ifPresent(ProcessHandle::destroy);
  }

  /** After a restart of the machine the number may belong to anything. */
  private static boolean isPostgres(ProcessHandle process) {
    return process.info().command().filter(command -> command.endsWith("postgres")).isPresent();
  }

  private static void end(ProcessHandle process) {
    process.destroy();
    process.onExit().orTimeout(START_TIMEOUT.toSeconds(), TimeUnit.SECONDS).join();
  }

  private static EmbeddedPostgres.Builder durable() {
    return EmbeddedPostgres.builder()
        // How texts are sorted and numbers are written is no matter of the machine that first starts it.
        .setLocaleConfig("locale", "C")
        .setServerConfig("timezone", "UTC")
        .setServerConfig("log_timezone", "UTC")
        .setServerConfig("fsync", "on")
        .setServerConfig("synchronous_commit", "on")
        .setServerConfig("full_page_writes", "on")
        .setServerConfig("listen_addresses", "127.0.0.1")
        .setServerConfig("max_connections", "200")
        .setServerConfig("shared_buffers", "512MB")
        .setServerConfig("max_wal_size", "2GB")
        .setPGStartupWait(START_TIMEOUT);
  }

  private static int portOrFree(int port) {
    return port == 0 ? FreePort.find() : port;
  }

  /**
   * The JDBC URL of a database, which is created if it is absent.
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

  /** The superuser: only the local stack and tests know it. */
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
      afterwards.run();
    }
  }
}
