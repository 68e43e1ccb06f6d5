package io.neuronledger.testkit.devchain.rpc;

import io.neuronledger.contracts.value.Hash;
import io.neuronledger.contracts.value.WalletAddress;
import io.neuronledger.foundation.evm.Quantity;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * The receipt of a mined transaction.
 *
 * @param succeeded false when it was reverted: mined and paid for, without effect and without logs
 * @param created the address of the created contract
 */
public record Receipt(Hash transaction, long block, Hash blockHash, int transactionIndex, boolean succeeded,
    long gasUsed, Optional<WalletAddress> created, List<LogEntry> logs) {
  public Receipt {
    logs = List.copyOf(logs);
  }

  /** @param json the result of {@code eth_getTransactionReceipt}, not null */
  public static Receipt of(JsonNode json) {
    JsonNode created = json.path("contractAddress");
    return new Receipt(Hash.parse(json.path("transactionHash").asString()),
        Quantity.toLong(json.path("blockNumber").asString()), Hash.parse(json.path("blockHash").asString()),
        Quantity.toInt(json.path("transactionIndex").asString()),
        Quantity.toLong(json.path("status").asString()) == 1, Quantity.toLong(json.path("gasUsed").asString()),
        created.isString() ? Optional.of(WalletAddress.parse(created.asString())) : Optional.empty(),
        json.path("logs").valueStream().map(LogEntry::of).toList());
  }
}
