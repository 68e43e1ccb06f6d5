package io.neuronledger.query.generation;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.OptionalInt;
import javax.sql.DataSource;
import org.jooq.ConnectionProvider;
import org.jooq.DSLContext;
import org.jooq.SQLDialect;
import org.jooq.exception.DataAccessException;
import org.jooq.impl.DSL;
import org.jooq.tools.jdbc.DefaultConnection;

/**
 * The connections of a pool, all of one isolation level, which nobody changes. jOOQ asks for it at the beginning of
 * each transaction, and the driver asks the server: a round trip that only the first transaction makes here.
 */
public final class PooledConnections implements ConnectionProvider {
  private final DataSource pool;
  private volatile OptionalInt isolation = OptionalInt.empty();

  PooledConnections(DataSource pool) {
    this.pool = pool;
  }

  /** @param pool its connections have no schema set */
  public static DSLContext on(DataSource pool) {
    return DSL.using(new PooledConnections(pool), SQLDialect.POSTGRES);
  }

  @Override
  public Connection acquire() {
    try {
      return new OfKnownIsolation(pool.getConnection());
    } catch (SQLException e) {
      throw new DataAccessException("cannot get a connection", e);
    }
  }

  @Override
  public void release(Connection connection) {
    try {
      connection.close();
    } catch (SQLException e) {
      throw new DataAccessException("cannot give a connection back", e);
    }
  }

  private final class OfKnownIsolation extends DefaultConnection {
    private OfKnownIsolation(Connection connection) {
      super(connection);
    }

    @Override
    public int getTransactionIsolation() throws SQLException {
      if (isolation.isEmpty()) {
        isolation = OptionalInt.of(super.getTransactionIsolation());
      }
      return isolation.getAsInt();
    }
  }
}
