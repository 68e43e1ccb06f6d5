package io.neuronledger.command.request;

import java.net.URI;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.web.ErrorResponse;
import org.springframework.web.HttpMediaTypeNotAcceptableException;
import org.springframework.web.HttpMediaTypeNotSupportedException;
import org.springframework.web.HttpRequestMethodNotSupportedException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.servlet.resource.NoResourceFoundException;

/** Adds a stable code to the framework's own refusals, which precede the choice of a controller. */
@Order(Ordered.HIGHEST_PRECEDENCE)
@RestControllerAdvice
class FrameworkProblems {
  @ExceptionHandler
  ResponseEntity<ProblemDetail> on(NoResourceFoundException e) {
    return answer(e, "unknown-path");
  }

  @ExceptionHandler
  ResponseEntity<ProblemDetail> on(HttpRequestMethodNotSupportedException e) {
    return answer(e, "method-not-allowed");
  }

  @ExceptionHandler
  ResponseEntity<ProblemDetail> on(HttpMediaTypeNotSupportedException e) {
    return answer(e, "unsupported-media-type");
  }

  @ExceptionHandler
  ResponseEntity<ProblemDetail> on(HttpMediaTypeNotAcceptableException e) {
    return answer(e, "not-acceptable");
  }

  private static ResponseEntity<ProblemDetail> answer(ErrorResponse refusal, String code) {
    ProblemDetail problem = refusal.getBody();
    problem.setType(URI.create("urn:neuron-ledger:problem:" + code));
    problem.setProperty("code", code);
    return ResponseEntity.status(refusal.getStatusCode()).headers(refusal.getHeaders())
        .contentType(MediaType.APPLICATION_PROBLEM_JSON).body(problem);
  }
}
