package io.neuronledger.query.problem;

import io.neuronledger.contracts.view.ProblemView;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.webmvc.error.ErrorController;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.RequestMapping;

/** What failed outside of the controllers: a problem document too, unless an answer is half out already. */
@Controller
class ProblemErrorPage implements ErrorController {
  @RequestMapping("/error")
  @Nullable ResponseEntity<ProblemView> error(HttpServletRequest request, HttpServletResponse response) {
    if (response.isCommitted()) {
      return null;
    }
    int status = Optional.ofNullable(request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE))
        .map(code -> (Integer) code).orElse(404);
    Refusal refusal = ProblemAdvice.refusalOf(HttpStatusCode.valueOf(status));
    String path = Optional.ofNullable(request.getAttribute(RequestDispatcher.ERROR_REQUEST_URI))
        .map(Object::toString).orElse(request.getRequestURI());
    return ResponseEntity.status(refusal.status()).contentType(MediaType.APPLICATION_PROBLEM_JSON)
        .body(ProblemAdvice.view(new Refused(refusal, refusal.title()), path, Optional.empty()));
  }
}
