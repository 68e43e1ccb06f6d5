package io.neuronledger.query.generation;

import static org.jooq.impl.DSL.val;

import io.neuronledger.foundation.access.role.RunningRole;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.regex.Pattern;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.jooq.DSLContext;
import org.jooq.SQLDialect;
import org.jooq.exception.DataAccessException;
import org.jooq.impl.DSL;

/**
 * Manages the generations of the read model; one of them is live. Two advisory locks coordinate all instances: writers
 * of the live generation share the first, a switch takes it exclusively; a rebuild holds the second from start to end.
 */
public final class Generations {
  private static final String LOCK_NOT_AVAILABLE = "55P03";
  private static final String WRITE_LOCK = "neuron-ledger moves partitions of ";
  private static final String BUILD_LOCK = "neuron-ledger rebuilds ";

  private final DataSource writers;
  private final DataSource migrating;
  private final String base;
  private final DSLContext plain;
  private final DSLContext owner;

  /**
   * @param writers connections of the role that runs, with no search path
   * @param migrating connections of the role that owns the schemas: it alone creates, migrates, switches and drops
   *     them; without a deadline, because migrating many rows may take long
   * @param base the schema of the first generation
   */
  public Generations(DataSource writers, DataSource migrating, String base) {
    this.writers = writers;
    this.migrating = migrating;
    this.base = base;
    this.plain = PooledConnections.on(writers);
    this.owner = PooledConnections.on(migrating);
  }

  /**
   * Creates the first generation if there is none, and migrates the live one to this program's schema version.
   *
   * @throws IllegalStateException if the role that runs may change schemas, as a superuser or their owner
   */
  public void migrate() {
    String role = runningRole();
    migrate(control(), "classpath:db/migration/generations", role);
    owner.execute("INSERT INTO " + liveTable() + " (generation, schema_name, since) VALUES (1, {0}, now())"
        + " ON CONFLICT ON CONSTRAINT live_pk DO NOTHING", val(base));
    migrate(live(owner).schema(), "classpath:db/migration/read-model", role);
    RunningRole.require(writers, liveTable());
  }

  private void migrate(String schema, String location, String role) {
    Flyway.configure().dataSource(migrating).locations(location).schemas(schema)
        .placeholders(Map.of("running-role", role)).load().migrate();
  }

  private String runningRole() {
    return plain.resultQuery("SELECT current_user").fetchSingle(row -> row.get(0, String.class));
  }

  /** For reads: each transaction uses the generation that is live at its snapshot. */
  public DSLContext forReads(DataSource readers) {
    return SchemaOfTransaction.on(readers, this::liveSchema);
  }

  /** For writes to the live generation. No switch happens while such a transaction is open. */
  public DSLContext forWrites() {
    return SchemaOfTransaction.on(writers, db -> {
      db.fetch("SELECT pg_advisory_xact_lock_shared(hashtextextended({0}, 0))", val(WRITE_LOCK + base));
      return liveSchema(db);
    });
  }

  /** The first statement of every transaction. */
  private String liveSchema(DSLContext db) {
    return db.connectionResult(connection -> {
      try (PreparedStatement statement = connection.prepareStatement("SELECT schema_name FROM " + liveTable());
          ResultSet rows = statement.executeQuery()) {
        rows.next();
        return rows.getString(1);
      }
    });
  }

  /** For the rebuild that fills this generation. No other transaction uses it before the switch. */
  public DSLContext forBuild(Generation generation) {
    return SchemaOfTransaction.on(writers, _ -> generation.schema());
  }

  public Generation live() {
    return live(plain);
  }

  private Generation live(DSLContext db) {
    return db.resultQuery("SELECT generation, schema_name FROM " + liveTable()).fetchSingle(
        row -> new Generation(row.get("generation", Integer.class), row.get("schema_name", String.class)));
  }

  private String liveTable() {
    return SchemaOfTransaction.quoted(control()) + ".live";
  }

  private String control() {
    return base + "_control";
  }

  /** The table of callers' rates, which no generation holds; with its schema, as SQL. */
  public String rateBuckets() {
    return SchemaOfTransaction.quoted(control()) + ".rate_bucket";
  }

  /** The schema with what no generation holds, as SQL. */
  public String beside() {
    return SchemaOfTransaction.quoted(control());
  }

  /** The exclusive right to build; held until it is closed. */
  public static final class BuildingRight implements AutoCloseable {
    private final Connection connection;

