package io.neuronledger.testkit.devchain.rpc;

import io.neuronledger.contracts.value.Hash;
import io.neuronledger.foundation.evm.Quantity;
import java.util.Map;

/** The block at which state is read. Only a number or a hash is pinned: a tag moves between two calls. */
public sealed interface BlockRef {
  /** The head at the moment of the call. */
  static BlockRef latest() {
    return new Tag("latest");
  }

  static BlockRef number(long block) {
    return new ByNumber(block);
  }

  static BlockRef hash(Hash block) {
    return new ByHash(block);
  }

  /** The block parameter of {@code eth_call} and similar methods: a quantity, a tag, or an object by EIP-1898. */
  default Object parameter() {
    return switch (this) {
      case ByNumber number -> Quantity.of(number.block());
      case ByHash hash -> Map.of("blockHash", hash.block().toString());
      case Tag tag -> tag.name();
    };
  }

  /** By number, on the branch that is canonical at the time of the call. */
  record ByNumber(long block) implements BlockRef {}

  /** By hash: exactly this block. */
  record ByHash(Hash block) implements BlockRef {}

  /** One of the node's names: latest, safe, finalized, pending, earliest. */
  record Tag(String name) implements BlockRef {}
}
