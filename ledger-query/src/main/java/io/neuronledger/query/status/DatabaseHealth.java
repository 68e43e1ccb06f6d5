package io.neuronledger.query.status;

import org.jooq.DSLContext;
import org.jooq.exception.DataAccessException;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/** Reports whether the read model is reachable. */
public final class DatabaseHealth implements HealthIndicator {
  private final DSLContext reader;

  public DatabaseHealth(DSLContext reader) {
    this.reader = reader;
  }

  @Override
  public Health health() {
    try {
      reader.selectOne().fetch();
      return Health.up().build();
    } catch (DataAccessException e) {
      return Health.down(e).build();
    }
  }
}
