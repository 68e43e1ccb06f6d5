package io.neuronledger.indexer.scene;

import io.neuronledger.indexer.abi.Signature;
import io.neuronledger.indexer.chain.Quantity;
import io.neuronledger.indexer.scene.FakeNode.Call;
import io.neuronledger.indexer.scene.ScriptedChain.Block;
import io.neuronledger.indexer.scene.ScriptedChain.Log;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** What an honest node answers about a scripted chain. */
public final class ChainAnswers {
  static final String SENDER = "0x" + "11".repeat(20);

  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private ChainAnswers() {}

  /** @throws IllegalArgumentException for what a node refuses */
  static JsonNode of(Call call, ScriptedChain chain, long finalized, long chainId) {
    return switch (call.method()) {
      case "eth_chainId" -> NODES.stringNode(Quantity.of(chainId));
      case "eth_getBlockByNumber" -> block(call, chain, finalized);
      case "eth_getBlockByHash" -> chain.byHash(call.params().path(0).asString()).<JsonNode>map(ChainAnswers::json)
          .orElseGet(NODES::nullNode);
      case "eth_getBlockReceipts" -> receipts(chain.at(Quantity.toLong(call.params().path(0).asString())));
      case "eth_getTransactionReceipt" -> receipt(call.params().path(0).asString(), chain);
      case "eth_getProof" -> NODES.objectNode().put("storageHash", storageRoot(call.params().path(0).asString(),
          Quantity.toLong(call.params().path(2).asString()), chain));
      case "eth_getLogs" -> logs(call.params().path(0), chain);
      case "debug_traceBlockByHash" -> ChainTraces.callTracer(chain.byHash(call.params().path(0).asString())
          .orElseThrow(() -> new IllegalArgumentException("block not found")));
      case "trace_block" -> ChainTraces.parity(chain.at(Quantity.toLong(call.params().path(0).asString()))
          .orElseThrow(() -> new IllegalArgumentException("block not found")));
      case "eth_getCode" -> NODES.stringNode("0x00");
      case "eth_call" -> view(call.params().path(0).path("data").asString());
      default -> throw new IllegalArgumentException("not scripted: " + call.method());
    };
  }

  /** AccountLedger without services; nothing else is asked of it here. */
  private static JsonNode view(String input) {
    if (!input.equals(Signature.selector("services()"))) {
      throw new IllegalArgumentException("not scripted: a call of " + input);
    }
    return NODES.stringNode("0x" + "%064x%064x".formatted(32, 0));
  }

  private static JsonNode block(Call call, ScriptedChain chain, long finalized) {
    String tag = call.params().path(0).asString();
    Optional<Block> block = switch (tag) {
      case "latest" -> Optional.of(chain.head());
      case "finalized" -> chain.at(finalized);
      default -> chain.at(Quantity.toLong(tag));
    };
    boolean whole = call.params().path(1).asBoolean(false);
    return block.<JsonNode>map(found -> whole ? whole(found) : json(found)).orElseGet(NODES::nullNode);
  }

  /** With its transactions: one for each log, to the contract that emitted it. */
  public static JsonNode whole(Block block) {
    ArrayNode transactions = NODES.arrayNode();
    for (int i = 0; i < block.logs().size(); i++) {
      Log log = block.logs().get(i);
      transactions.addObject().put("hash", log.transaction().value()).put("transactionIndex", Quantity.of(i))
          .put("from", SENDER).put("to", log.emitter().value()).put("value", "0x0").put("input", "0x");
    }
    return ((ObjectNode) json(block)).set("transactions", transactions);
  }

  /** A block as nodes write it. */
  public static JsonNode json(Block block) {
    ObjectNode json = NODES.objectNode().put("number", Quantity.of(block.number())).put("hash", block.hash().value())
        .put("parentHash", block.parent().value()).put("timestamp", Quantity.of(block.time()))
        .put("logsBloom", block.bloom().toString()).put("gasUsed", "0x0");
    ArrayNode transactions = NODES.arrayNode();
    block.logs().forEach(log -> transactions.add(log.transaction().value()));
    json.set("transactions", transactions);
    return json;
  }

  private static JsonNode receipts(Optional<Block> block) {
    return block.<JsonNode>map(found -> {
      ArrayNode receipts = NODES.arrayNode();
      for (int i = 0; i < found.logs().size(); i++) {
        receipts.add(receipt(found, i));
      }
      return receipts;
    }).orElseGet(NODES::nullNode);
  }

  private static JsonNode receipt(String transaction, ScriptedChain chain) {
    for (Block block : chain.blocks()) {
      for (int i = 0; i < block.logs().size(); i++) {
        if (block.logs().get(i).transaction().value().equals(transaction)) {
          return receipt(block, i);
        }
      }
    }
    return NODES.nullNode();
  }

  private static ObjectNode receipt(Block block, int index) {
    ObjectNode receipt = NODES.objectNode().put("blockHash", block.hash().value()).put("status", "0x1")
        .put("transactionHash", block.logs().get(index).transaction().value());
    receipt.putArray("logs").add(json(block, index));
    return receipt;
  }

  /** A contract's storage changes with each block that holds a log of it. */
  private static String storageRoot(String contract, long block, ScriptedChain chain) {
    return chain.blocks().stream().filter(each -> each.number() <= block)
        .filter(each -> each.logs().stream().anyMatch(log -> log.emitter().value().equals(contract)))
        .reduce((_, last) -> last).map(last -> last.hash().value()).orElse("0x" + "0".repeat(64));
  }

  private static JsonNode logs(JsonNode filter, ScriptedChain chain) {
    ArrayNode found = NODES.arrayNode();
    for (Block block : asked(filter, chain)) {
      for (int i = 0; i < block.logs().size(); i++) {
        if (passes(block.logs().get(i), filter)) {
          found.add(json(block, i));
        }
      }
    }
    return found;
  }

  private static List<Block> asked(JsonNode filter, ScriptedChain chain) {
    if (filter.has("blockHash")) {
      return List.of(chain.byHash(filter.path("blockHash").asString())
          .orElseThrow(() -> new IllegalArgumentException("unknown block")));
    }
    long from = Quantity.toLong(filter.path("fromBlock").asString());
    long to = Quantity.toLong(filter.path("toBlock").asString());
    return chain.blocks().stream().filter(block -> block.number() >= from && block.number() <= to).toList();
  }

  private static boolean passes(Log log, JsonNode filter) {
    boolean emitter = !filter.has("address")
        || filter.path("address").valueStream().anyMatch(one -> one.asString().equals(log.emitter().value()));
    boolean topic = !filter.has("topics")
        || filter.path("topics").path(0).valueStream().anyMatch(one -> one.asString().equals(log.topics().getFirst()));
    return emitter && topic;
  }

  /** A log as nodes write it. */
  public static ObjectNode json(Block block, int index) {
    Log log = block.logs().get(index);
    ObjectNode json = NODES.objectNode().put("address", log.emitter().value()).put("data", log.data())
        .put("blockNumber", Quantity.of(block.number())).put("blockHash", block.hash().value())
        .put("transactionHash", log.transaction().value()).put("transactionIndex", Quantity.of(index))
        .put("logIndex", Quantity.of(index)).put("removed", false);
    ArrayNode topics = NODES.arrayNode();
    log.topics().forEach(topics::add);
    json.set("topics", topics);
    return json;
  }
}
