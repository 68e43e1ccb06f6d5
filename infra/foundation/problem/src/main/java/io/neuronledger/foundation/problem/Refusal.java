package io.neuronledger.foundation.problem;

import io.neuronledger.contracts.value.Neuron;
import io.neuronledger.contracts.view.AsOf;
import io.neuronledger.contracts.view.ProblemView;
import java.util.Optional;

/** Refuses a request; the caller receives a problem document. Without a stack trace: the mistake is the caller's. */
public class Refusal extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final ProblemCode code;
  private final transient Optional<String> parameter;
  private final transient Optional<AsOf> asOf;

  private Refusal(ProblemCode code, String detail, Optional<String> parameter, Optional<AsOf> asOf) {
    super(detail, null, false, false);
    this.code = code;
    this.parameter = parameter;
    this.asOf = asOf;
  }

  public Refusal(ProblemCode code, String detail) {
    this(code, detail, Optional.empty(), Optional.empty());
  }

  /** @param parameter the name of the invalid parameter */
  protected Refusal(ProblemCode code, String parameter, String detail) {
    this(code, detail, Optional.of(parameter), Optional.empty());
  }

  /** @param parameter the name of the invalid parameter */
  public static Refusal parameter(ProblemCode code, String parameter, String detail) {
    return new Refusal(code, parameter, detail);
  }

  /** @param asOf the state that the answer would be as of */
  public static Refusal at(AsOf asOf, ProblemCode code, String detail) {
    return new Refusal(code, detail, Optional.empty(), Optional.of(asOf));
  }

  /** The refusal of a request that reached no controller. */
  static Refusal ofStatus(int status, FailureMapping failures) {
    return ProblemCode.ofStatus(status)
        .map(code -> new Refusal(code, "the request was refused before it was processed"))
        .orElseGet(failures::unexpected);
  }

  public final ProblemCode code() {
    return code;
  }

  /** The detail of this case, for humans. */
  public final String detail() {
    return String.valueOf(getMessage());
  }

  /** @param path the path of the request */
  final ProblemView view(String path, String requestId) {
    return view(code, detail(), path, Optional.of(requestId), parameter, Optional.empty(), asOf);
  }

  /** The problem document of a usage report, which is a part of an answer. */
  public static ProblemView view(ProblemCode code, String detail, String path, Optional<Neuron> expectedFee) {
    return view(code, detail, path, Optional.empty(), Optional.empty(), expectedFee, Optional.empty());
  }

  private static ProblemView view(ProblemCode code, String detail, String path, Optional<String> requestId,
      Optional<String> parameter, Optional<Neuron> expectedFee, Optional<AsOf> asOf) {
    return new ProblemView(code.type(), code.title(), code.status(), detail, path, code.code(), requestId, parameter,
        expectedFee, asOf);
  }
}
