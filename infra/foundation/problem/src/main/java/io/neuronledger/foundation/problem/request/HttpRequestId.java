package io.neuronledger.foundation.problem.request;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * The id of a request: the caller's own, if it is 1 to 100 letters, digits and {@code . _ : + / = -}, or a random UUID.
 */
public final class HttpRequestId {
  /** The header of requests and answers. */
  public static final String HEADER = "X-Request-Id";

  /** The attribute of a request, and the key in the context of the log's lines. */
  static final String NAME = "request_id";

  private static final Pattern FORM = Pattern.compile("[A-Za-z0-9._:+/=-]{1,100}");

  private HttpRequestId() {}

  /** The same for each call about the same request. */
  public static String of(HttpServletRequest request) {
    if (request.getAttribute(NAME) instanceof String known) {
      return known;
    }
    String given = Optional.ofNullable(request.getHeader(HEADER)).orElse("");
    String id = FORM.matcher(given).matches() ? given : UUID.randomUUID().toString();
    request.setAttribute(NAME, id);
    return id;
  }
}
