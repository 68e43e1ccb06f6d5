package io.neuronledger.indexer.decode.zerog.replay.action;

import io.neuronledger.contracts.value.WalletAddress;
import io.neuronledger.indexer.chain.block.LogEntry;
import io.neuronledger.indexer.decode.CannotDecode;
import io.neuronledger.indexer.decode.zerog.contract.ContractLog;
import io.neuronledger.indexer.decode.zerog.contract.LogForm;
import io.neuronledger.indexer.decode.zerog.model.ContractModel;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Reads logs of the followed contracts, each in its emitter's role. Any contract can emit a log with the same topic,
 * and a sibling product uses one of the topics with another meaning.
 *
 * @param manager LedgerManager
 * @param services the registered ones, and those that register in this block
 * @param beacons the contracts that name implementations
 */
public record LogReader(WalletAddress manager, Set<WalletAddress> services, Set<WalletAddress> beacons) {
  /** Empty for logs of other contracts and other topics. */
  public Optional<ContractLog> read(LogEntry entry) {
    LogForm form = entry.topics().isEmpty() ? null : LogForm.BY_TOPIC.get(entry.topics().getFirst());
    if (form == null || !isEmittedBy(form.emitter(), entry.emitter())) {
      return Optional.empty();
    }
    try {
      return Optional.of(form.read(entry));
    } catch (IllegalArgumentException e) {
      throw new CannotDecode("The log " + entry.index() + " in block " + entry.block() + " (transaction "
          + entry.transactionHash() + ", contract " + entry.emitter() + ") is not a " + form.signature()
          + " as described: " + e.getMessage() + ". This version does not know the contract's code.");
    }
  }

  private boolean isEmittedBy(LogForm.Emitter role, WalletAddress emitter) {
    return switch (role) {
      case LEDGER_MANAGER -> emitter.equals(manager);
      case SERVING -> services.contains(emitter);
      case BEACON -> beacons.contains(emitter) || emitter.equals(manager) || services.contains(emitter);
    };
  }

  public static LogReader of(WalletAddress manager, ContractModel model,
      Map<WalletAddress, ServiceRegistration> registrations) {
    Set<WalletAddress> services = new HashSet<>(model.services().keySet());
    services.addAll(registrations.keySet());
    Set<WalletAddress> beacons = new HashSet<>();
    model.managerBeacon().ifPresent(beacons::add);
    model.services().values().forEach(service -> service.beacon().ifPresent(beacons::add));
    registrations.values().forEach(registration -> registration.service().beacon().ifPresent(beacons::add));
    return new LogReader(manager, services, beacons);
  }
}