    private BuildingRight(Connection connection) {
      this.connection = connection;
    }

    /** Releases the right and its connection. */
    @Override
    public void close() {
      try {
        try (connection; Statement statement = connection.createStatement()) {
          statement.execute("SELECT pg_advisory_unlock_all()");
        }
      } catch (SQLException e) {
        throw new DataAccessException("cannot release the right to build", e);
      }
    }
  }

  /** @return empty while a rebuild runs in any instance */
  public Optional<BuildingRight> claimBuilding() {
    boolean claimed = false;
    Connection connection = connection();
    try {
      claimed = DSL.using(connection, SQLDialect.POSTGRES)
          .resultQuery("SELECT pg_try_advisory_lock(hashtextextended({0}, 0))", val(BUILD_LOCK + base))
          .fetchSingle(row -> row.get(0, Boolean.class));
      return claimed ? Optional.of(new BuildingRight(connection)) : Optional.empty();
    } finally {
      if (!claimed) {
        new BuildingRight(connection).close();
      }
    }
  }

  private Connection connection() {
    try {
      return writers.getConnection();
    } catch (SQLException e) {
      throw new DataAccessException("cannot connect to claim the right to build", e);
    }
  }

  /** Creates an empty generation with the number after the live one's. The caller must hold the right to build. */
  public Generation begin() {
    int number = live().number() + 1;
    Generation next = new Generation(number, base + "_" + number);
    drop(next);
    migrate(next.schema(), "classpath:db/migration/read-model", runningRole());
    return next;
  }

  /** Drops a generation; no open transaction may read it. */
  public void drop(Generation generation) {
    owner.execute("DROP SCHEMA IF EXISTS " + SchemaOfTransaction.quoted(generation.schema()) + " CASCADE");
  }

  /** Every generation except the live one. The caller must hold the right to build. */
  public List<Generation> idle() {
    Generation live = live();
    Pattern form = Pattern.compile(Pattern.quote(base) + "(?:_(\\d{1,9}))?");
    return plain.resultQuery("SELECT nspname FROM pg_namespace ORDER BY nspname").fetch(0, String.class).stream()
        .map(form::matcher).filter(name -> name.matches() && !name.group().equals(live.schema()))
        .map(name -> new Generation(name.group(1) == null ? 1 : Integer.parseInt(name.group(1)), name.group()))
        .toList();
  }

  /**
   * Makes {@code next} live, in one transaction that blocks all writers of the live generation. Reads continue: those
   * that begin before the commit use the old generation, later ones the new.
   *
   * @param ready called while all partitions are blocked: whether {@code next} holds as much as the live generation
   * @return false if it was not ready, or writers held the lock for more than a second
   */
  public boolean makeLive(Generation next, BooleanSupplier ready) {
    try {
      return owner.transactionResult(transaction -> {
        DSLContext db = transaction.dsl();
        db.execute("SET LOCAL lock_timeout = '1s'");
        db.fetch("SELECT pg_advisory_xact_lock(hashtextextended({0}, 0))", val(WRITE_LOCK + base));
        if (!ready.getAsBoolean()) {
          return false;
        }
        db.execute("UPDATE " + liveTable() + " SET generation = {0}, schema_name = {1}, since = clock_timestamp()",
            val(next.number()), val(next.schema()));
        return true;
      });
    } catch (DataAccessException e) {
      if (e.sqlState().equals(LOCK_NOT_AVAILABLE)) {
        return false;
      }
      throw e;
    }
  }

  /** The database's current time, later than every completed switch. */
  public String now() {
    return plain.resultQuery("SELECT clock_timestamp()::text").fetchSingle(row -> row.get(0, String.class));
  }

  /**
   * Whether a transaction of this service that began up to this time is still open; it may read a generation that was
   * live then. Transactions of other programs do not count. An instance that runs as another role counts while it is
   * connected, because its transactions cannot be seen.
   */
  public boolean isReadSince(String time) {
    return plain.resultQuery("""
        SELECT EXISTS (SELECT FROM pg_stat_activity WHERE datname = current_database()
          AND application_name LIKE 'ledger-query-%' AND pid <> pg_backend_pid()
          AND (xact_start <= {0}::timestamptz OR usename <> current_user))""",
        val(time)).fetchSingle(row -> row.get(0, Boolean.class));
  }
}
