package io.neuronledger.query.problem;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.web.servlet.HandlerExceptionResolver;
import org.springframework.web.servlet.ModelAndView;

/**
 * An answer that fails while it is being sent ends its connection: the status has gone out, and a problem document
 * after its first bytes could pass for its end. Most often the caller has gone, or takes nothing.
 */
public final class TruncatedResponse implements HandlerExceptionResolver {
  private static final Logger log = LoggerFactory.getLogger(TruncatedResponse.class);

  @Override
  public @Nullable ModelAndView resolveException(HttpServletRequest request, HttpServletResponse response,
      @Nullable Object handler, Exception failure) {
    if (!response.isCommitted()) {
      return null;
    }
    log.warn("{} {} breaks off: {}", request.getMethod(), request.getRequestURI(), failure.toString());
    // Past every other handler: the web server closes the connection before the answer's end.
    throw new IllegalStateException("the answer broke off", failure);
  }
}
