package io.neuronledger.foundation.problem;

import io.neuronledger.contracts.view.ProblemView;
import io.neuronledger.foundation.problem.request.HttpRequestId;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.ErrorResponse;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.context.request.async.AsyncRequestNotUsableException;
import org.springframework.web.method.annotation.MethodArgumentTypeMismatchException;

/** Converts every exception of a request into a problem document. */
@RestControllerAdvice
final class ProblemAdvice {
  static final String RETRY_AFTER_SECONDS = "1";

  private static final Logger log = LoggerFactory.getLogger(ProblemAdvice.class);

  private final FailureMapping failures;

  ProblemAdvice(FailureMapping failures) {
    this.failures = failures;
  }

  @ExceptionHandler
  ResponseEntity<ProblemView> refused(Refusal refusal, HttpServletRequest request) {
    return answer(refusal, request, request.getRequestURI(), HttpHeaders.EMPTY);
  }

  /** A path variable or parameter that its converter refused. */
  @ExceptionHandler
  ResponseEntity<ProblemView> unreadable(MethodArgumentTypeMismatchException mismatch, HttpServletRequest request) {
    Refusal refusal = cause(mismatch)
        .map(cause -> Refusal.parameter(cause.code(), mismatch.getName(), cause.detail()))
        .orElseGet(() -> Refusal.parameter(ProblemCode.MALFORMED_REQUEST, mismatch.getName(),
            "the value cannot be read"));
    return answer(refusal, request, request.getRequestURI(), HttpHeaders.EMPTY);
  }

  /** The caller has disconnected, so no answer is sent. */
  @ExceptionHandler
  void disconnected(AsyncRequestNotUsableException failure) {
    log.debug("the caller has disconnected", failure);
  }

  @ExceptionHandler
  ResponseEntity<ProblemView> other(Exception failure, HttpServletRequest request) {
    String path = request.getRequestURI();
    if (failure instanceof ErrorResponse response && response.getStatusCode().is4xxClientError()) {
      Refusal refusal = Refusal.ofStatus(response.getStatusCode().value(), failures);
      String detail = Optional.ofNullable(response.getBody().getDetail()).orElse(refusal.detail());
      return answer(new Refusal(refusal.code(), detail), request, path, response.getHeaders());
    }
    Optional<Refusal> known = failures.of(failure);
    if (known.isPresent()) {
      log.warn("{} {}: {}", request.getMethod(), path, failure.getMessage());
    } else {
      log.error("{} {} failed", request.getMethod(), path, failure);
    }
    return answer(known.orElseGet(failures::unexpected), request, path, HttpHeaders.EMPTY);
  }

  /** @param path the path of the request, as it was sent */
  static ResponseEntity<ProblemView> answer(Refusal refusal, HttpServletRequest request, String path,
      HttpHeaders headers) {
    ResponseEntity.BodyBuilder answer = ResponseEntity.status(refusal.code().status()).headers(headers)
        .contentType(MediaType.APPLICATION_PROBLEM_JSON);
    if (refusal.code().isRetryable()) {
      answer.header(HttpHeaders.RETRY_AFTER, RETRY_AFTER_SECONDS);
    }
    return answer.body(refusal.view(path, HttpRequestId.of(request)));
  }

  private static Optional<Refusal> cause(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof Refusal refusal) {
        return Optional.of(refusal);
      }
    }
    return Optional.empty();
  }
}
