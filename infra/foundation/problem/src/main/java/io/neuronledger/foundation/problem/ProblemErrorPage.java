package io.neuronledger.foundation.problem;

import io.neuronledger.contracts.view.ProblemView;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.webmvc.error.ErrorController;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.RequestMapping;

/** Answers errors outside of the controllers with a problem document, unless the response is already committed. */
@Controller
final class ProblemErrorPage implements ErrorController {
  private final FailureMapping failures;

  ProblemErrorPage(FailureMapping failures) {
    this.failures = failures;
  }

  /** A direct request to this path is answered with 404. */
  @RequestMapping("/error")
  @Nullable ResponseEntity<ProblemView> error(HttpServletRequest request, HttpServletResponse response) {
    if (response.isCommitted()) {
      return null;
    }
    int status = Optional.ofNullable(request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE))
        .map(code -> (Integer) code).orElse(HttpStatus.NOT_FOUND.value());
    String path = Optional.ofNullable(request.getAttribute(RequestDispatcher.ERROR_REQUEST_URI))
        .map(Object::toString).orElse(request.getRequestURI());
    return ProblemAdvice.answer(Refusal.ofStatus(status, failures), request, path, HttpHeaders.EMPTY);
  }
}
