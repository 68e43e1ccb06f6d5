package io.neuronledger.foundation.access;

import io.neuronledger.foundation.access.caller.Caller;
import io.neuronledger.foundation.access.caller.CallerAuthentication;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Makes every request of an open service one of {@link Caller#LOCAL}, unless it comes with an API key; the rules apply
 * to it as to others.
 */
final class LocalCallerFilter extends OncePerRequestFilter {
  @Override
  protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    if (SecurityContextHolder.getContext().getAuthentication() == null) {
      SecurityContext context = SecurityContextHolder.createEmptyContext();
      context.setAuthentication(new CallerAuthentication(Caller.LOCAL, Optional.empty()));
      SecurityContextHolder.setContext(context);
    }
    chain.doFilter(request, response);
  }
}
