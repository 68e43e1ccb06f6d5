package io.neuronledger.query.problem;

import io.neuronledger.contracts.view.ProblemView;
import io.neuronledger.foundation.problem.ProblemBody;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;
import org.jooq.exception.DataAccessException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.ErrorResponse;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.context.request.async.AsyncRequestNotUsableException;
import org.springframework.web.method.annotation.MethodArgumentTypeMismatchException;

/** Converts every exception of a request into a problem document. */
@RestControllerAdvice
public class ProblemAdvice {
  private static final Logger log = LoggerFactory.getLogger(ProblemAdvice.class);
  private static final String RETRY_AFTER_SECONDS = "1";

  @ExceptionHandler
  ResponseEntity<ProblemView> refused(Refused refused, HttpServletRequest request) {
    return problem(refused, refused.parameter(), HttpHeaders.EMPTY, request);
  }

  /** A path variable or parameter that its converter refused. */
  @ExceptionHandler
  ResponseEntity<ProblemView> unreadable(MethodArgumentTypeMismatchException mismatch, HttpServletRequest request) {
    Refused refused = cause(mismatch).orElseGet(
        () -> new Refused(Refusal.MALFORMED_REQUEST, "the value cannot be read"));
    return problem(refused, Optional.of(mismatch.getName()), HttpHeaders.EMPTY, request);
  }

  @ExceptionHandler
  ResponseEntity<ProblemView> database(DataAccessException failure, HttpServletRequest request) {
    Refusal refusal = DatabaseFailure.refusalOf(failure);
    log.warn("{} {}: {}", request.getMethod(), request.getRequestURI(), failure.getMessage());
    return problem(new Refused(refusal, "nothing was changed; try again"), Optional.empty(), HttpHeaders.EMPTY,
        request);
  }

  /** The caller has disconnected, so no answer is sent. */
  @ExceptionHandler
  void disconnected(AsyncRequestNotUsableException failure) {
    log.debug("the caller has disconnected", failure);
  }

  @ExceptionHandler
  ResponseEntity<ProblemView> other(Exception failure, HttpServletRequest request) {
    if (failure instanceof ErrorResponse response && response.getStatusCode().is4xxClientError()) {
      return problem(new Refused(refusalOf(response.getStatusCode()), detailOf(response)), Optional.empty(),
          response.getHeaders(), request);
    }
    log.error("{} {} failed", request.getMethod(), request.getRequestURI(), failure);
    return problem(new Refused(Refusal.INTERNAL_ERROR, "see the service's log"), Optional.empty(), HttpHeaders.EMPTY,
        request);
  }

  private static ResponseEntity<ProblemView> problem(Refused refused, Optional<String> parameter, HttpHeaders headers,
      HttpServletRequest request) {
    Refusal refusal = refused.refusal();
    ResponseEntity.BodyBuilder answer = ResponseEntity.status(refusal.status()).headers(headers)
        .contentType(MediaType.APPLICATION_PROBLEM_JSON);
    if (refusal.retryable()) {
      answer.header(HttpHeaders.RETRY_AFTER, RETRY_AFTER_SECONDS);
    }
    return answer.body(view(refused, request.getRequestURI(), parameter));
  }

  static ProblemView view(Refused refused, String path, Optional<String> parameter) {
    Refusal refusal = refused.refusal();
    return new ProblemView(refusal.type(), refusal.title(), refusal.status().value(), refused.detail(), path,
        refusal.code(), parameter, refused.asOf());
  }

  /** The problem of a request that is refused outside of the controllers. */
  public static ProblemBody.Problem problem(int status, String path) {
    Refusal refusal = refusalOf(HttpStatusCode.valueOf(status));
    return new ProblemBody.Problem(refusal.status().value(),
        view(new Refused(refusal, refusal.title()), path, Optional.empty()));
  }

  private static Optional<Refused> cause(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof Refused refused) {
        return Optional.of(refused);
      }
    }
    return Optional.empty();
  }

  private static String detailOf(ErrorResponse response) {
    return Optional.ofNullable(response.getBody().getDetail()).orElse("");
  }

  static Refusal refusalOf(HttpStatusCode status) {
    return switch (status.value()) {
      case 404 -> Refusal.UNKNOWN_PATH;
      case 405 -> Refusal.METHOD_NOT_ALLOWED;
      case 406 -> Refusal.NOT_ACCEPTABLE;
      default -> status.is4xxClientError() ? Refusal.MALFORMED_REQUEST : Refusal.INTERNAL_ERROR;
    };
  }
}
