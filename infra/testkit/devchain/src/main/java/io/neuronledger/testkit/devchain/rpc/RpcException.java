package io.neuronledger.testkit.devchain.rpc;

import java.io.Serial;

/** The node answered a call with an error. */
public final class RpcException extends RuntimeException {
  @Serial private static final long serialVersionUID = 1L;

  private final int code;
  private final String data;

  RpcException(String method, int code, String message, String data) {
    super(method + ": " + message + " (" + code + ")");
    this.code = code;
    this.data = data;
  }

  /** JSON-RPC's error code; 3 is a reverted call. */
  public int code() {
    return code;
  }

  /** The return data of a reverted call, as {@code 0x} and hex digits; empty where the error has none. */
  public String data() {
    return data;
  }
}
