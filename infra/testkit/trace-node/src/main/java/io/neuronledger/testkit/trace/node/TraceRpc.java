package io.neuronledger.testkit.trace.node;

import io.neuronledger.contracts.value.Hash;
import io.neuronledger.contracts.value.WalletAddress;
import io.neuronledger.foundation.evm.Quantity;
import io.neuronledger.testkit.trace.Trace;
import io.neuronledger.testkit.trace.node.block.BlockJson;
import io.neuronledger.testkit.trace.node.block.TraceBlock;
import io.neuronledger.testkit.trace.node.block.TraceBlocks;
import io.neuronledger.testkit.trace.node.block.TraceFrames;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;

/** Answers JSON-RPC calls as of the current head. */
final class TraceRpc {
  private static final JsonMapper JSON = JsonMapper.shared();
  private static final int HASH_LENGTH = 66;

  private final Trace trace;
  private final TraceSwitches switches;
  private final TraceBlocks blocks;
  private final TraceViews views;
  private final TraceAccounts accounts;
  private final TraceFrames frames;
  private final AtomicLong head;

  TraceRpc(Trace trace, TraceSwitches switches, AtomicLong head) {
    this.trace = trace;
    this.switches = switches;
    this.blocks = new TraceBlocks(trace, switches.blooms());
    this.views = new TraceViews(trace, switches);
    this.accounts = new TraceAccounts(trace, switches, views, blocks.first());
    this.frames = new TraceFrames(trace);
    this.head = head;
  }

  TraceBlocks blocks() {
    return blocks;
  }

  JsonNode answer(String method, JsonNode params) {
    if (switches.refused().contains(method)) {
      throw RpcError.unknownMethod(method);
    }
    return switch (method) {
      case "eth_chainId" -> text(Quantity.of(trace.chainId()));
      case "net_version" -> text(String.valueOf(trace.chainId()));
      case "web3_clientVersion" -> text("neuron-ledger-trace/1");
      case "eth_syncing" -> JSON.getNodeFactory().booleanNode(false);
      case "eth_blockNumber" -> text(Quantity.of(head.get()));
      case "eth_getBlockByNumber" -> find(params.path(0))
          .<JsonNode>map(block -> BlockJson.block(block, params.path(1).asBoolean(false))).orElse(nothing());
      case "eth_getBlockByHash" -> find(Hash.parse(params.path(0).asString()))
          .<JsonNode>map(block -> BlockJson.block(block, params.path(1).asBoolean(false))).orElse(nothing());
      case "eth_getBlockReceipts" -> find(params.path(0)).map(TraceRpc::receipts).orElse(nothing());
      case "eth_getTransactionReceipt" -> ofTransaction(params, BlockJson::receipt);
      case "eth_getTransactionByHash" -> ofTransaction(params, BlockJson::transaction);
      case "eth_getLogs" -> logs(params.path(0));
      case "eth_call" -> text(views.call(WalletAddress.parse(params.path(0).path("to").asString()),
          input(params.path(0)), withState(params.path(1))));
      case "eth_getBalance" -> text(Quantity.of(accounts.balance(account(params), withState(params.path(1)))));
      case "eth_getCode" -> text(accounts.code(account(params), withState(params.path(1))));
      case "eth_getStorageAt" ->
          text(accounts.storage(account(params), params.path(1).asString(), withState(params.path(2))));
      case "eth_getProof" -> accounts.proof(account(params), params.path(1), withProof(params.path(2)));
      case "debug_traceBlockByHash" -> callTracer(find(Hash.parse(params.path(0).asString())), method);
      case "debug_traceBlockByNumber" -> callTracer(find(params.path(0)), method);
      case "trace_block" -> parity(find(params.path(0)));
      default -> throw RpcError.unknownMethod(method);
    };
  }

  private Optional<TraceBlock> find(Hash hash) {
    return blocks.of(hash).filter(block -> block.number() <= head.get());
  }

  /** A tag, a number, a hash, or an object that names one of number and hash. */
  private Optional<TraceBlock> find(JsonNode block) {
    if (block.isObject()) {
      return block.has("blockHash") ? find(Hash.parse(block.get("blockHash").asString()))
          : find(block.path("blockNumber"));
    }
    String text = block.asString("latest");
    return switch (text) {
      case "latest", "pending", "safe", "finalized" -> blocks.at(head.get());
      case "earliest" -> blocks.at(blocks.first());
      default -> text.length() == HASH_LENGTH ? find(Hash.parse(text))
          : blocks.at(number(text)).filter(found -> found.number() <= head.get());
    };
  }

  private static long number(String text) {
    if (!text.startsWith("0x") || text.length() == 2) {
      throw RpcError.invalid("not a block: " + text);
    }
    return Long.parseLong(text.substring(2), 16);
  }

