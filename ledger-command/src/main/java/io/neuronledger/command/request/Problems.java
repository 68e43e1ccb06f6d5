package io.neuronledger.command.request;

import io.neuronledger.command.store.deployment.DeploymentUnknown;
import io.neuronledger.contracts.view.usage.UsageProblem;
import io.neuronledger.foundation.problem.ProblemBody;
import java.util.Optional;
import org.axonframework.modelling.command.ConcurrencyException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.ErrorResponseException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;

/** Answers a refused or failed request as RFC 9457 with a stable code; the detail states whether to send it again. */
@RestControllerAdvice("io.neuronledger.command")
public class Problems {
  private static final Logger log = LoggerFactory.getLogger(Problems.class);

  public static ResponseEntity<UsageProblem> answer(UsageProblem problem) {
    return ResponseEntity.status(problem.status()).contentType(MediaType.APPLICATION_PROBLEM_JSON).body(problem);
  }

  public static ResponseEntity<UsageProblem> answer(String code, String title, HttpStatus status, String detail) {
    return answer(UsageProblem.of(code, title, status.value(), detail, Optional.empty()));
  }

  /** The problem of a request that is refused outside of the controllers. */
  public static ProblemBody.Problem problem(int status, String path) {
    UsageProblem problem = switch (status) {
      case 404 -> refused("unknown-path", "There is nothing at this path", status);
      case 405 -> refused("method-not-allowed", "This path does not offer the method", status);
      case 406 -> refused("not-acceptable", "The path has no answer of an accepted media type", status);
      case 415 -> refused("unsupported-media-type", "The path does not accept the media type of the body", status);
      default -> HttpStatusCode.valueOf(status).is4xxClientError()
          ? refused("malformed-request", "The request cannot be read", status)
          : UsageProblem.of("outcome-unknown", "The service failed", status, "send it again", Optional.empty());
    };
    return new ProblemBody.Problem(problem.status(), problem);
  }

  private static UsageProblem refused(String code, String title, int status) {
    return UsageProblem.of(code, title, status, "the request was refused before it was processed", Optional.empty());
  }

  @ExceptionHandler
  ResponseEntity<UsageProblem> on(Unreadable e) {
    return answer("malformed-request", "The request cannot be read", HttpStatus.BAD_REQUEST, e.detail());
  }

  @ExceptionHandler
  ResponseEntity<UsageProblem> on(WrongParameter e) {
    return answer(e.code(), "A parameter is wrong", HttpStatus.BAD_REQUEST, String.valueOf(e.getMessage()));
  }

  @ExceptionHandler
  ResponseEntity<UsageProblem> on(TooMuch e) {
    return answer("too-much-at-once", "The request is too large", HttpStatus.CONTENT_TOO_LARGE,
        String.valueOf(e.getMessage()));
  }

  @ExceptionHandler
  ResponseEntity<UsageProblem> on(DeploymentUnknown e) {
    return answer("nothing-followed", "The ledger has no deployment yet", HttpStatus.SERVICE_UNAVAILABLE,
        e.getMessage() + "; nothing was recorded, send it again later");
  }

  @ExceptionHandler
  ResponseEntity<UsageProblem> on(ConcurrencyException e) {
    return answer("too-many-writers", "Too many concurrent writers", HttpStatus.SERVICE_UNAVAILABLE,
        "nothing was recorded, send it again");
  }

  /** A refusal with a problem body of its own. */
  @ExceptionHandler
  ResponseEntity<?> on(ErrorResponseException e) {
    return ResponseEntity.status(e.getStatusCode()).contentType(MediaType.APPLICATION_PROBLEM_JSON).body(e.getBody());
  }

  /** The outcome is unknown: a database that fails during a commit may have committed. */
  @ExceptionHandler
  ResponseEntity<UsageProblem> on(RuntimeException e) {
    log.error("A request failed", e);
    return answer("outcome-unknown", "The service failed", HttpStatus.SERVICE_UNAVAILABLE,
        "the service does not know whether this was recorded: send it again, a recorded request counts once");
  }
}
