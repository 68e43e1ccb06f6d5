package io.neuronledger.indexer.decode.zerog.replay;

import io.neuronledger.contracts.value.WalletAddress;
import io.neuronledger.indexer.chain.LogEntry;
import io.neuronledger.indexer.decode.CannotDecode;
import io.neuronledger.indexer.decode.zerog.contract.ContractLog;
import io.neuronledger.indexer.decode.zerog.contract.LogForm;
import io.neuronledger.indexer.decode.zerog.model.ContractModel;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Reads logs of the contracts followed, each in its own role. Anyone can emit a log with the same topic; and a sibling
 * product uses one of the topics for something else.
 *
 * @param manager LedgerManager
 * @param services those registered, and those that register in this block
 * @param beacons where the implementations are named
 */
record LogReader(WalletAddress manager, Set<WalletAddress> services, Set<WalletAddress> beacons) {
  /** Empty for what is none of ours. */
  Optional<ContractLog> read(LogEntry entry) {
    LogForm form = entry.topics().isEmpty() ? null : LogForm.BY_TOPIC.get(entry.topics().getFirst());
    if (form == null || !saidBy(form.emitter(), entry.emitter())) {
      return Optional.empty();
    }
    try {
      return Optional.of(form.read(entry));
    } catch (IllegalArgumentException e) {
      throw new CannotDecode("The log " + entry.index() + " in block " + entry.block() + " (transaction "
          + entry.transactionHash() + ", contract " + entry.emitter() + ") is no " + form.signature()
          + " as described: " + e.getMessage() + ". The contract is not the one that this version knows.");
    }
  }

  private boolean saidBy(LogForm.Emitter role, WalletAddress emitter) {
    return switch (role) {
      case LEDGER_MANAGER -> emitter.equals(manager);
      case SERVING -> services.contains(emitter);
      case BEACON -> beacons.contains(emitter) || emitter.equals(manager) || services.contains(emitter);
    };
  }

  static LogReader of(WalletAddress manager, ContractModel books, Map<WalletAddress, ServiceRegistration> arrivals) {
    Set<WalletAddress> services = new HashSet<>(books.services().keySet());
    services.addAll(arrivals.keySet());
    Set<WalletAddress> beacons = new HashSet<>();
    books.managerBeacon().ifPresent(beacons::add);
    books.services().values().forEach(service -> service.beacon().ifPresent(beacons::add));
    arrivals.values().forEach(arrival -> arrival.service().beacon().ifPresent(beacons::add));
    return new LogReader(manager, services, beacons);
  }
}
