package io.neuronledger.query.problem;

import io.neuronledger.foundation.problem.FailureMapping;
import io.neuronledger.foundation.problem.ProblemCode;
import io.neuronledger.foundation.problem.Refusal;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.Optional;
import org.jooq.exception.DataAccessException;

/** Distinguishes a slow or unavailable database from a bug in this service. */
public final class DatabaseFailures implements FailureMapping {
  private static final String QUERY_CANCELED = "57014";
  private static final String CONNECTION_EXCEPTION = "08";
  private static final String OPERATOR_INTERVENTION = "57";
  private static final String INSUFFICIENT_RESOURCES = "53";

  @Override
  public Optional<Refusal> of(Exception failure) {
    return failure instanceof DataAccessException database
        ? Optional.of(new Refusal(codeOf(database), "nothing was changed; try again"))
        : Optional.empty();
  }

  private static ProblemCode codeOf(DataAccessException failure) {
    String state = failure.sqlState();
    if (state.equals(QUERY_CANCELED)) {
      return ProblemCode.DEADLINE_EXCEEDED;
    }
    if (isExhausted(failure)) {
      return ProblemCode.TOO_BUSY;
    }
    boolean unavailable = state.startsWith(CONNECTION_EXCEPTION) || state.startsWith(OPERATOR_INTERVENTION)
        || state.startsWith(INSUFFICIENT_RESOURCES)
        || failure.getCause(SQLTransientConnectionException.class) != null || isWithoutState(failure);
    return unavailable ? ProblemCode.DATABASE_UNAVAILABLE : ProblemCode.INTERNAL_ERROR;
  }

  /** The pool timed out although no attempt to connect failed: all of its connections are in use. */
  private static boolean isExhausted(DataAccessException failure) {
    SQLTransientConnectionException timedOut = failure.getCause(SQLTransientConnectionException.class);
    return timedOut != null && timedOut.getCause() == null;
  }

  /** Errors from the server have an SQL state; an error without one is the pool's report of a lost connection. */
  private static boolean isWithoutState(DataAccessException failure) {
    SQLException cause = failure.getCause(SQLException.class);
    return cause != null && cause.getSQLState() == null;
  }
}
