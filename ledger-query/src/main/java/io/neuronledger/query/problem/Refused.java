package io.neuronledger.query.problem;

import io.neuronledger.contracts.view.AsOf;
import java.util.Optional;

/** Refuses a request; the caller receives a problem document. */
public sealed class Refused extends RuntimeException permits BadCursor {
  private static final long serialVersionUID = 1L;

  private final Refusal refusal;
  private final transient Optional<String> parameter;
  private final transient Optional<AsOf> asOf;

  private Refused(Refusal refusal, String detail, Optional<String> parameter, Optional<AsOf> asOf) {
    super(detail);
    this.refusal = refusal;
    this.parameter = parameter;
    this.asOf = asOf;
  }

  Refused(Refusal refusal, String parameter, String detail) {
    this(refusal, detail, Optional.of(parameter), Optional.empty());
  }

  public Refused(Refusal refusal, String detail) {
    this(refusal, detail, Optional.empty(), Optional.empty());
  }

  public Refused(Refusal refusal, String detail, Throwable cause) {
    this(refusal, detail);
    initCause(cause);
  }

  /** @param parameter the name of the invalid parameter */
  public static Refused parameter(Refusal refusal, String parameter, String detail) {
    return new Refused(refusal, parameter, detail);
  }

  /** @param asOf the state that the answer would be as of */
  public static Refused at(AsOf asOf, Refusal refusal, String detail) {
    return new Refused(refusal, detail, Optional.empty(), Optional.of(asOf));
  }

  public Refusal refusal() {
    return refusal;
  }

  /** The detail of this case, for humans. */
  public String detail() {
    return String.valueOf(getMessage());
  }

  public Optional<String> parameter() {
    return parameter;
  }

  public Optional<AsOf> asOf() {
    return asOf;
  }
}
