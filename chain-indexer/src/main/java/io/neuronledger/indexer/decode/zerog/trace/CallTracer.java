package io.neuronledger.indexer.decode.zerog.trace;

import io.neuronledger.contracts.value.Hash;
import io.neuronledger.contracts.value.Neuron;
import io.neuronledger.contracts.value.WalletAddress;
import io.neuronledger.indexer.chain.ChainTransaction;
import io.neuronledger.indexer.chain.Header;
import io.neuronledger.indexer.chain.Quantity;
import io.neuronledger.indexer.rpc.RpcCall;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

/**
 * {@code debug_traceBlockByHash} with the {@code callTracer}: a tree of calls, each with the calls it made and, where
 * the node knows {@code withLog}, its logs, which say before which of the calls they stand.
 */
final class CallTracer {
  static final String METHOD = "debug_traceBlockByHash";

  private CallTracer() {}

  static RpcCall<JsonNode> call(Hash block) {
    return new RpcCall<>(METHOD,
        "[\"" + block + "\",{\"tracer\":\"callTracer\",\"tracerConfig\":{\"withLog\":true},\"timeout\":\"60s\"}]",
        TraceJson::read);
  }

  /** @throws IllegalArgumentException if it is no trace of this block */
  static Map<Hash, List<TraceStep>> read(JsonNode traces, Header header) {
    List<ChainTransaction> transactions = header.transactions();
    if (!traces.isArray() || traces.size() != transactions.size()) {
      throw new IllegalArgumentException("a trace of " + traces.size() + " transactions of block " + header.ref()
          + ", which has " + transactions.size());
    }
    Map<Hash, List<TraceStep>> steps = HashMap.newHashMap(transactions.size());
    for (int i = 0; i < transactions.size(); i++) {
      Hash hash = transactions.get(i).hash();
      JsonNode trace = traces.get(i);
      // Older nodes do not name the transaction: then the order is all there is.
      if (trace.hasNonNull("txHash") && !Hash.parse(trace.get("txHash").asString()).equals(hash)) {
        throw new IllegalArgumentException("a trace of block " + header.ref() + " with another transaction " + i);
      }
      if (!trace.path("result").isObject()) {
        throw new IllegalArgumentException("no trace of transaction " + hash + ": " + trace.path("error"));
      }
      List<TraceStep> found = new ArrayList<>();
      read(trace.get("result"), false, found);
      steps.put(hash, found);
    }
    return steps;
  }

  private static void read(JsonNode frame, boolean inner, List<TraceStep> steps) {
    if (frame.hasNonNull("error")) {
      return;
    }
    if (frame.path("type").asString("").equals("CALL")) {
      steps.add(new TraceStep.Call(address(frame, "from"), address(frame, "to"),
          new Neuron(Quantity.toBigInteger(frame.path("value").asString("0x0"))), frame.path("input").asString("0x"),
          inner));
    }
    JsonNode calls = frame.path("calls");
    JsonNode logs = logsOf(frame, calls);
    int log = 0;
    for (int call = 0; call < calls.size(); call++) {
      while (log < logs.size() && position(logs.get(log)) <= call) {
        steps.add(log(logs.get(log++)));
      }
      read(calls.get(call), true, steps);
    }
    while (log < logs.size()) {
      steps.add(log(logs.get(log++)));
    }
  }

  /** Older nodes do not say where a log stands among the frame's calls. Then it is not told here: see Alignment. */
  private static JsonNode logsOf(JsonNode frame, JsonNode calls) {
    JsonNode logs = frame.path("logs");
    boolean placed = calls.isEmpty() || logs.valueStream().allMatch(log -> log.hasNonNull("position"));
    return placed ? logs : MissingNode.getInstance();
  }

  /** How many of the frame's calls were made before the log. */
  private static long position(JsonNode log) {
    JsonNode position = log.path("position");
    return position.isNumber() ? position.asLong() : Quantity.toLong(position.asString("0x0"));
  }

  private static TraceStep.Log log(JsonNode log) {
    List<String> topics = log.path("topics").valueStream().map(JsonNode::asString).toList();
    return new TraceStep.Log(address(log, "address"), topics, log.path("data").asString("0x"));
  }

  private static WalletAddress address(JsonNode node, String field) {
    return WalletAddress.parse(node.path(field).asString(""));
  }
}
