package io.neuronledger.testkit.devchain.rpc;

import java.util.List;

/** @param parameters values that Jackson can write as JSON */
public record RpcCall(String method, List<Object> parameters) {
  public RpcCall {
    parameters = List.copyOf(parameters);
  }

  public static RpcCall of(String method, Object... parameters) {
    return new RpcCall(method, List.of(parameters));
  }
}
