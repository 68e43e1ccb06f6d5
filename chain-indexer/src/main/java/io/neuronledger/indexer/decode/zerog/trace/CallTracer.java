package io.neuronledger.indexer.decode.zerog.trace;

import io.neuronledger.contracts.value.Hash;
import io.neuronledger.foundation.evm.Quantity;
import io.neuronledger.indexer.chain.block.ChainTransaction;
import io.neuronledger.indexer.chain.block.Header;
import io.neuronledger.indexer.rpc.call.RpcCall;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * {@code debug_traceBlockByHash} with the {@code callTracer}: a tree of calls, each with its inner calls and, where the
 * node supports {@code withLog}, its logs with their position among those calls.
 */
final class CallTracer {
  static final String METHOD = "debug_traceBlockByHash";

  private CallTracer() {}

  static RpcCall<JsonNode> call(Hash block) {
    return new RpcCall<>(METHOD,
        "[\"" + block + "\",{\"tracer\":\"callTracer\",\"tracerConfig\":{\"withLog\":true},\"timeout\":\"60s\"}]",
        TraceJson::read);
  }

  /** @throws IllegalArgumentException if it is not a trace of this block */
  static Map<Hash, List<TraceStep>> read(JsonNode traces, Header header) {
    List<ChainTransaction> transactions = header.transactions();
    List<JsonNode> each = TraceJson.objects(traces, "traces");
    if (each.size() != transactions.size()) {
      throw new IllegalArgumentException("a trace of " + each.size() + " transactions of block " + header.ref()
          + ", which has " + transactions.size());
    }
    Map<Hash, List<TraceStep>> steps = HashMap.newHashMap(transactions.size());
    for (int i = 0; i < transactions.size(); i++) {
      Hash hash = transactions.get(i).hash();
      JsonNode trace = each.get(i);
      // Older nodes do not name the transaction: only the order identifies it.
      Optional<Hash> named = TraceJson.textOrNone(trace, "txHash").map(Hash::parse);
      if (!named.orElse(hash).equals(hash)) {
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
    if (TraceJson.textOrNone(frame, "error").isPresent()) {
      return;
    }
    if (TraceJson.text(frame, "type").equals("CALL")) {
      steps.add(new TraceStep.Call(TraceJson.address(frame, "from"), TraceJson.address(frame, "to"),
          TraceJson.amount(frame, "value"), TraceJson.data(frame, "input"), inner));
    }
    List<JsonNode> calls = TraceJson.objectsOrNone(frame, "calls");
    List<JsonNode> logs = logsOf(frame, calls);
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

  /**
   * Older nodes do not report the position of a log among the frame's calls. Then the logs are left out here: see
   * {@link CallLogAlignment}.
   */
  private static List<JsonNode> logsOf(JsonNode frame, List<JsonNode> calls) {
    List<JsonNode> logs = TraceJson.objectsOrNone(frame, "logs");
    boolean placed = calls.isEmpty() || logs.stream().allMatch(log -> log.hasNonNull("position"));
    return placed ? logs : List.of();
  }

  /** How many of the frame's calls were made before the log. */
  private static long position(JsonNode log) {
    return log.path("position").isString() ? Quantity.toLong(TraceJson.text(log, "position"))
        : TraceJson.index(log.path("position"), "position");
  }

  private static TraceStep.Log log(JsonNode log) {
    JsonNode topics = log.path("topics");
    if (!topics.isArray()) {
      throw new IllegalArgumentException("topics is not an array: " + topics.getNodeType());
    }
    return new TraceStep.Log(TraceJson.address(log, "address"),
        topics.valueStream().map(CallTracer::topic).toList(), TraceJson.data(log, "data"));
  }

  private static String topic(JsonNode topic) {
    if (!topic.isString()) {
      throw new IllegalArgumentException("a topic is not a string: " + topic.getNodeType());
    }
    return Hash.parse(topic.stringValue()).value();
  }
}
