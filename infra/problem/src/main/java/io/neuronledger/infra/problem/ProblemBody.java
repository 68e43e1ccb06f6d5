package io.neuronledger.infra.problem;

/** A service's own form of a problem document. */
@FunctionalInterface
public interface ProblemBody {
  /**
   * @param status HTTP's, as the framework has it; what is answered may be another one
   * @param path of the request
   */
  Problem of(int status, String path);

  /** @param json the document, for the service's mapper */
  record Problem(int status, Object json) {}
}
