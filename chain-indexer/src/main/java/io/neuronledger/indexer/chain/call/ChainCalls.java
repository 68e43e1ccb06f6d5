package io.neuronledger.indexer.chain.call;

import static io.neuronledger.indexer.rpc.http.JsonFields.required;

import io.neuronledger.contracts.value.Hash;
import io.neuronledger.contracts.value.Neuron;
import io.neuronledger.contracts.value.WalletAddress;
import io.neuronledger.foundation.evm.Bloom;
import io.neuronledger.foundation.evm.HexData;
import io.neuronledger.foundation.evm.Quantity;
import io.neuronledger.indexer.chain.block.BlockTimes;
import io.neuronledger.indexer.chain.block.ChainTransaction;
import io.neuronledger.indexer.chain.block.Header;
import io.neuronledger.indexer.chain.block.LogEntry;
import io.neuronledger.indexer.chain.block.LogFilter;
import io.neuronledger.indexer.rpc.call.RpcCall;
import io.neuronledger.indexer.rpc.call.RpcFailure;
import io.neuronledger.indexer.rpc.http.JsonFields;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;

/** The JSON-RPC calls of the indexer, with the readers of their results. */
public final class ChainCalls {
  private ChainCalls() {}

  /** @param whole whether with its transactions. Empty where the node has no such block */
  public static RpcCall<Optional<Header>> block(long number, boolean whole) {
    return blockByTag(Quantity.of(number), whole);
  }

  /** @param tag {@code latest}, {@code finalized} or a number */
  public static RpcCall<Optional<Header>> blockByTag(String tag, boolean whole) {
    return new RpcCall<>("eth_getBlockByNumber", "[\"" + tag + "\"," + whole + "]",
        parser -> JsonFields.optional(parser, block -> readBlock(block, whole)));
  }

  public static RpcCall<List<LogEntry>> logs(long from, long to, LogFilter filter) {
    return new RpcCall<>("eth_getLogs", "[{\"fromBlock\":\"" + Quantity.of(from) + "\",\"toBlock\":\"" + Quantity.of(to)
        + "\"," + filter.json() + "}]", ChainCalls::readLogs);
  }

  public static RpcCall<List<LogEntry>> logs(Hash block, LogFilter filter) {
    return new RpcCall<>("eth_getLogs", "[{\"blockHash\":\"" + block + "\"," + filter.json() + "}]",
        ChainCalls::readLogs);
  }

  private static Header readBlock(JsonParser parser, boolean whole) {
    @Nullable String number = null;
    @Nullable String hash = null;
    @Nullable String parent = null;
    @Nullable String time = null;
    @Nullable String bloom = null;
    @Nullable List<ChainTransaction> transactions = null;
    @Nullable Integer count = null;
    JsonFields fields = JsonFields.of(parser);
    while (fields.next()) {
      switch (fields.name()) {
        case "number" -> number = fields.text(number);
        case "hash" -> hash = fields.text(hash);
        case "parentHash" -> parent = fields.text(parent);
        case "timestamp" -> time = fields.text(time);
        case "logsBloom" -> bloom = fields.isNull() ? bloom : fields.text(bloom);
        case "transactions" -> {
          if (whole) {
            transactions = fields.list(transactions, ChainCalls::readTransaction);
            count = transactions.size();
          } else {
            count = JsonFields.list(parser, JsonFields::text).size();
          }
        }
        default -> fields.skip();
      }
    }
    return new Header(Quantity.toLong(required("number", number)), Hash.parse(required("hash", hash)),
        Hash.parse(required("parentHash", parent)), BlockTimes.ofSeconds(Quantity.toLong(required("timestamp", time))),
        bloom == null ? Bloom.unknown() : Bloom.parse(bloom), required("transactions", count),
        transactions == null ? List.of() : transactions);
  }

  private static ChainTransaction readTransaction(JsonParser parser) {
    @Nullable String hash = null;
    @Nullable String index = null;
    @Nullable String from = null;
    @Nullable String to = null;
    @Nullable String value = null;
    @Nullable String input = null;
    JsonFields fields = JsonFields.of(parser);
    while (fields.next()) {
      switch (fields.name()) {
        case "hash" -> hash = fields.text(hash);
        case "transactionIndex" -> index = fields.text(index);
        case "from" -> from = fields.text(from);
        case "to" -> to = fields.isNull() ? to : fields.text(to);
        case "value" -> value = fields.text(value);
        case "input" -> input = fields.text(input);
        default -> fields.skip();
      }
    }
    return new ChainTransaction(Hash.parse(required("hash", hash)), Quantity.toInt(required("transactionIndex", index)),
        WalletAddress.parse(required("from", from)), Optional.ofNullable(to).map(WalletAddress::parse),
        new Neuron(Quantity.toBigInteger(required("value", value))), HexData.parse(required("input", input)));
  }

  private static List<LogEntry> readLogs(JsonParser parser) {
    return JsonFields.list(parser, ChainCalls::readLog);
  }

  static LogEntry readLog(JsonParser parser) {
    @Nullable String address = null;
    @Nullable List<String> topics = null;
    @Nullable String data = null;
    @Nullable String block = null;
    @Nullable String blockHash = null;
    @Nullable String transaction = null;
    @Nullable String transactionIndex = null;
    @Nullable String index = null;
    JsonFields fields = JsonFields.of(parser);
    while (fields.next()) {
      switch (fields.name()) {
        case "address" -> address = fields.text(address);
        case "topics" -> topics = fields.list(topics, ChainCalls::readTopic);
        case "data" -> data = fields.text(data);
        case "blockNumber" -> block = fields.text(block);
        case "blockHash" -> blockHash = fields.text(blockHash);
        case "transactionHash" -> transaction = fields.text(transaction);
        case "transactionIndex" -> transactionIndex = fields.text(transactionIndex);
        case "logIndex" -> index = fields.text(index);
        case "removed" -> checkNotRemoved(parser);
        default -> fields.skip();
      }
    }
    return new LogEntry(WalletAddress.parse(required("address", address)), required("topics", topics),
        HexData.parse(required("data", data)).toLowerCase(Locale.ROOT), Quantity.toLong(required("blockNumber", block)),
        Hash.parse(required("blockHash", blockHash)), Hash.parse(required("transactionHash", transaction)),
        Quantity.toInt(required("transactionIndex", transactionIndex)), Quantity.toInt(required("logIndex", index)));
  }

  /** 32 bytes, in lower case like those of the filter. */
  private static String readTopic(JsonParser parser) {
    return Hash.parse(JsonFields.text(parser)).value();
  }

  private static void checkNotRemoved(JsonParser parser) {
    switch (parser.currentToken()) {
      case VALUE_FALSE, VALUE_NULL -> {}
      case VALUE_TRUE ->
          throw new RpcFailure(RpcFailure.Kind.INCONSISTENT, "a log of a block that is no longer part of the chain");
      default -> throw new IllegalArgumentException("removed is not a boolean: " + parser.currentToken());
    }
  }
}
