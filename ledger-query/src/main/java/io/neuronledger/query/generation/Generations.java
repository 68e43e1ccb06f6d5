package io.neuronledger.query.generation;

import static org.jooq.impl.DSL.val;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
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
 * The generations of the read model, and which one is live. Two advisory locks keep order among all instances: whoever
 * moves partitions holds the one in common, a switch holds it alone; a rebuild holds the other from its begin to its
 * end.
 */
public final class Generations {
  private static final String LOCK_NOT_AVAILABLE = "55P03";
  private static final String MOVES = "neuron-ledger moves partitions of ";
  private static final String BUILDS = "neuron-ledger rebuilds ";

  private final DataSource writers;
  private final DataSource migrating;
  private final String base;
  private final DSLContext plain;

  /**
   * @param writers connections that may do everything, in no schema
   * @param migrating connections without a deadline: a migration of many rows takes as long as it takes
   * @param base the schema of the first generation
   */
  public Generations(DataSource writers, DataSource migrating, String base) {
    this.writers = writers;
    this.migrating = migrating;
    this.base = base;
    this.plain = DSL.using(writers, SQLDialect.POSTGRES);
  }

  /** Makes sure that there is a live generation, in the form that this program knows. */
  public void migrate() {
    migrate(control(), "classpath:db/migration/generations");
    plain.execute("INSERT INTO " + liveTable() + " (generation, schema_name, since) VALUES (1, {0}, now())"
        + " ON CONFLICT ON CONSTRAINT live_pk DO NOTHING", val(base));
    migrate(live(plain).schema(), "classpath:db/migration/read-model");
  }

  private void migrate(String schema, String location) {
    Flyway.configure().dataSource(migrating).locations(location).schemas(schema).load().migrate();
  }

  /** For answers: each transaction stays with the generation that was live at its snapshot. */
  public DSLContext answering(DataSource readers) {
    return SchemaOfTransaction.on(readers, db -> live(db).schema());
  }

  /** For whatever writes to the live generation. No switch happens while such a transaction is open. */
  public DSLContext moving() {
    return SchemaOfTransaction.on(writers, db -> {
      db.fetch("SELECT pg_advisory_xact_lock_shared(hashtextextended({0}, 0))", val(MOVES + base));
      return live(db).schema();
    });
  }

  /** For whoever builds this generation: nobody else knows it. */
  public DSLContext building(Generation generation) {
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

  /** The right to build, for as long as it is open. */
  public static final class BuildingRight implements AutoCloseable {
    private final Connection connection;

    private BuildingRight(Connection connection) {
      this.connection = connection;
    }

    /** Ends it, and the connection that held it. */
    @Override
    public void close() {
      try {
        try (connection; Statement statement = connection.createStatement()) {
          statement.execute("SELECT pg_advisory_unlock_all()");
        }
      } catch (SQLException e) {
        throw new DataAccessException("cannot give the right to build back", e);
      }
    }
  }

  /** @return none while somebody else, in whatever instance, builds */
  public Optional<BuildingRight> claimBuilding() {
    boolean claimed = false;
    Connection connection = connection();
    try {
      claimed = DSL.using(connection, SQLDialect.POSTGRES)
          .resultQuery("SELECT pg_try_advisory_lock(hashtextextended({0}, 0))", val(BUILDS + base))
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
      throw new DataAccessException("no connection to claim the right to build", e);
    }
  }

  /** An empty generation behind the live one. The right to build must be held. */
  public Generation begin() {
    int number = live().number() + 1;
    Generation next = new Generation(number, base + "_" + number);
    drop(next);
    migrate(next.schema(), "classpath:db/migration/read-model");
    return next;
  }

  /** Removes a generation that nobody reads. */
  public void drop(Generation generation) {
    plain.execute("DROP SCHEMA IF EXISTS " + SchemaOfTransaction.quoted(generation.schema()) + " CASCADE");
  }

  /** Every generation but the live one. The right to build must be held. */
  public List<Generation> idle() {
    Generation live = live();
    Pattern form = Pattern.compile(Pattern.quote(base) + "(?:_(\\d{1,9}))?");
    return plain.resultQuery("SELECT nspname FROM pg_namespace ORDER BY nspname").fetch(0, String.class).stream()
        .map(form::matcher).filter(name -> name.matches() && !name.group().equals(live.schema()))
        .map(name -> new Generation(name.group(1) == null ? 1 : Integer.parseInt(name.group(1)), name.group()))
        .toList();
  }

  /**
   * Makes {@code next} live, in one transaction, during which nobody moves a partition. Answers go on meanwhile: those
   * before its commit stay with the old generation, those behind it with the new one.
   *
   * @param ready asked while all partitions stand still: whether {@code next} knows as much as the live generation
   * @return false if it was not ready, or others moved partitions for too long
   */
  public boolean makeLive(Generation next, BooleanSupplier ready) {
    try {
      return plain.transactionResult(transaction -> {
        DSLContext db = transaction.dsl();
        db.execute("SET LOCAL lock_timeout = '1s'");
        db.fetch("SELECT pg_advisory_xact_lock(hashtextextended({0}, 0))", val(MOVES + base));
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

  /** A moment behind every switch that has been made. */
  public String now() {
    return plain.resultQuery("SELECT clock_timestamp()::text").fetchSingle(row -> row.get(0, String.class));
  }

  /**
   * Whether a transaction of ours that began up to this moment is still open: it may read a generation that was live
   * then. What others do in this database holds nothing up.
   */
  public boolean isReadSince(String moment) {
    return plain.resultQuery("""
        SELECT EXISTS (SELECT FROM pg_stat_activity WHERE datname = current_database()
          AND application_name LIKE 'ledger-query-%' AND pid <> pg_backend_pid() AND xact_start <= {0}::timestamptz)""",
        val(moment)).fetchSingle(row -> row.get(0, Boolean.class));
  }
}
