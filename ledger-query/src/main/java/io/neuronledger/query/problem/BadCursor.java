package io.neuronledger.query.problem;

import io.neuronledger.foundation.problem.ProblemCode;
import io.neuronledger.foundation.problem.Refusal;

/** Refuses a cursor that does not come from a page of the same list. */
public final class BadCursor extends Refusal {
  private static final long serialVersionUID = 1L;

  /** @param list what the pages are of, as in "the same list" */
  public BadCursor(String list) {
    super(ProblemCode.BAD_CURSOR, "cursor", "take cursor from next_cursor of a page of the same " + list);
  }
}
