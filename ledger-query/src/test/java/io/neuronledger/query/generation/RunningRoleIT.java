package io.neuronledger.query.generation;

import static io.neuronledger.testkit.servers.database.RoleRights.Kind.DELETE;
import static io.neuronledger.testkit.servers.database.RoleRights.Kind.INSERT;
import static io.neuronledger.testkit.servers.database.RoleRights.Kind.SELECT;
import static io.neuronledger.testkit.servers.database.RoleRights.Kind.UPDATE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.neuronledger.testkit.servers.PostgresServer;
import io.neuronledger.testkit.servers.database.Login;
import io.neuronledger.testkit.servers.database.RoleRights;
import io.neuronledger.testkit.servers.database.RoleRights.Kind;
import io.neuronledger.testkit.servers.database.ServiceDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the role that runs may do in every generation of the read model, and what it may not. */
class RunningRoleIT {
  private static final Set<Kind> ADD = Set.of(SELECT, INSERT);
  private static final Set<Kind> ADD_AND_CHANGE = Set.of(SELECT, INSERT, UPDATE);
  private static final Set<Kind> ADD_AND_REMOVE = Set.of(SELECT, INSERT, DELETE);
  private static final Set<Kind> ALL_ROWS = Set.of(SELECT, INSERT, UPDATE, DELETE);
  /** A new table fails this test until it has a line here. */
  private static final Map<String, Set<Kind>> DECIDED = Map.ofEntries(
      Map.entry("deployment", ADD),
      Map.entry("partition_retraction", ADD),
      Map.entry("discrepancy_resolution", ADD),
      Map.entry("difference_resolution", ADD),
      Map.entry("period_decision", ADD),
      Map.entry("service_naming", ADD),
      Map.entry("usage_request", ADD_AND_CHANGE),
      Map.entry("partition", ADD_AND_CHANGE),
      Map.entry("partition_day", ADD_AND_CHANGE),
      Map.entry("blocks_position", ADD_AND_CHANGE),
      Map.entry("sub_account", ADD_AND_CHANGE),
      Map.entry("entry", ADD_AND_CHANGE),
      Map.entry("discrepancy", ADD_AND_CHANGE),
      Map.entry("usage_hour", ALL_ROWS),
      Map.entry("service_change", ALL_ROWS),
      Map.entry("service_day", ALL_ROWS),
      Map.entry("usage_meter", ADD_AND_CHANGE),
      Map.entry("usage_partition", ADD_AND_CHANGE),
      Map.entry("settlement", ADD_AND_CHANGE),
      Map.entry("reconciliation_run", ADD_AND_CHANGE),
      Map.entry("restatement", ADD_AND_CHANGE),
      Map.entry("block", ADD_AND_REMOVE),
      Map.entry("block_next", ADD_AND_REMOVE),
      Map.entry("parked_record", ADD_AND_REMOVE),
      Map.entry("partition_seal", ALL_ROWS),
      Map.entry("service_terms", ALL_ROWS),
      Map.entry("service_price", ALL_ROWS),
      Map.entry("known_service", ALL_ROWS),
      Map.entry("ledger_state", ALL_ROWS),
      Map.entry("sub_account_state", ALL_ROWS),
      Map.entry("quarantine", ALL_ROWS),
      Map.entry("period_report_difference", ALL_ROWS),
      Map.entry("flyway_schema_history", Set.of()));

  private static final PostgresServer POSTGRES = PostgresServer.startTemporary();
  private static final ServiceDatabase DATABASE = POSTGRES.database("roles");
  private static final DataSource RUNNING = DATABASE.running().on(DATABASE.url());
  private static final DataSource MIGRATING = DATABASE.migrating().on(DATABASE.url());

  private final RoleRights rights = new RoleRights(RUNNING);

  @BeforeAll
  static void migrate() {
    Generations generations = new Generations(RUNNING, MIGRATING, "read_model");
    generations.migrate();
    assertThat(generations.begin().schema()).isEqualTo("read_model_2");
  }

  @AfterAll
  static void stop() {
    POSTGRES.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"read_model", "read_model_2"})
  void the_running_role_may_do_this_with_each_table_and_nothing_else(String schema) {
    assertThat(rights.tables(schema)).isEqualTo(DECIDED);
  }

  @Test
  void the_running_role_only_reads_which_generation_is_live() {
    assertThat(rights.tables("read_model_control"))
        .isEqualTo(Map.ofEntries(Map.entry("live", Set.of(SELECT)), Map.entry("rate_bucket", ALL_ROWS),
            Map.entry("period_report", ADD), Map.entry("period_report_part", ADD),
            Map.entry("period_report_line", ADD), Map.entry("alert_rule", ALL_ROWS),
            Map.entry("alert", ADD_AND_CHANGE), Map.entry("alert_partition", ADD_AND_CHANGE),
            Map.entry("alert_published", ADD_AND_CHANGE), Map.entry("alert_block", ADD_AND_REMOVE),
            Map.entry("alert_following", ADD_AND_CHANGE),
            Map.entry("webhook", ALL_ROWS), Map.entry("webhook_secret", ALL_ROWS),
            Map.entry("webhook_message", ALL_ROWS),
            Map.entry("webhook_delivery", ADD_AND_REMOVE), Map.entry("scheduled_task", ALL_ROWS),
            Map.entry("flyway_schema_history", Set.of())));
  }

  @ParameterizedTest
  @ValueSource(strings = {"CREATE TABLE read_model.intruder ()", "CREATE TABLE public.intruder ()",
      "CREATE TEMPORARY TABLE intruder ()", "CREATE SCHEMA intruder", "DROP SCHEMA read_model CASCADE",
      "ALTER SCHEMA read_model RENAME TO gone", "SET ROLE roles_migration", "ALTER ROLE roles SUPERUSER",
      "COPY read_model.entry TO PROGRAM 'cat'"})
  void the_running_role_owns_nothing_and_gives_itself_nothing(String statement) {
    assertThat(rights.allows(statement)).isFalse();
  }

  @Test
  void a_wrong_password_is_refused() {
    for (Login role : List.of(DATABASE.running(), DATABASE.migrating())) {
      assertThatThrownBy(() -> new Login(role.user(), "postgres").on(DATABASE.url()).getConnection())
          .isInstanceOfSatisfying(SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("28P01"));
    }
  }

  /** A member that does not inherit has no right by itself, but becomes the owner by one statement. */
  @Test
  void a_role_that_may_change_schemas_does_not_run() throws SQLException {
    try (Connection connection = POSTGRES.superuser().on(DATABASE.url()).getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE ROLE roles_heir LOGIN NOINHERIT PASSWORD 'of an heir'");
      statement.execute("GRANT roles_migration, roles TO roles_heir WITH INHERIT FALSE");
      statement.execute("GRANT CONNECT ON DATABASE roles TO roles_heir");
    }
    for (Login tooStrong : List.of(new Login("roles_heir", "of an heir"), POSTGRES.superuser())) {
      Generations generations = new Generations(tooStrong.on(DATABASE.url()), MIGRATING, "read_model");
      assertThatThrownBy(generations::migrate)
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("the database role " + tooStrong.user() + " may change");
    }
  }
}
