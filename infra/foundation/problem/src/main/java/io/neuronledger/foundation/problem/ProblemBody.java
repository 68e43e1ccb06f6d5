package io.neuronledger.foundation.problem;

import org.springframework.http.HttpStatus;

/** A service's own form of a problem document. */
@FunctionalInterface
public interface ProblemBody {
  /**
   * @param status the HTTP status, 400 to 599; the problem may have another one
   * @param path the path of the request
   */
  Problem of(int status, String path);

  /**
   * @param status the status of the web server or the framework; 501 and 505, for an unsupported transfer encoding or
   *     HTTP version, become 400
   */
  default Problem answer(int status, String path) {
    boolean notOffered = status == HttpStatus.NOT_IMPLEMENTED.value()
        || status == HttpStatus.HTTP_VERSION_NOT_SUPPORTED.value();
    return of(notOffered ? HttpStatus.BAD_REQUEST.value() : status, path);
  }

  /** @param json the document, written by the service's mapper */
  record Problem(int status, Object json) {}
}
