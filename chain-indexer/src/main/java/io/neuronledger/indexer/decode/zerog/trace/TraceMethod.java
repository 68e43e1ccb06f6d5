package io.neuronledger.indexer.decode.zerog.trace;

import io.neuronledger.contracts.value.Hash;
import io.neuronledger.indexer.chain.ChainNode;
import io.neuronledger.indexer.chain.block.Header;
import io.neuronledger.indexer.rpc.call.RpcCall;
import io.neuronledger.indexer.rpc.call.RpcFailure;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** The RPC methods for traces, best first. */
enum TraceMethod {
  CALL_TRACER, PARITY;

  String rpcMethod() {
    return switch (this) {
      case CALL_TRACER -> CallTracer.METHOD;
      case PARITY -> ParityTrace.METHOD;
    };
  }

  /**
   * The steps of each transaction of the block.
   *
   * @param header with its transactions
   * @throws RpcFailure if the node does not answer, or its answer is not a trace of this block
   */
  Map<Hash, List<TraceStep>> ask(Header header, ChainNode node) {
    JsonNode answer = node.ask(call(header));
    try {
      return read(answer, header);
    } catch (IllegalArgumentException e) {
      throw new RpcFailure(RpcFailure.Kind.INCONSISTENT, node.name() + ": " + e.getMessage(), e);
    }
  }

  private RpcCall<JsonNode> call(Header header) {
    return switch (this) {
      case CALL_TRACER -> CallTracer.call(header.hash());
      case PARITY -> ParityTrace.call(header.number());
    };
  }

  private Map<Hash, List<TraceStep>> read(JsonNode answer, Header header) {
    return switch (this) {
      case CALL_TRACER -> CallTracer.read(answer, header);
      case PARITY -> ParityTrace.read(answer, header);
    };
  }
}
