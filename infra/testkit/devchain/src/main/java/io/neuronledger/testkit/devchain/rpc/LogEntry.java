package io.neuronledger.testkit.devchain.rpc;

import io.neuronledger.contracts.value.WalletAddress;
import io.neuronledger.foundation.evm.Quantity;
import java.util.List;
import tools.jackson.databind.JsonNode;

/**
 * A log of a mined transaction.
 *
 * @param topics the event's hash, then the indexed arguments
 * @param data the other arguments, ABI-encoded
 * @param logIndex its index in the block
 */
public record LogEntry(WalletAddress emitter, List<String> topics, String data, int logIndex) {
  public LogEntry {
    topics = List.copyOf(topics);
  }

  static LogEntry of(JsonNode json) {
    return new LogEntry(WalletAddress.parse(json.path("address").asString()),
        json.path("topics").valueStream().map(JsonNode::asString).toList(), json.path("data").asString(),
        Quantity.toInt(json.path("logIndex").asString()));
  }
}
