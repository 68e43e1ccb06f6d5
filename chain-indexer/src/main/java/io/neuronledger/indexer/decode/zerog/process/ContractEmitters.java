package io.neuronledger.indexer.decode.zerog.process;

import io.neuronledger.contracts.value.ServiceName;
import io.neuronledger.contracts.value.WalletAddress;
import io.neuronledger.indexer.chain.LogFilter;
import io.neuronledger.indexer.decode.zerog.contract.LogForm;
import io.neuronledger.indexer.decode.zerog.model.ContractModel;
import io.neuronledger.indexer.decode.zerog.model.ServiceInfo;
import io.neuronledger.indexer.decode.zerog.replay.ServiceRegistration;
import io.neuronledger.indexer.decode.zerog.trace.WatchedContracts;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** Whose logs are wanted: LedgerManager's, those of what is registered with it, and of the beacons behind them. */
public final class ContractEmitters {
  private ContractEmitters() {}

  public static LogFilter filter(WalletAddress manager, ContractModel books) {
    return filter(manager, books, Map.of());
  }

  /** @param arrivals that register in the block */
  static LogFilter filter(WalletAddress manager, ContractModel books,
      Map<WalletAddress, ServiceRegistration> arrivals) {
    Set<WalletAddress> emitters = new HashSet<>(Set.of(manager));
    books.managerBeacon().ifPresent(emitters::add);
    Map<WalletAddress, ServiceInfo> services = new HashMap<>(books.services());
    arrivals.forEach((contract, arrival) -> services.put(contract, arrival.service()));
    services.forEach((contract, service) -> {
      emitters.add(contract);
      service.beacon().ifPresent(emitters::add);
    });
    return new LogFilter(emitters, LogForm.BY_TOPIC.keySet());
  }

  static WatchedContracts followed(WalletAddress manager, ContractModel books,
      Map<WalletAddress, ServiceRegistration> arrivals) {
    Map<WalletAddress, ServiceName> services = new HashMap<>();
    books.services().forEach((contract, service) -> services.put(contract, service.name()));
    arrivals.forEach((contract, arrival) -> services.put(contract, arrival.service().name()));
    return new WatchedContracts(manager, services);
  }
}
