package io.neuronledger.indexer.decode.zerog.replay.action;

import io.neuronledger.contracts.value.WalletAddress;
import io.neuronledger.indexer.decode.zerog.contract.ContractCall;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The items of the settlement calls in one transaction, in the order of their answers. Where an answer does not match,
 * the logs come from other calls: the remaining items are dropped.
 */
public final class SettlementItems {
  private final Map<WalletAddress, Deque<Asked>> open = new HashMap<>();

  /** @param caller the provider that called */
  public record Asked(WalletAddress caller, ContractCall.Item item) {}

  public void add(WalletAddress service, WalletAddress caller, List<ContractCall.Item> items) {
    Deque<Asked> asked = open.computeIfAbsent(service, _ -> new ArrayDeque<>());
    items.forEach(item -> asked.add(new Asked(caller, item)));
  }

  /** Removes and returns the item of this answer; empty where it is unknown. */
  public Optional<Asked> take(WalletAddress service, WalletAddress user) {
    Deque<Asked> items = open.get(service);
    if (items == null || items.isEmpty()) {
      return Optional.empty();
    }
    if (!items.getFirst().item().user().equals(user)) {
      items.clear();
      return Optional.empty();
    }
    return Optional.of(items.removeFirst());
  }
}
