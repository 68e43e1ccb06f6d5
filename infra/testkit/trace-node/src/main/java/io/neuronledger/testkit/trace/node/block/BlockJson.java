package io.neuronledger.testkit.trace.node.block;

import io.neuronledger.contracts.value.WalletAddress;
import io.neuronledger.foundation.evm.Bloom;
import io.neuronledger.foundation.evm.Quantity;
import io.neuronledger.testkit.trace.Trace;
import java.util.List;
import java.util.stream.Stream;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Blocks, transactions, receipts and logs in JSON-RPC form. */
public final class BlockJson {
  private static final JsonMapper JSON = JsonMapper.shared();
  private static final String NO_BLOOM = bloom(List.of());
  private static final String NO_HASH = "0x" + "0".repeat(64);

  private BlockJson() {}

  public static ObjectNode block(TraceBlock block, boolean whole) {
    ObjectNode node = JSON.createObjectNode().put("number", Quantity.of(block.number()))
        .put("hash", block.hash().value()).put("parentHash", block.parent().value())
        .put("timestamp", Quantity.of(block.time().getEpochSecond())).put("logsBloom", block.bloom())
        .put("nonce", "0x0000000000000000").put("sha3Uncles", NO_HASH).put("stateRoot", NO_HASH)
        .put("transactionsRoot", NO_HASH).put("receiptsRoot", NO_HASH).put("miner", WalletAddress.ZERO.value())
        .put("difficulty", "0x0").put("extraData", "0x").put("gasLimit", "0x1c9c380").put("gasUsed", "0x0");
    ArrayNode transactions = node.putArray("transactions");
    for (int i = 0; i < block.transactions().size(); i++) {
      if (whole) {
        transactions.add(transaction(block, i));
      } else {
        transactions.add(block.transactions().get(i).hash().value());
      }
    }
    node.putArray("uncles");
    return node;
  }

  public static ObjectNode transaction(TraceBlock block, int index) {
    Trace.Transaction transaction = block.transactions().get(index);
    ObjectNode node = in(block, index).put("hash", transaction.hash().value()).put("from", transaction.from().value())
        .put("value", Quantity.of(transaction.value().value())).put("input", transaction.input())
        .put("nonce", "0x0").put("gas", "0x0").put("gasPrice", "0x0").put("type", "0x0");
    transaction.to().ifPresentOrElse(to -> node.put("to", to.value()), () -> node.putNull("to"));
    return node;
  }

  public static ObjectNode receipt(TraceBlock block, int index) {
    Trace.Transaction transaction = block.transactions().get(index);
    // A chain without blooms has none in its receipts either.
    String bloom = bloom(block.bloom().equals(NO_BLOOM) ? List.of() : transaction.logs());
    ObjectNode node = in(block, index).put("transactionHash", transaction.hash().value())
        .put("from", transaction.from().value()).put("status", "0x1").put("cumulativeGasUsed", "0x0")
        .put("gasUsed", "0x0").put("effectiveGasPrice", "0x0").put("logsBloom", bloom).put("type", "0x0")
        .putNull("contractAddress");
    transaction.to().ifPresentOrElse(to -> node.put("to", to.value()), () -> node.putNull("to"));
    ArrayNode logs = node.putArray("logs");
    transaction.logs().forEach(log -> logs.add(log(block, index, log)));
    return node;
  }

  public static ObjectNode log(TraceBlock block, int index, Trace.Log log) {
    ObjectNode node = in(block, index).put("address", log.emitter().value()).put("data", log.data())
        .put("transactionHash", block.transactions().get(index).hash().value())
        .put("logIndex", Quantity.of(log.index())).put("removed", false);
    ArrayNode topics = node.putArray("topics");
    log.topics().forEach(topics::add);
    return node;
  }

  private static ObjectNode in(TraceBlock block, int index) {
    return JSON.createObjectNode().put("blockNumber", Quantity.of(block.number()))
        .put("blockHash", block.hash().value()).put("transactionIndex", Quantity.of(index));
  }

  /** The bloom of these logs, {@code 0x} and 512 hex digits. */
  static String bloom(List<Trace.Log> logs) {
    return Bloom.ofKeys(logs.stream().flatMap(log -> Stream.concat(Stream.of(log.emitter().value()),
        log.topics().stream())).map(Bloom.Key::of).toList()).toString();
  }
}
