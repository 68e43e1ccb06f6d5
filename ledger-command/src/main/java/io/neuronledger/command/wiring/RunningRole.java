package io.neuronledger.command.wiring;

import org.springframework.jdbc.core.simple.JdbcClient;

/** The database role with which the service runs. */
final class RunningRole {
  private RunningRole() {}

  /** @throws IllegalStateException if it may do more to events than add and read them, as a superuser or their owner */
  static void require(JdbcClient jdbc) {
    jdbc.sql("""
        SELECT current_user FROM pg_class WHERE oid = 'account_event'::regclass
          AND (pg_has_role(relowner, 'MEMBER') OR has_table_privilege(oid, 'UPDATE, DELETE, TRUNCATE'))""")
        .query(String.class).optional().ifPresent(role -> {
          throw new IllegalStateException("the database role " + role + " may change recorded events:"
              + " NEURON_LEDGER_DATABASE_USER must be neither a superuser nor the role that migrates");
        });
  }
}
