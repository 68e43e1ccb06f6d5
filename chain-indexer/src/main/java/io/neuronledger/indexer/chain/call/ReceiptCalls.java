package io.neuronledger.indexer.chain.call;

import static io.neuronledger.indexer.rpc.http.JsonFields.required;

import io.neuronledger.contracts.value.Hash;
import io.neuronledger.foundation.evm.Quantity;
import io.neuronledger.indexer.chain.block.LogEntry;
import io.neuronledger.indexer.rpc.call.RpcCall;
import io.neuronledger.indexer.rpc.http.JsonFields;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;

/** The JSON-RPC calls about the receipts of transactions, logs included. */
public final class ReceiptCalls {
  private ReceiptCalls() {}

  /**
   * The receipt of one transaction.
   *
   * @param logs all its logs in order, of any emitter
   */
  public record Receipt(Hash block, Hash transaction, List<LogEntry> logs) {
    public Receipt {
      logs = List.copyOf(logs);
    }
  }

  /** The receipts of a block; empty where the node has no such block. */
  public static RpcCall<Optional<List<Receipt>>> ofBlock(long block) {
    return new RpcCall<>("eth_getBlockReceipts", "[\"" + Quantity.of(block) + "\"]",
        parser -> JsonFields.optional(parser, list -> JsonFields.list(list, ReceiptCalls::read)));
  }

  /** One receipt; empty where the node knows of none. */
  public static RpcCall<Optional<Receipt>> ofTransaction(Hash transaction) {
    return new RpcCall<>("eth_getTransactionReceipt", "[\"" + transaction + "\"]",
        parser -> JsonFields.optional(parser, ReceiptCalls::read));
  }

  /** The hashes of a block's transactions, in order; empty where the node has no such block. */
  public static RpcCall<Optional<List<Hash>>> transactionsOf(Hash block) {
    return new RpcCall<>("eth_getBlockByHash", "[\"" + block + "\",false]",
        parser -> JsonFields.optional(parser, ReceiptCalls::readTransactions));
  }

  private static Receipt read(JsonParser parser) {
    @Nullable String block = null;
    @Nullable String transaction = null;
    @Nullable List<LogEntry> logs = null;
    JsonFields fields = JsonFields.of(parser);
    while (fields.next()) {
      switch (fields.name()) {
        case "blockHash" -> block = fields.text(block);
        case "transactionHash" -> transaction = fields.text(transaction);
        case "logs" -> logs = fields.list(logs, ChainCalls::readLog);
        default -> fields.skip();
      }
    }
    return new Receipt(Hash.parse(required("blockHash", block)), Hash.parse(required("transactionHash", transaction)),
        required("logs", logs));
  }

  private static List<Hash> readTransactions(JsonParser parser) {
    @Nullable List<Hash> hashes = null;
    JsonFields fields = JsonFields.of(parser);
    while (fields.next()) {
      if (fields.name().equals("transactions")) {
        hashes = fields.list(hashes, element -> Hash.parse(JsonFields.text(element)));
      } else {
        fields.skip();
      }
    }
    return required("transactions", hashes);
  }
}