  private TraceBlock withState(JsonNode at) {
    TraceBlock block = find(at).orElseThrow(() -> RpcError.server("header not found"));
    if (switches.statesKept() > 0 && block.number() <= head.get() - switches.statesKept()) {
      throw RpcError.server("missing trie node " + block.hash() + " (path ) state is not available");
    }
    return block;
  }

  private TraceBlock withProof(JsonNode at) {
    TraceBlock block = withState(at);
    if (switches.proofsKept() > 0 && block.number() <= head.get() - switches.proofsKept()) {
      throw RpcError.server("requested block is too old, block must be within " + switches.proofsKept()
          + " blocks of the head block number (currently " + head.get() + ")");
    }
    return block;
  }

  private static WalletAddress account(JsonNode params) {
    return WalletAddress.parse(params.path(0).asString());
  }

  private static JsonNode receipts(TraceBlock block) {
    ArrayNode receipts = JSON.createArrayNode();
    for (int i = 0; i < block.transactions().size(); i++) {
      receipts.add(BlockJson.receipt(block, i));
    }
    return receipts;
  }

  private interface OfTransaction {
    JsonNode in(TraceBlock block, int index);
  }

  private JsonNode ofTransaction(JsonNode params, OfTransaction reader) {
    return blocks.transaction(Hash.parse(params.path(0).asString())).flatMap(transaction ->
        blocks.at(transaction.block()).filter(block -> block.number() <= head.get())
            .map(block -> reader.in(block, block.transactions().indexOf(transaction)))).orElse(nothing());
  }

  private JsonNode logs(JsonNode filter) {
    ArrayNode found = JSON.createArrayNode();
    Set<String> emitters = new HashSet<>();
    JsonNode address = filter.path("address");
    (address.isArray() ? address.valueStream() : java.util.stream.Stream.of(address).filter(JsonNode::isString))
        .forEach(one -> emitters.add(one.asString().toLowerCase(Locale.ROOT)));
    for (TraceBlock block : range(filter)) {
      for (int i = 0; i < block.transactions().size(); i++) {
        for (Trace.Log log : block.transactions().get(i).logs()) {
          if ((emitters.isEmpty() || emitters.contains(log.emitter().value())) && passes(log, filter.path("topics"))) {
            found.add(BlockJson.log(block, i, log));
          }
        }
      }
    }
    return found;
  }

  private List<TraceBlock> range(JsonNode filter) {
    if (filter.has("blockHash")) {
      return List.of(find(Hash.parse(filter.get("blockHash").asString()))
          .orElseThrow(() -> RpcError.server("unknown block")));
    }
    List<TraceBlock> range = new ArrayList<>();
    long from = Math.max(blocks.first(), limit(filter.path("fromBlock")));
    for (long number = from; number <= Math.min(head.get(), limit(filter.path("toBlock"))); number++) {
      blocks.at(number).ifPresent(range::add);
    }
    return range;
  }

  private long limit(JsonNode block) {
    String text = block.asString("latest");
    return text.startsWith("0x") ? number(text) : find(block).map(TraceBlock::number).orElse(head.get());
  }

  private static boolean passes(Trace.Log log, JsonNode topics) {
    for (int i = 0; i < topics.size(); i++) {
      JsonNode wanted = topics.get(i);
      if (wanted.isNull() || (wanted.isArray() && wanted.isEmpty())) {
        continue;
      }
      if (i >= log.topics().size()) {
        return false;
      }
      String topic = log.topics().get(i);
      boolean any = wanted.isArray() ? wanted.valueStream().anyMatch(one -> one.asString().equalsIgnoreCase(topic))
          : wanted.asString().equalsIgnoreCase(topic);
      if (!any) {
        return false;
      }
    }
    return true;
  }

  private static String input(JsonNode call) {
    return call.path("data").asString(call.path("input").asString("0x")).toLowerCase(Locale.ROOT);
  }

  private JsonNode callTracer(Optional<TraceBlock> block, String method) {
    TraceBlock found = block.orElseThrow(() -> RpcError.server("block not found"));
    return switch (switches.traces()) {
      case CALL_TRACER -> frames.callTracer(found, true);
      case CALL_TRACER_WITHOUT_LOGS -> frames.callTracer(found, false);
      case PARITY, NONE -> throw RpcError.unknownMethod(method);
    };
  }

  private JsonNode parity(Optional<TraceBlock> block) {
    TraceBlock found = block.orElseThrow(() -> RpcError.server("block not found"));
    if (switches.traces() != TraceSwitches.Traces.PARITY) {
      throw RpcError.unknownMethod("trace_block");
    }
    return frames.parity(found);
  }

  private static JsonNode text(String value) {
    return JSON.getNodeFactory().stringNode(value);
  }

  private static JsonNode nothing() {
    return JSON.getNodeFactory().nullNode();
  }
}
