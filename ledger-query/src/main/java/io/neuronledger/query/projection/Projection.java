package io.neuronledger.query.projection;

import org.jooq.DSLContext;

/**
 * Writes the rows that answer one question. State is assigned, never incremented; sums over requests change only with
 * the rows that the same statement adds, marks or moves.
 */
public interface Projection {
  /**
   * Writes a batch with a bounded number of statements, inside the caller's transaction. Each line comes exactly once.
   *
   * @return the number of rows written
   */
  int project(Batch batch, DSLContext db);
}
