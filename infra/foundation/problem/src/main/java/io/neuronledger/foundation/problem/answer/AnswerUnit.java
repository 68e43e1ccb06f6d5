package io.neuronledger.foundation.problem.answer;

import io.neuronledger.foundation.problem.ProblemCode;
import io.neuronledger.foundation.problem.Refusal;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;

/** In which unit a caller wants to see amounts, beside neuron. */
public enum AnswerUnit {
  /** Neuron alone. */
  NEURON("neuron"),
  /** Beside each amount, the same in 0G: an exact decimal. */
  ZERO_G("0G");

  /** The query parameter. */
  public static final String PARAMETER = "unit";

  private final String tag;

  AnswerUnit(String tag) {
    this.tag = tag;
  }

  /**
   * The unit that a request asks for; neuron where it asks for none.
   *
   * @throws Refusal for any other value
   */
  public static AnswerUnit of(HttpServletRequest request) {
    String given = Optional.ofNullable(request.getParameter(PARAMETER)).orElse(NEURON.tag);
    for (AnswerUnit unit : values()) {
      if (unit.tag.equals(given)) {
        return unit;
      }
    }
    throw Refusal.parameter(ProblemCode.BAD_PARAMETER, PARAMETER, "unit is neuron or 0G");
  }

  boolean isGiven(HttpServletRequest request) {
    return tag.equals(request.getParameter(PARAMETER));
  }
}
