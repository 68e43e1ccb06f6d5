package io.neuronledger.testkit.servers.database;

import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;

/** A PostgreSQL role that logs in with a password. */
public record Login(String user, String password) {
  /** Connections of this role, each opened anew. */
  public DataSource on(String jdbcUrl) {
    PGSimpleDataSource source = new PGSimpleDataSource();
    source.setUrl(jdbcUrl);
    source.setUser(user);
    source.setPassword(password);
    return source;
  }

  /** Without the password, which no log should have. */
  @Override
  public String toString() {
    return user;
  }
}
