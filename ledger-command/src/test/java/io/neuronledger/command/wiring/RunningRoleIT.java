package io.neuronledger.command.wiring;

import static io.neuronledger.testkit.servers.database.RoleRights.Kind.DELETE;
import static io.neuronledger.testkit.servers.database.RoleRights.Kind.INSERT;
import static io.neuronledger.testkit.servers.database.RoleRights.Kind.SELECT;
import static io.neuronledger.testkit.servers.database.RoleRights.Kind.UPDATE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.neuronledger.command.fixture.CommandFixture;
import io.neuronledger.command.fixture.Servers;
import io.neuronledger.command.fixture.Service;
import io.neuronledger.testkit.servers.PostgresServer;
import io.neuronledger.testkit.servers.database.Login;
import io.neuronledger.testkit.servers.database.RoleRights;
import io.neuronledger.testkit.servers.database.RoleRights.Kind;
import io.neuronledger.testkit.servers.database.ServiceDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What the role that runs may do in the event store, and what it may not. */
class RunningRoleIT {
  private static final Set<Kind> ADD = Set.of(SELECT, INSERT);
  private static final Set<Kind> ADD_AND_CHANGE = Set.of(SELECT, INSERT, UPDATE);
  private static final Set<Kind> ADD_AND_REMOVE = Set.of(SELECT, INSERT, DELETE);
  private static final Set<Kind> ALL_ROWS = Set.of(SELECT, INSERT, UPDATE, DELETE);
  /** A new table fails this test until it has a line here. */
  private static final Map<String, Set<Kind>> DECIDED = Map.ofEntries(
      Map.entry("account_event", ADD),
      Map.entry("accepted_request", ADD),
      Map.entry("reversed_request", ADD),
      Map.entry("api_key_event", ADD),
      Map.entry("deployment", ADD),
      Map.entry("partition", ADD_AND_CHANGE),
      Map.entry("partition_head", ADD_AND_CHANGE),
      Map.entry("parked_record", ADD_AND_CHANGE),
      Map.entry("service_terms", ADD_AND_REMOVE),
      Map.entry("known_service", ADD_AND_REMOVE),
      Map.entry("refund_lock", ADD_AND_REMOVE),
      Map.entry("used_nonce", ADD_AND_REMOVE),
      Map.entry("stream_snapshot", ALL_ROWS),
      Map.entry("quarantined_owner", ALL_ROWS),
      Map.entry("publisher_lease", ALL_ROWS),
      Map.entry("publisher", ALL_ROWS),
      Map.entry("rate_bucket", ALL_ROWS),
      Map.entry("flyway_schema_history", Set.of()));

  private final ServiceDatabase database = Servers.database(Servers.freshSchema());
  private final String schema = database.url().substring(database.url().indexOf('=') + 1);
  private final RoleRights rights = new RoleRights(database.running().on(database.url()));

  @BeforeEach
  void migrate() {
    CommandFixture.on(database.url(), 1).close();
  }

  @Test
  void the_running_role_may_do_this_with_each_table_and_nothing_else() {
    assertThat(rights.tables(schema)).isEqualTo(DECIDED);
  }

  @ParameterizedTest
  @ValueSource(strings = {"CREATE TABLE intruder ()", "CREATE TEMPORARY TABLE intruder ()", "CREATE SCHEMA intruder",
      "CREATE FUNCTION intruder() RETURNS INTEGER LANGUAGE sql AS 'SELECT 1'", "DROP FUNCTION refuse_change() CASCADE",
      "ALTER TABLE account_event DISABLE TRIGGER ALL", "SET session_replication_role = replica",
      "SET ROLE tests_migration", "ALTER ROLE tests_migration PASSWORD 'mine'", "ALTER ROLE tests SUPERUSER",
      "CREATE ROLE intruder", "COPY account_event TO PROGRAM 'cat'", "COPY account_event FROM '/etc/hosts'",
      "SELECT pg_read_file('/etc/hosts')"})
  void the_running_role_owns_nothing_and_gives_itself_nothing(String statement) {
    assertThat(rights.allows(statement)).isFalse();
  }

  @Test
  void a_statement_that_is_allowed_is_seen_to_work() {
    assertThat(rights.allows("SELECT count(*) FROM account_event")).isTrue();
    assertThat(new RoleRights(database.migrating().on(database.url())).allows("CREATE TABLE owned ()")).isTrue();
  }

  @Test
  void neither_role_is_a_superuser_nor_may_it_create_roles_or_databases() {
    assertThat(Servers.administrator(database.url()).sql("""
        SELECT count(*) FROM pg_roles WHERE rolname IN ('tests', 'tests_migration') AND rolcanlogin
          AND NOT (rolsuper OR rolcreaterole OR rolcreatedb OR rolreplication OR rolbypassrls)""")
        .query(Long.class).single()).isEqualTo(2);
  }

