package io.neuronledger.foundation.access.role;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import javax.sql.DataSource;

/** The database role with which a service runs. */
public final class RunningRole {
  private static final String TOO_STRONG = """
      SELECT current_user FROM pg_class WHERE oid = ?::regclass
        AND (pg_has_role(relowner, 'MEMBER') OR has_schema_privilege(relnamespace, 'CREATE')
          OR has_table_privilege(oid, 'UPDATE, DELETE, TRUNCATE'))""";

  private RunningRole() {}

  /**
   * Refuses a role that may become the owner of a table, add to its schema, or change its rows: a superuser, the role
   * that migrates, or a member of it, whether it inherits or not.
   *
   * @param running connections of the role
   * @param table whose rows the service never changes; its name as SQL, with its schema where the search path has none
   * @throws IllegalStateException naming the role, or where the database does not answer
   */
  public static void require(DataSource running, String table) {
    try (Connection connection = running.getConnection();
        PreparedStatement statement = connection.prepareStatement(TOO_STRONG)) {
      statement.setString(1, table);
      try (ResultSet rows = statement.executeQuery()) {
        if (rows.next()) {
          throw new IllegalStateException("the database role " + rows.getString(1) + " may change " + table
              + " or its schema: NEURON_LEDGER_DATABASE_USER must be neither a superuser nor the role that migrates");
        }
      }
    } catch (SQLException e) {
      throw new IllegalStateException("it is not known what the database role may do with " + table, e);
    }
  }
}
