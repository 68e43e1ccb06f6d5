package io.neuronledger.command.resolution;

import io.neuronledger.foundation.access.caller.Caller;
import io.neuronledger.foundation.problem.ProblemCode;
import io.neuronledger.foundation.problem.Refusal;
import java.util.function.Supplier;
import org.axonframework.modelling.command.ConcurrencyException;

/** What holds for every decision that people record, about a discrepancy or about a period. */
public final class Decisions {
  private Decisions() {}

  /**
   * Answers what was recorded.
   *
   * @throws Refusal if another decision was recorded at the same time
   */
  public static <T> T recorded(Supplier<T> decision) {
    try {
      return decision.get();
    } catch (ConcurrencyException e) {
      throw new Refusal(ProblemCode.DECIDED_MEANWHILE,
          "nothing was recorded: read the recorded decision, and send this one again if it still applies");
    }
  }

  /** @throws Refusal if the caller is no person */
  public static void requirePerson(Caller caller) {
    if (!caller.isPerson()) {
      throw new Refusal(ProblemCode.PERSON_REQUIRED, "send a token of the issuer: a key is no person");
    }
  }

  /** @throws Refusal if the caller is the one who has proposed it */
  public static void requireAnother(String proposedBy, Caller caller) {
    if (proposedBy.equals(caller.subject())) {
      throw new Refusal(ProblemCode.SECOND_PERSON_REQUIRED, proposedBy + " has proposed it");
    }
  }
}
