package io.neuronledger.query.projection;

import org.jooq.DSLContext;

/** Writes the rows that answer one question. State is assigned, never incremented. */
public interface Projection {
  /**
   * Writes a batch with a bounded number of statements, inside the caller's transaction. Each line comes exactly once.
   *
   * @return the number of rows written
   */
  int project(Batch batch, DSLContext db);
}
