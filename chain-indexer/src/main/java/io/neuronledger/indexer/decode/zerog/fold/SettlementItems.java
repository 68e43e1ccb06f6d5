package io.neuronledger.indexer.decode.zerog.fold;

import io.neuronledger.contracts.value.WalletAddress;
import io.neuronledger.indexer.decode.zerog.contract.ContractCall;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The items of the settlement calls seen in one transaction: the answers come in their order. Where an answer does not
 * fit, the calls are not those that the logs come from, and nothing more is taken from them.
 */
final class SettlementItems {
  private final Map<WalletAddress, Deque<ContractCall.Item>> open = new HashMap<>();

  void add(WalletAddress service, List<ContractCall.Item> items) {
    open.computeIfAbsent(service, _ -> new ArrayDeque<>()).addAll(items);
  }

  /** The item that this answer is for, where it is known. */
  Optional<ContractCall.Item> take(WalletAddress service, WalletAddress user) {
    Deque<ContractCall.Item> items = open.get(service);
    if (items == null || items.isEmpty()) {
      return Optional.empty();
    }
    if (!items.getFirst().user().equals(user)) {
      items.clear();
      return Optional.empty();
    }
    return Optional.of(items.removeFirst());
  }
}
