package io.neuronledger.client;

import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.MissingNode;

/**
 * A service has refused a request, or could not answer it: its problem document (RFC 9457). Programs switch on
 * {@link #code}.
 */
public final class ProblemException extends RuntimeException {
  private static final long serialVersionUID = 1L;
  private static final int TEXT_MAX = 500;

  private final int status;
  private final String code;
  private final String detail;
  private final @Nullable String requestId;
  private final @Nullable String parameter;
  private final @Nullable Duration retryAfter;
  private final String body;

  private ProblemException(String message, int status, JsonNode document, @Nullable Duration retryAfter,
      String body) {
    super(message);
    this.status = status;
    this.code = document.path("code").asString("");
    this.detail = document.path("detail").asString("");
    this.requestId = document.path("request_id").asStringOpt().orElse(null);
    this.parameter = document.path("parameter").asStringOpt().orElse(null);
    this.retryAfter = retryAfter;
    this.body = body;
  }

  /** @param body of an answer of 400 or above, which is no problem document where something else has answered */
  static ProblemException of(String method, URI asked, int status, String body, Optional<Duration> retryAfter) {
    JsonNode document = read(body);
    String request = method + " " + asked.getPath();
    String message = document.has("code")
        ? "%s: %d %s: %s%s".formatted(request, status, document.path("code").asString(""),
            document.path("detail").asString(""),
            document.path("request_id").asStringOpt().map(id -> " (request " + id + ")").orElse(""))
        : "%s: %d, without a problem document: %s".formatted(request, status,
            body.length() > TEXT_MAX ? body.substring(0, TEXT_MAX) + "…" : body);
    return new ProblemException(message, status, document, retryAfter.orElse(null), body);
  }

  private static JsonNode read(String body) {
    try {
      JsonNode read = JsonMapper.shared().readTree(body);
      return read.isObject() ? read : MissingNode.getInstance();
    } catch (JacksonException e) {
      return MissingNode.getInstance();
    }
  }

  /** The status of the answer, 400 to 599. */
  public int status() {
    return status;
  }

  /** What has happened, which never changes its meaning, as {@code ledger-not-found}; empty without a document. */
  public String code() {
    return code;
  }

  /** The description of this case, for people; empty without a document. */
  public String detail() {
    return detail;
  }

  /** The name of the request in the service's log; empty where something else has answered. */
  public Optional<String> requestId() {
    return Optional.ofNullable(requestId);
  }

  /** The parameter to blame, where there is one. */
  public Optional<String> parameter() {
    return Optional.ofNullable(parameter);
  }

  /** After how long the service expects the request again. */
  public Optional<Duration> retryAfter() {
    return Optional.ofNullable(retryAfter);
  }

  /** The whole answer, as it came. */
  public String body() {
    return body;
  }
}
