package io.neuronledger.foundation.problem;

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
 * Refuses an undecodable query string on every path: otherwise the first code that reads a parameter, the framework's
 * own endpoints included, fails with a server error.
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

  /**
   * Reading the parameters decodes them. Without a query string they are not read, so a form in the body stays unread.
   */
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
