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

  /** @throws IllegalArgumentException if it is no trace of this block */
  static Map<Hash, List<TraceStep>> read(JsonNode traces, Header header) {
    if (!traces.isArray()) {
      throw new IllegalArgumentException("no trace of block " + header.ref());
    }
    Map<Hash, List<TraceStep>> steps = HashMap.newHashMap(header.transactions().size());
    for (ChainTransaction transaction : header.transactions()) {
      steps.put(transaction.hash(), new ArrayList<>());
    }
    Set<Hash> seen = new HashSet<>();
    Set<List<Integer>> failed = new HashSet<>();
    Hash current = header.hash();
    for (JsonNode entry : traces) {
      if (!Hash.parse(entry.path("blockHash").asString("")).equals(header.hash())) {
        throw new IllegalArgumentException("a trace of another block than " + header.ref());
      }
      if (!entry.hasNonNull("transactionHash")) {
        continue;   // a reward
      }
      Hash hash = Hash.parse(entry.get("transactionHash").asString());
      if (!hash.equals(current)) {
        failed.clear();
        current = hash;
      }
      seen.add(hash);
      List<Integer> path = entry.path("traceAddress").valueStream().map(JsonNode::asInt).toList();
      if (entry.hasNonNull("error") || isInside(path, failed)) {
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

  private static boolean isInside(List<Integer> path, Set<List<Integer>> failed) {
    for (int length = 0; length < path.size(); length++) {
      if (failed.contains(path.subList(0, length))) {
        return true;
      }
    }
    return false;
  }

  private static void add(JsonNode entry, boolean inner, List<TraceStep> steps) {
    JsonNode action = entry.path("action");
    if (entry.path("type").asString("").equals("call") && action.path("callType").asString("").equals("call")) {
      steps.add(new TraceStep.Call(WalletAddress.parse(action.path("from").asString("")),
          WalletAddress.parse(action.path("to").asString("")),
          new Neuron(Quantity.toBigInteger(action.path("value").asString("0x0"))),
          action.path("input").asString("0x"), inner));
    }
  }
}
