package io.neuronledger.testkit.trace.node.block;

import io.neuronledger.contracts.value.WalletAddress;
import io.neuronledger.foundation.evm.Quantity;
import io.neuronledger.testkit.trace.Trace;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Call traces in the two formats of nodes. A recorded trace lists the wallet's calls and the transaction's logs, each
 * in order; {@link LogOrigins} assigns the logs to the calls.
 */
public final class TraceFrames {
  private static final JsonMapper JSON = JsonMapper.shared();

  private final Trace trace;

  public TraceFrames(Trace trace) {
    this.trace = trace;
  }

  /** {@code debug_traceBlockByHash} with the callTracer. */
  public ArrayNode callTracer(TraceBlock block, boolean withLogs) {
    ArrayNode traces = JSON.createArrayNode();
    for (Trace.Transaction transaction : block.transactions()) {
      IdentityHashMap<Trace.Call, List<Trace.Log>> logs = logsOfCalls(transaction);
      ObjectNode top = frame(transaction.from(), transaction.to().orElse(WalletAddress.ZERO),
          transaction.value().value(), transaction.input());
      if (transaction.calls().isEmpty()) {
        if (withLogs) {
          addLogs(top, transaction.logs(), 0);
        }
      } else {
        addCalls(top, transaction.calls(), logs, withLogs);
      }
      traces.addObject().put("txHash", transaction.hash().value()).set("result", top);
    }
    return traces;
  }

  private void addCalls(ObjectNode parent, List<Trace.Call> calls,
      IdentityHashMap<Trace.Call, List<Trace.Log>> logs, boolean withLogs) {
    ArrayNode frames = parent.putArray("calls");
    for (Trace.Call call : calls) {
      ObjectNode frame = frame(call.from(), call.to(), call.value().value(), call.input());
      // A proxy forwards the call to its code: a delegate call with the same input, which emits the logs.
      ObjectNode code = frame(call.to(), WalletAddress.ZERO, call.value().value(), call.input())
          .put("type", "DELEGATECALL");
      frame.putArray("calls").add(code);
      if (!call.inside().isEmpty()) {
        addCalls(code, call.inside(), logs, withLogs);
      }
      if (withLogs) {
        addLogs(code, logs.getOrDefault(call, List.of()), call.inside().size());
      }
      if (call.failed()) {
        frame.put("error", "execution reverted");
        code.put("error", "execution reverted");
      }
      frames.add(frame);
    }
  }

  private static void addLogs(ObjectNode frame, List<Trace.Log> logs, int position) {
    ArrayNode written = frame.putArray("logs");
    for (Trace.Log log : logs) {
      ObjectNode node = written.addObject().put("address", log.emitter().value()).put("data", log.data())
          .put("position", Quantity.of(position)).put("index", Quantity.of(log.index()));
      ArrayNode topics = node.putArray("topics");
      log.topics().forEach(topics::add);
    }
  }

  private static ObjectNode frame(WalletAddress from, WalletAddress to, BigInteger value, String input) {
    return JSON.createObjectNode().put("type", "CALL").put("from", from.value()).put("to", to.value())
        .put("value", Quantity.of(value)).put("gas", "0x0").put("gasUsed", "0x0").put("input", input)
        .put("output", "0x");
  }

  /** {@code trace_block}. */
  public ArrayNode parity(TraceBlock block) {
    ArrayNode entries = JSON.createArrayNode();
    for (int i = 0; i < block.transactions().size(); i++) {
      Trace.Transaction transaction = block.transactions().get(i);
      ObjectNode top = entry(block, transaction, i, List.of(), transaction.from(),
          transaction.to().orElse(WalletAddress.ZERO), transaction.value().value(), transaction.input(), false);
      entries.add(top.put("subtraces", transaction.calls().size()));
      addEntries(block, transaction, i, List.of(), transaction.calls(), entries);
    }
    entries.addObject().put("type", "reward").put("blockHash", block.hash().value())
        .put("blockNumber", block.number()).putNull("transactionHash").putObject("action").put("rewardType", "block");
    return entries;
  }

  private static void addEntries(TraceBlock block, Trace.Transaction transaction, int index, List<Integer> path,
      List<Trace.Call> calls, ArrayNode entries) {
    for (int i = 0; i < calls.size(); i++) {
      Trace.Call call = calls.get(i);
      List<Integer> ownPath = new ArrayList<>(path);
      ownPath.add(i);
      entries.add(entry(block, transaction, index, ownPath, call.from(), call.to(), call.value().value(), call.input(),
          call.failed()).put("subtraces", call.inside().size()));
      addEntries(block, transaction, index, ownPath, call.inside(), entries);
    }
  }

  private static ObjectNode entry(TraceBlock block, Trace.Transaction transaction, int index, List<Integer> path,
      WalletAddress from, WalletAddress to, BigInteger value, String input, boolean failed) {
    ObjectNode entry = JSON.createObjectNode().put("type", "call").put("blockHash", block.hash().value())
        .put("blockNumber", block.number()).put("transactionHash", transaction.hash().value())
        .put("transactionPosition", index);
    entry.putObject("action").put("callType", "call").put("from", from.value()).put("to", to.value())
        .put("value", Quantity.of(value)).put("gas", "0x0").put("input", input);
    ArrayNode address = entry.putArray("traceAddress");
    path.forEach(address::add);
    if (failed) {
      entry.put("error", "Reverted");
    } else {
      entry.putObject("result").put("gasUsed", "0x0").put("output", "0x");
    }
    return entry;
  }

  private IdentityHashMap<Trace.Call, List<Trace.Log>> logsOfCalls(Trace.Transaction transaction) {
    IdentityHashMap<Trace.Call, List<Trace.Log>> logs = new IdentityHashMap<>();
    new LogOrigins(trace, transaction, before(transaction)).assign(logs);
    return logs;
  }

  /** The balances right before the transaction. */
  private Map<String, BigInteger> before(Trace.Transaction transaction) {
    Trace.State state = Trace.State.EMPTY;
    for (Trace.Transaction earlier : trace.transactions()) {
      if (earlier.hash().equals(transaction.hash())) {
        break;
      }
      state = earlier.expected();
    }
    Map<String, BigInteger> balances = new HashMap<>();
    state.accounts().forEach(account -> balances.put(
        LogOrigins.key(account.service(), account.user(), account.provider()), account.balance().value()));
    return balances;
  }
}
