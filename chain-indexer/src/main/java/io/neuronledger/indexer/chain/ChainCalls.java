package io.neuronledger.indexer.chain;

import io.neuronledger.contracts.value.Hash;
import io.neuronledger.contracts.value.Neuron;
import io.neuronledger.contracts.value.WalletAddress;
import io.neuronledger.indexer.rpc.RpcCall;
import io.neuronledger.indexer.rpc.RpcFailure;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/** The JSON-RPC calls of the indexer, and how their results are read from the stream. */
final class ChainCalls {
  private ChainCalls() {}

  /** @param whole with its transactions. Empty where the node has no such block */
  static RpcCall<Optional<Header>> block(long number, boolean whole) {
    return blockByTag(Quantity.of(number), whole);
  }

  /** @param tag {@code latest}, {@code finalized} or a number */
  static RpcCall<Optional<Header>> blockByTag(String tag, boolean whole) {
    return new RpcCall<>("eth_getBlockByNumber", "[\"" + tag + "\"," + whole + "]", ChainCalls::readBlock);
  }

  static RpcCall<List<LogEntry>> logs(long from, long to, LogFilter filter) {
    return new RpcCall<>("eth_getLogs", "[{\"fromBlock\":\"" + Quantity.of(from) + "\",\"toBlock\":\"" + Quantity.of(to)
        + "\"," + filter.json() + "}]", ChainCalls::readLogs);
  }

  static RpcCall<List<LogEntry>> logs(Hash block, LogFilter filter) {
    return new RpcCall<>("eth_getLogs", "[{\"blockHash\":\"" + block + "\"," + filter.json() + "}]",
        ChainCalls::readLogs);
  }

  /** Every log of the block, whoever emitted it. */
  static RpcCall<List<LogEntry>> allLogs(Hash block) {
    return new RpcCall<>("eth_getLogs", "[{\"blockHash\":\"" + block + "\"}]", ChainCalls::readLogs);
  }

  private static Optional<Header> readBlock(JsonParser parser) {
    if (parser.currentToken() == JsonToken.VALUE_NULL) {
      return Optional.empty();
    }
    String number = "";
    String hash = "";
    String parent = "";
    String time = "";
    String bloom = "";
    List<ChainTransaction> transactions = List.of();
    begin(parser);
    while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
      String field = parser.currentName();
      parser.nextToken();
      switch (field) {
        case "number" -> number = text(parser);
        case "hash" -> hash = text(parser);
        case "parentHash" -> parent = text(parser);
        case "timestamp" -> time = text(parser);
        case "logsBloom" -> bloom = text(parser);
        case "transactions" -> transactions = readTransactions(parser);
        default -> parser.skipChildren();
      }
    }
    return Optional.of(new Header(Quantity.toLong(number), Hash.parse(hash), Hash.parse(parent),
        Instant.ofEpochSecond(Quantity.toLong(time)), Bloom.parse(bloom), transactions));
  }

  /** Hashes only, where the block was asked for without its transactions: they are skipped. */
  private static List<ChainTransaction> readTransactions(JsonParser parser) {
    List<ChainTransaction> transactions = new ArrayList<>();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      if (parser.currentToken() == JsonToken.START_OBJECT) {
        transactions.add(readTransaction(parser));
      } else {
        parser.skipChildren();
      }
    }
    return transactions;
  }

  private static ChainTransaction readTransaction(JsonParser parser) {
    String hash = "";
    String index = "";
    String from = "";
    @Nullable String to = null;
    String value = "";
    String input = "";
    while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
      String field = parser.currentName();
      parser.nextToken();
      switch (field) {
        case "hash" -> hash = text(parser);
        case "transactionIndex" -> index = text(parser);
        case "from" -> from = text(parser);
        case "to" -> to = parser.currentToken() == JsonToken.VALUE_NULL ? null : text(parser);
        case "value" -> value = text(parser);
        case "input" -> input = text(parser);
        default -> parser.skipChildren();
      }
    }
    return new ChainTransaction(Hash.parse(hash), Quantity.toInt(index), WalletAddress.parse(from),
        Optional.ofNullable(to).map(WalletAddress::parse), new Neuron(Quantity.toBigInteger(value)), input);
  }

  private static List<LogEntry> readLogs(JsonParser parser) {
    if (parser.currentToken() != JsonToken.START_ARRAY) {
      throw new IllegalArgumentException("logs that are no array");
    }
    List<LogEntry> logs = new ArrayList<>();
    while (parser.nextToken() == JsonToken.START_OBJECT) {
      logs.add(readLog(parser));
    }
    return logs;
  }

  private static LogEntry readLog(JsonParser parser) {
    String address = "";
    List<String> topics = new ArrayList<>(4);
    String data = "";
    String block = "";
    String blockHash = "";
    String transaction = "";
    String transactionIndex = "";
    String index = "";
    while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
      String field = parser.currentName();
      parser.nextToken();
      switch (field) {
        case "address" -> address = text(parser);
        case "topics" -> {
          while (parser.nextToken() != JsonToken.END_ARRAY) {
            topics.add(text(parser));
          }
        }
        case "data" -> data = text(parser);
        case "blockNumber" -> block = text(parser);
        case "blockHash" -> blockHash = text(parser);
        case "transactionHash" -> transaction = text(parser);
        case "transactionIndex" -> transactionIndex = text(parser);
        case "logIndex" -> index = text(parser);
        case "removed" -> checkNotRemoved(parser);
        default -> parser.skipChildren();
      }
    }
    return new LogEntry(WalletAddress.parse(address), topics, data, Quantity.toLong(block), Hash.parse(blockHash),
        Hash.parse(transaction), Quantity.toInt(transactionIndex), Quantity.toInt(index));
  }

  private static void checkNotRemoved(JsonParser parser) {
    if (parser.currentToken() == JsonToken.VALUE_TRUE) {
      throw new RpcFailure(RpcFailure.Kind.INCONSISTENT, "a log of a block that is no longer part of the chain");
    }
  }

  private static void begin(JsonParser parser) {
    if (parser.currentToken() != JsonToken.START_OBJECT) {
      throw new IllegalArgumentException("not an object: " + parser.currentToken());
    }
  }

  /** @throws IllegalArgumentException unless it is a string; null is what nodes say of what is pending */
  private static String text(JsonParser parser) {
    if (parser.currentToken() != JsonToken.VALUE_STRING) {
      throw new IllegalArgumentException("a string expected at " + parser.currentName() + ": " + parser.currentToken());
    }
    return parser.getString();
  }
}
