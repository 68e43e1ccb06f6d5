package io.neuronledger.foundation.problem.request;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.slf4j.MDC;
import org.springframework.web.filter.OncePerRequestFilter;

/** Gives each request its {@link HttpRequestId}, in the answer, in problems and in each line of the log. */
public final class RequestIdFilter extends OncePerRequestFilter {
  @Override
  protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    String id = HttpRequestId.of(request);
    response.setHeader(HttpRequestId.HEADER, id);
    try (MDC.MDCCloseable _ = MDC.putCloseable(HttpRequestId.NAME, id)) {
      chain.doFilter(request, response);
    }
  }
}
