package io.neuronledger.indexer.decode.zerog.trace;

import io.neuronledger.contracts.value.Hash;
import io.neuronledger.foundation.evm.Quantity;
import io.neuronledger.indexer.chain.block.ChainTransaction;
import io.neuronledger.indexer.chain.block.Header;
import io.neuronledger.indexer.rpc.call.RpcCall;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** {@code trace_block}: the calls of all transactions in one flat list, each with its path in the tree. No logs. */
final class ParityTrace {
  static final String METHOD = "trace_block";

  private ParityTrace() {}

  static RpcCall<JsonNode> call(long block) {
    return new RpcCall<>(METHOD, "[\"" + Quantity.of(block) + "\"]", TraceJson::read);
  }

  /** @throws IllegalArgumentException if it is not a trace of this block */
  static Map<Hash, List<TraceStep>> read(JsonNode traces, Header header) {
    Map<Hash, List<TraceStep>> steps = HashMap.newHashMap(header.transactions().size());
    for (ChainTransaction transaction : header.transactions()) {
      steps.put(transaction.hash(), new ArrayList<>());
    }
    Set<Hash> seen = new HashSet<>();
    Set<List<Integer>> failed = new HashSet<>();
    Hash current = header.hash();
    for (JsonNode entry : TraceJson.objects(traces, "traces")) {
      if (!Hash.parse(TraceJson.text(entry, "blockHash")).equals(header.hash())) {
        throw new IllegalArgumentException("a trace of another block than " + header.ref());
      }
      if (TraceJson.text(entry, "type").equals("reward")) {
        continue;   // of the block, not of a transaction
      }
      Hash hash = Hash.parse(TraceJson.text(entry, "transactionHash"));
      if (!hash.equals(current)) {
        failed.clear();
        current = hash;
      }
      seen.add(hash);
      List<Integer> path = path(entry);
      if (TraceJson.textOrNone(entry, "error").isPresent() || isInside(path, failed)) {
        failed.add(path);
      } else {
        List<TraceStep> found = steps.get(hash);
        if (found == null) {
          throw new IllegalArgumentException("a trace of a transaction that is not in block " + header.ref());
        }
        add(entry, !path.isEmpty(), found);
      }
    }
    if (seen.size() != header.transactions().size()) {
      throw new IllegalArgumentException("a trace of " + seen.size() + " transactions of block " + header.ref());
    }
    return steps;
  }

  private static List<Integer> path(JsonNode entry) {
    JsonNode path = entry.path("traceAddress");
    if (!path.isArray()) {
      throw new IllegalArgumentException("traceAddress is not an array: " + path.getNodeType());
    }
    return path.valueStream().map(part -> TraceJson.index(part, "traceAddress")).toList();
  }

  private static boolean isInside(List<Integer> path, Set<List<Integer>> failed) {
    for (int length = 0; length < path.size(); length++) {
      if (failed.contains(path.subList(0, length))) {
        return true;
      }
    }
    return false;
  }

  private static void add(JsonNode entry, boolean inner, List<TraceStep> steps) {
    JsonNode action = TraceJson.object(entry, "action");
    if (TraceJson.text(entry, "type").equals("call") && TraceJson.text(action, "callType").equals("call")) {
      steps.add(new TraceStep.Call(TraceJson.address(action, "from"), TraceJson.address(action, "to"),
          TraceJson.amount(action, "value"), TraceJson.data(action, "input"), inner));
    }
  }
}
