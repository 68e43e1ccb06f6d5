package io.neuronledger.infra.problem;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.filter.OncePerRequestFilter;
import tools.jackson.databind.json.JsonMapper;

/**
 * Refuses a query string that cannot be decoded, on every path: otherwise whoever asks for a parameter first, also the
 * framework's own endpoints, fails as if the service did.
 */
final class QueryStringFilter extends OncePerRequestFilter {
  private final JsonMapper json;
  private final ProblemBody body;

  QueryStringFilter(JsonMapper json, ProblemBody body) {
    this.json = json;
    this.body = body;
  }

  @Override
  protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    if (isDecodable(request)) {
      chain.doFilter(request, response);
      return;
    }
    ProblemBody.Problem problem = body.answer(HttpStatus.BAD_REQUEST.value(), request.getRequestURI());
    response.setStatus(problem.status());
    response.setContentType(MediaType.APPLICATION_PROBLEM_JSON_VALUE);
    response.getOutputStream().write(json.writeValueAsBytes(problem.json()));
  }

  /** Asking for them decodes them; a form in the body is not read, where there is no query string. */
  private static boolean isDecodable(HttpServletRequest request) {
    if (request.getQueryString() == null) {
      return true;
    }
    try {
      var _ = request.getParameterMap();
      return true;
    } catch (IllegalStateException e) {
      return false;
    }
  }
}
