package io.neuronledger.foundation.problem;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Refuses an undecodable query string on every path: otherwise the first code that reads a parameter, the framework's
 * own endpoints included, fails with a server error.
 */
final class QueryStringFilter extends OncePerRequestFilter {
  @Override
  protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    if (isDecodable(request)) {
      chain.doFilter(request, response);
      return;
    }
    response.sendError(HttpServletResponse.SC_BAD_REQUEST);
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
