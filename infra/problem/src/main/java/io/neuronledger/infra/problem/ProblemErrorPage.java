package io.neuronledger.infra.problem;

import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.webmvc.error.ErrorController;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.RequestMapping;

/** What failed outside of the controllers: a problem document too, unless an answer is half out already. */
@Controller
final class ProblemErrorPage implements ErrorController {
  private final ProblemBody body;

  ProblemErrorPage(ProblemBody body) {
    this.body = body;
  }

  /** Asked for by a caller, it is a path where nothing is. */
  @RequestMapping("/error")
  @Nullable ResponseEntity<Object> error(HttpServletRequest request, HttpServletResponse response) {
    if (response.isCommitted()) {
      return null;
    }
    int status = Optional.ofNullable(request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE))
        .map(code -> (Integer) code).orElse(HttpStatus.NOT_FOUND.value());
    String path = Optional.ofNullable(request.getAttribute(RequestDispatcher.ERROR_REQUEST_URI))
        .map(Object::toString).orElse(request.getRequestURI());
    ProblemBody.Problem problem = body.answer(status, path);
    return ResponseEntity.status(problem.status()).contentType(MediaType.APPLICATION_PROBLEM_JSON)
        .body(problem.json());
  }
}
