package io.neuronledger.query.problem;

import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.web.servlet.HandlerExceptionResolver;
import org.springframework.web.servlet.ModelAndView;

/**
 * Closes the connection of an answer that fails while it is sent: the status is already sent, and a problem document
 * after the first bytes could be taken for the end of the answer. The usual cause is a caller that disconnected or
 * stopped reading.
 */
public final class TruncatedResponse implements HandlerExceptionResolver {
  private static final Logger log = LoggerFactory.getLogger(TruncatedResponse.class);

  @Override
  public @Nullable ModelAndView resolveException(HttpServletRequest request, HttpServletResponse response,
      @Nullable Object handler, Exception failure) {
    // Where the body could not be read, the web server has ended the answer with an error of its own, and sent nothing.
    if (!response.isCommitted() || request.getAttribute(RequestDispatcher.ERROR_EXCEPTION) != null) {
      return null;
    }
    log.warn("{} {}: the answer was cut off: {}", request.getMethod(), request.getRequestURI(), failure.toString());
    // No other handler catches this, so the web server closes the connection before the end of the answer.
    throw new IllegalStateException("the answer was cut off", failure);
  }
}
