package io.neuronledger.query.generation;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.function.Function;
import javax.sql.DataSource;
import org.jooq.DSLContext;
import org.jooq.SQLDialect;
import org.jooq.TransactionContext;
import org.jooq.TransactionListener;
import org.jooq.impl.DSL;
import org.jooq.impl.DefaultConfiguration;
import org.postgresql.PGConnection;

/**
 * Sets the schema at the start of a transaction, if the connection has another one. The driver discards all prepared
 * statements when the schema changes, so a connection keeps its schema until another generation is live.
 */
final class SchemaOfTransaction implements TransactionListener {
  private final Function<DSLContext, String> schema;

  private SchemaOfTransaction(Function<DSLContext, String> schema) {
    this.schema = schema;
  }

  /** @param schema called in each transaction, before any other statement */
  static DSLContext on(DataSource pool, Function<DSLContext, String> schema) {
    return DSL.using(new DefaultConfiguration().set(new PooledConnections(pool)).set(SQLDialect.POSTGRES)
        .set(new SchemaOfTransaction(schema)));
  }

  @Override
  public void beginEnd(TransactionContext context) {
    DSLContext db = context.dsl();
    String wanted = schema.apply(db);
    if (!db.connectionResult(connection -> isSet(wanted, connection))) {
      db.execute("SET search_path TO " + quoted(wanted));
    }
  }

  /** PostgreSQL reports the search path with each change, also with the end of a transaction that rolls one back. */
  private static boolean isSet(String schema, Connection connection) throws SQLException {
    String reported = connection.unwrap(PGConnection.class).getParameterStatus("search_path");
    return schema.equals(reported) || quoted(schema).equals(reported);
  }

  static String quoted(String name) {
    return '"' + name.replace("\"", "\"\"") + '"';
  }
}
