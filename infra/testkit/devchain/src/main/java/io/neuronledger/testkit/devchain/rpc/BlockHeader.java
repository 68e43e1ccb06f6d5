package io.neuronledger.testkit.devchain.rpc;

import io.neuronledger.contracts.value.Hash;
import io.neuronledger.foundation.evm.Quantity;
import java.time.Instant;
import java.util.List;
import tools.jackson.databind.JsonNode;

/**
 * @param time the block's timestamp, whole seconds
 * @param transactions the hashes of its transactions, in order
 */
public record BlockHeader(long number, Hash hash, Hash parent, Instant time, List<Hash> transactions) {
  public BlockHeader {
    transactions = List.copyOf(transactions);
  }

  /** @param json a block without full transactions, not null */
  public static BlockHeader of(JsonNode json) {
    return new BlockHeader(Quantity.toLong(json.path("number").asString()), Hash.parse(json.path("hash").asString()),
        Hash.parse(json.path("parentHash").asString()),
        Instant.ofEpochSecond(Quantity.toLong(json.path("timestamp").asString())),
        json.path("transactions").valueStream().map(each -> Hash.parse(each.asString())).toList());
  }
}
