package io.neuronledger.indexer.chain.call;

import io.neuronledger.contracts.value.Hash;
import io.neuronledger.contracts.value.Neuron;
import io.neuronledger.contracts.value.WalletAddress;
import io.neuronledger.foundation.evm.HexData;
import io.neuronledger.foundation.evm.Quantity;
import io.neuronledger.indexer.rpc.call.RpcCall;
import io.neuronledger.indexer.rpc.http.JsonFields;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;

/** The JSON-RPC calls about the state after a block, and about the outcome of transactions. */
public final class StateCalls {
  /** The root of a storage without a slot: Keccak-256 of the RLP of nothing (Yellow Paper 4.1). */
  private static final String EMPTY_ROOT = "0x56e81f171bcc55a6ff8345e692c0f86e5b48e01b996cadc001622fb5e363b421";
  /** The hash of empty code. */
  private static final String EMPTY_CODE = "0xc5d2460186f7233c927e7db2dcc703c0e500b653ca82273b7bfad8045d85a470";
  /** The answer of some nodes instead of either hash for an account that does not exist. */
  private static final String ABSENT = "0x" + "0".repeat(64);

  private StateCalls() {}

  /** The native balance of an account after a block. */
  public static RpcCall<Neuron> balance(WalletAddress account, long block) {
    return new RpcCall<>("eth_getBalance", "[\"" + account + "\",\"" + Quantity.of(block) + "\"]",
        parser -> new Neuron(Quantity.toBigInteger(JsonFields.text(parser))));
  }

  /** A contract's code after a block; {@code 0x} where it has none. */
  public static RpcCall<String> code(WalletAddress account, long block) {
    return new RpcCall<>("eth_getCode", "[\"" + account + "\",\"" + Quantity.of(block) + "\"]", StateCalls::data);
  }

  /** One slot of a contract's storage after a block: 32 bytes as {@code 0x} and hex. */
  public static RpcCall<String> storage(WalletAddress contract, String slot, long block) {
    return new RpcCall<>("eth_getStorageAt", "[\"" + contract + "\",\"" + slot + "\",\"" + Quantity.of(block) + "\"]",
        StateCalls::data);
  }

  /** The answer of a view after a block. */
  public static RpcCall<String> view(WalletAddress contract, String input, long block) {
    return new RpcCall<>("eth_call",
        "[{\"to\":\"" + contract + "\",\"data\":\"" + input + "\"},\"" + Quantity.of(block) + "\"]", StateCalls::data);
  }

  /** The hash of the node's block at a height; empty where it has none. */
  public static RpcCall<Optional<Hash>> blockHash(long block) {
    return new RpcCall<>("eth_getBlockByNumber", "[\"" + Quantity.of(block) + "\",false]",
        parser -> JsonFields.optional(parser, StateCalls::readHash));
  }

  /** The root of a contract's storage after a block: it differs exactly where a slot does. */
  public static RpcCall<String> storageRoot(WalletAddress contract, long block) {
    return new RpcCall<>("eth_getProof", "[\"" + contract + "\",[],\"" + Quantity.of(block) + "\"]",
        StateCalls::readStorageRoot);
  }

  /** Whether a transaction succeeded, and in which block; empty where the node knows of no receipt. */
  public static RpcCall<Optional<Outcome>> outcome(Hash transaction) {
    return new RpcCall<>("eth_getTransactionReceipt", "[\"" + transaction + "\"]",
        parser -> JsonFields.optional(parser, StateCalls::readOutcome));
  }

  /** @param succeeded whether it took effect */
  public record Outcome(Hash block, boolean succeeded) {}

  private static Outcome readOutcome(JsonParser parser) {
    @Nullable String block = null;
    @Nullable String status = null;
    JsonFields fields = JsonFields.of(parser);
    while (fields.next()) {
      switch (fields.name()) {
        case "blockHash" -> block = fields.text(block);
        case "status" -> status = fields.text(status);
        default -> fields.skip();
      }
    }
    return new Outcome(Hash.parse(JsonFields.required("blockHash", block)),
        succeeded(Quantity.toLong(JsonFields.required("status", status))));
  }

  private static boolean succeeded(long status) {
    if (status != 0 && status != 1) {
      throw new IllegalArgumentException("a receipt's status is 0 or 1, not " + status);
    }
    return status == 1;
  }

  private static String readStorageRoot(JsonParser parser) {
    @Nullable String root = null;
    @Nullable String code = null;
    JsonFields fields = JsonFields.of(parser);
    while (fields.next()) {
      switch (fields.name()) {
        case "storageHash" -> root = fields.text(root);
        case "codeHash" -> code = fields.text(code);
        default -> fields.skip();
      }
    }
    String hash = Hash.parse(JsonFields.required("storageHash", root)).value();
    if (!hash.equals(ABSENT)) {
      return hash;
    }
    // Nodes over CometBFT always answer zeros: that proves nothing.
    if (code != null && !Set.of(ABSENT, EMPTY_CODE).contains(Hash.parse(code).value())) {
      throw new IllegalArgumentException("a contract with code and no storage root");
    }
    return EMPTY_ROOT;
  }

  private static Hash readHash(JsonParser parser) {
    @Nullable String hash = null;
    JsonFields fields = JsonFields.of(parser);
    while (fields.next()) {
      switch (fields.name()) {
        case "hash" -> hash = fields.text(hash);
        default -> fields.skip();
      }
    }
    return Hash.parse(JsonFields.required("hash", hash));
  }

  private static String data(JsonParser parser) {
    return HexData.parse(JsonFields.text(parser));
  }
}
