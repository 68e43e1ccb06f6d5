package io.neuronledger.testkit.trace.node;

/** A JSON-RPC error instead of a result. */
public final class RpcError extends RuntimeException {
  private static final long serialVersionUID = 1L;
  private static final int METHOD_NOT_FOUND = -32601;
  private static final int INVALID_PARAMS = -32602;
  private static final int SERVER = -32000;
  private static final int REVERTED = 3;

  private final int code;
  private final String data;

  private RpcError(int code, String message, String data) {
    super(message);
    this.code = code;
    this.data = data;
  }

  public static RpcError unknownMethod(String method) {
    return new RpcError(METHOD_NOT_FOUND, "the method " + method + " does not exist/is not available", "");
  }

  static RpcError invalid(String message) {
    return new RpcError(INVALID_PARAMS, message, "");
  }

  static RpcError server(String message) {
    return new RpcError(SERVER, message, "");
  }

  /** @param data the encoded custom error */
  static RpcError reverted(String data) {
    return new RpcError(REVERTED, "execution reverted", data);
  }

  int code() {
    return code;
  }

  /** Empty where there is none. */
  String data() {
    return data;
  }
}
