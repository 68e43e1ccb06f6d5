package io.neuronledger.testkit.servers.database;

import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;

/** A PostgreSQL role that logs in with a password. */
public record Login(String user, String password) {
  /** Connections of this role, each opened anew. */
  public DataSource on(String jdbcUrl) {
    PGSimpleDataSource source = new PGSimpleDataSource() {
      /** Its own has every property's default: Flyway searches 1,500 characters for secrets with slow expressions. */
      @Override
      public String getUrl() {
        return jdbcUrl;
      }
    };
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
