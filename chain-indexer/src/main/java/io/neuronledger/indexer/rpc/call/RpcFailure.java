package io.neuronledger.indexer.rpc.call;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;

/**
 * A node failed, or its answer is inconsistent. Nothing is known about the chain then: the caller asks again, later or
 * elsewhere, and never takes it for "no change".
 */
public final class RpcFailure extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** The kind of failure; metrics and health show it. */
  public enum Kind {
    /** No connection. */
    UNREACHABLE,
    /** The answer broke off, or was longer than accepted. */
    BROKEN_OFF,
    /** No complete answer in time. */
    DEADLINE,
    /** The node asks for fewer requests. */
    THROTTLED,
    /** An HTTP status other than success. */
    HTTP_STATUS,
    /** A JSON-RPC error. Providers word messages freely, so the message decides nothing. */
    ERROR,
    /** Not the expected JSON. */
    MALFORMED,
    /** An answer that contradicts another one of the same node, or the chain itself. */
    INCONSISTENT,
    /** The node's head is below a head seen before, of this node or another. */
    LAGGING;

    /** The metric's tag. */
    public String tag() {
      return name().toLowerCase(Locale.ROOT);
    }

    /** Whether a smaller request may help. */
    public boolean mayBeTooMuch() {
      return switch (this) {
        case BROKEN_OFF, DEADLINE, HTTP_STATUS, ERROR, MALFORMED -> true;
        case UNREACHABLE, THROTTLED, INCONSISTENT, LAGGING -> false;
      };
    }
  }

  /** JSON-RPC's "method not found", a standard code. */
  private static final int UNKNOWN_METHOD = -32601;
  /**
   * EIP-1474's "limit exceeded": of requests per time with most providers, of results with some. For the latter a
   * repeat costs a little time, and then the caller reduces the request.
   */
  private static final int LIMIT_EXCEEDED = -32005;
  private static final int SERVER_ERRORS_FROM = 500;
  private static final int NO_CODE = 0;
  private static final int TOO_LONG = 1;
  private static final int MESSAGE_MAX = 1_000;

  private final Kind kind;
  private final int code;
  private final transient Optional<Duration> retryAfter;

  private RpcFailure(Kind kind, int code, String message, Optional<Duration> retryAfter, Throwable[] cause) {
    super(printable(message), cause.length == 0 ? null : cause[0]);
    this.kind = kind;
    this.code = code;
    this.retryAfter = retryAfter;
  }

  public RpcFailure(Kind kind, String message, Throwable... cause) {
    this(kind, NO_CODE, message, Optional.empty(), cause);
  }

  /** The node asks for a pause. */
  public static RpcFailure throttled(String message, Optional<Duration> retryAfter) {
    return new RpcFailure(Kind.THROTTLED, NO_CODE, message, retryAfter, new Throwable[0]);
  }

  /** The answer is longer than accepted. */
  public static RpcFailure tooLong(String message, Throwable... cause) {
    return new RpcFailure(Kind.BROKEN_OFF, TOO_LONG, message, Optional.empty(), cause);
  }

  /** A JSON-RPC error. */
  public static RpcFailure error(int code, String message) {
    return new RpcFailure(Kind.ERROR, code, message, Optional.empty(), new Throwable[0]);
  }

  /** An HTTP status other than success. */
  public static RpcFailure status(int status, String message) {
    return new RpcFailure(Kind.HTTP_STATUS, status, message, Optional.empty(), new Throwable[0]);
  }

  /** Shortens the message to one encodable line: it contains the node's text, and logs and health show it. */
  private static String printable(String message) {
    String line = message.length() <= MESSAGE_MAX ? message : message.substring(0, MESSAGE_MAX) + "…";
    return new String(line.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8).replaceAll("\\p{Cntrl}", " ");
  }

  /** The same failure, with the node's name before it. */
  public RpcFailure by(String node) {
    return new RpcFailure(kind, code, node + ": " + getMessage(), retryAfter, new Throwable[] {this});
  }

  /** Whether the node does not know the method. */
  public boolean isUnknownMethod() {
    return kind == Kind.ERROR && code == UNKNOWN_METHOD;
  }

  /** Whether a repeat may succeed: the failure is transient. */
  public boolean mayPass() {
    return switch (kind) {
      case THROTTLED, MALFORMED -> true;
      case BROKEN_OFF -> code != TOO_LONG;
      case HTTP_STATUS -> code >= SERVER_ERRORS_FROM;
      case ERROR -> code == LIMIT_EXCEEDED;
      case UNREACHABLE, DEADLINE, INCONSISTENT, LAGGING -> false;
    };
  }

  /** Whether the node refuses the question itself, rather than being unable to answer now. */
  public boolean refusesTheQuestion() {
    return switch (kind) {
      case ERROR, MALFORMED, INCONSISTENT -> true;
      case HTTP_STATUS -> code < SERVER_ERRORS_FROM;
      case UNREACHABLE, BROKEN_OFF, DEADLINE, THROTTLED, LAGGING -> false;
    };
  }

  @Override
  public String getMessage() {
    return Objects.requireNonNull(super.getMessage());
  }

  public Kind kind() {
    return kind;
  }

  /** The pause that the node asks for, if any. */
  public Optional<Duration> retryAfter() {
    return retryAfter;
  }
}
