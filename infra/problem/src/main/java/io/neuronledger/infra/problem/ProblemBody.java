package io.neuronledger.infra.problem;

import org.springframework.http.HttpStatus;

/** A service's own form of a problem document. */
@FunctionalInterface
public interface ProblemBody {
  /**
   * @param status HTTP's, 400 to 599; what is answered may be another one
   * @param path of the request
   */
  Problem of(int status, String path);

  /**
   * @param status as the web server or the framework has it: a transfer encoding or a version that HTTP does not have,
   *     or this server not, is the caller's mistake too
   */
  default Problem answer(int status, String path) {
    boolean notOffered = status == HttpStatus.NOT_IMPLEMENTED.value()
        || status == HttpStatus.HTTP_VERSION_NOT_SUPPORTED.value();
    return of(notOffered ? HttpStatus.BAD_REQUEST.value() : status, path);
  }

  /** @param json the document, for the service's mapper */
  record Problem(int status, Object json) {}
}
