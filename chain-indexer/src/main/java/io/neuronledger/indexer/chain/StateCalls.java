package io.neuronledger.indexer.chain;

import io.neuronledger.contracts.value.Hash;
import io.neuronledger.contracts.value.Neuron;
import io.neuronledger.contracts.value.WalletAddress;
import io.neuronledger.indexer.rpc.RpcCall;
import java.util.Optional;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/** The JSON-RPC calls about state behind a block, and about what became of transactions. */
public final class StateCalls {
  private StateCalls() {}

  /** The coins of an account behind a block. */
  public static RpcCall<Neuron> balance(WalletAddress account, long block) {
    return new RpcCall<>("eth_getBalance", "[\"" + account + "\",\"" + Quantity.of(block) + "\"]",
        parser -> new Neuron(Quantity.toBigInteger(text(parser))));
  }

  /** A contract's code behind a block; {@code 0x} where it has none. */
  public static RpcCall<String> code(WalletAddress account, long block) {
    return new RpcCall<>("eth_getCode", "[\"" + account + "\",\"" + Quantity.of(block) + "\"]", StateCalls::text);
  }

  /** One slot of a contract's storage behind a block: 32 bytes as {@code 0x} and hex. */
  public static RpcCall<String> storage(WalletAddress contract, String slot, long block) {
    return new RpcCall<>("eth_getStorageAt", "[\"" + contract + "\",\"" + slot + "\",\"" + Quantity.of(block) + "\"]",
        StateCalls::text);
  }

  /** What a view answers behind a block. */
  public static RpcCall<String> view(WalletAddress contract, String input, long block) {
    return new RpcCall<>("eth_call",
        "[{\"to\":\"" + contract + "\",\"data\":\"" + input + "\"},\"" + Quantity.of(block) + "\"]", StateCalls::text);
  }

  /** Which block the node holds at a height; empty where it holds none. */
  public static RpcCall<Optional<Hash>> blockHash(long block) {
    return new RpcCall<>("eth_getBlockByNumber", "[\"" + Quantity.of(block) + "\",false]", StateCalls::readHash);
  }

  /** Whether a transaction succeeded, and in which block; empty where the node knows of no receipt. */
  public static RpcCall<Optional<Outcome>> outcome(Hash transaction) {
    return new RpcCall<>("eth_getTransactionReceipt", "[\"" + transaction + "\"]", StateCalls::readOutcome);
  }

  /** @param succeeded whether it did anything at all */
  public record Outcome(Hash block, boolean succeeded) {}

  private static Optional<Outcome> readOutcome(JsonParser parser) {
    if (parser.currentToken() == JsonToken.VALUE_NULL) {
      return Optional.empty();
    }
    String block = "";
    String status = "";
    while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
      String name = parser.currentName();
      parser.nextToken();
      switch (name) {
        case "blockHash" -> block = text(parser);
        case "status" -> status = text(parser);
        default -> parser.skipChildren();
      }
    }
    return Optional.of(new Outcome(Hash.parse(block), Quantity.toLong(status) == 1));
  }

  private static Optional<Hash> readHash(JsonParser parser) {
    if (parser.currentToken() == JsonToken.VALUE_NULL) {
      return Optional.empty();
    }
    String hash = "";
    while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
      String name = parser.currentName();
      parser.nextToken();
      if (name.equals("hash")) {
        hash = text(parser);
      } else {
        parser.skipChildren();
      }
    }
    return Optional.of(Hash.parse(hash));
  }

  private static String text(JsonParser parser) {
    if (parser.currentToken() != JsonToken.VALUE_STRING) {
      throw new IllegalArgumentException("a string expected: " + parser.currentToken());
    }
    return parser.getString();
  }
}