  @Test
  void a_wrong_password_is_refused() {
    for (Login role : List.of(database.running(), database.migrating())) {
      for (String wrong : List.of("postgres", role.user())) {
        assertThatThrownBy(() -> new Login(role.user(), wrong).on(database.url()).getConnection())
            .isInstanceOfSatisfying(SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("28P01"));
      }
    }
  }

  @Test
  void the_role_of_another_service_cannot_connect() {
    try (PostgresServer server = PostgresServer.startTemporary()) {
      ServiceDatabase one = server.database("one");
      ServiceDatabase two = server.database("two");
      for (Login stranger : List.of(two.running(), two.migrating())) {
        assertThatThrownBy(() -> stranger.on(one.url()).getConnection()).isInstanceOfSatisfying(SQLException.class,
            e -> assertThat(e.getSQLState()).isEqualTo(RoleRights.INSUFFICIENT_PRIVILEGE));
      }
    }
  }

  /** A password is changed without a pause by a second role: its rights come with the next start. */
  @Test
  void another_role_that_runs_gets_the_same_rights_at_the_next_start() {
    Login next = new Login("tests_next", "of the next role");
    Servers.administrator(database.url()).sql("CREATE ROLE tests_next LOGIN PASSWORD 'of the next role'").update();
    Servers.administrator(database.url()).sql("GRANT CONNECT ON DATABASE tests TO tests_next").update();
    RoleRights nextRights = new RoleRights(next.on(database.url()));
    assertThat(nextRights.tables(schema).values()).allMatch(Set::isEmpty);
    Flyway.configure().dataSource(database.migrating().on(database.url()))
        .locations("classpath:db/migration/event-store").placeholders(Map.of("running-role", next.user())).load()
        .migrate();
    assertThat(nextRights.tables(schema)).isEqualTo(DECIDED);
    assertThat(rights.tables(schema)).isEqualTo(DECIDED);
    Servers.administrator(database.url()).sql("DROP OWNED BY tests_next").update();
    Servers.administrator(database.url()).sql("DROP ROLE tests_next").update();
    assertThat(rights.tables(schema)).isEqualTo(DECIDED);
  }

  /** A stolen one is changed at once, and the sessions that were opened by it are ended. */
  @Test
  void a_changed_password_is_the_only_one_and_older_sessions_are_ended() throws SQLException {
    try (PostgresServer server = PostgresServer.startTemporary()) {
      ServiceDatabase one = server.database("one");
      JdbcClient superuser = JdbcClient.create(server.superuser().on(one.url()));
      for (Login role : List.of(one.running(), one.migrating())) {
        try (Connection session = role.on(one.url()).getConnection()) {
          superuser.sql("ALTER ROLE " + role.user() + " PASSWORD 'of the owner'").update();
          assertThatThrownBy(() -> role.on(one.url()).getConnection()).isInstanceOfSatisfying(SQLException.class,
              e -> assertThat(e.getSQLState()).isEqualTo("28P01"));
          new Login(role.user(), "of the owner").on(one.url()).getConnection().close();
          assertThat(session.isValid(5)).as("a session outlives its password").isTrue();
          superuser.sql("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = ?").param(role.user())
              .query(Boolean.class).list();
          assertThat(session.isValid(5)).isFalse();
        }
      }
    }
  }

  @Test
  void the_service_does_not_start_with_a_role_that_may_change_events() {
    Servers.administrator(database.url()).sql("CREATE ROLE tests_member LOGIN PASSWORD 'of a member'").update();
    Servers.administrator(database.url()).sql("GRANT tests_migration TO tests_member").update();
    Servers.administrator(database.url()).sql("CREATE ROLE tests_heir LOGIN NOINHERIT PASSWORD 'of an heir'").update();
    Servers.administrator(database.url()).sql("GRANT tests_migration TO tests_heir").update();
    Servers.administrator(database.url()).sql("GRANT CONNECT ON DATABASE tests TO tests_heir").update();
    for (Login tooStrong : List.of(new Login("tests_member", "of a member"), new Login("tests_heir", "of an heir"),
        Servers.superuser())) {
      assertThatThrownBy(() -> Service.start(database.url(), 1,
          "neuron-ledger.database.user=" + tooStrong.user(), "neuron-ledger.database.password=" + tooStrong.password())
          .close()).rootCause().hasMessageContaining("the database role " + tooStrong.user()
              + " may change account_event");
    }
  }
}
