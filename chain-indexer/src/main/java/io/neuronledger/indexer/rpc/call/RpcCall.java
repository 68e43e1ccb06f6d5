package io.neuronledger.indexer.rpc.call;

/**
 * One JSON-RPC call.
 *
 * @param params the JSON array of its parameters
 * @param result reads the answer's result
 */
public record RpcCall<T>(String method, String params, ResultReader<T> result) {}
