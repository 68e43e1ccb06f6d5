package io.neuronledger.indexer.decode.zerog.input;

import io.neuronledger.contracts.value.ServiceName;
import io.neuronledger.contracts.value.WalletAddress;
import io.neuronledger.indexer.chain.block.LogFilter;
import io.neuronledger.indexer.decode.zerog.contract.LogForm;
import io.neuronledger.indexer.decode.zerog.model.ContractModel;
import io.neuronledger.indexer.decode.zerog.model.ServiceInfo;
import io.neuronledger.indexer.decode.zerog.replay.action.ServiceRegistration;
import io.neuronledger.indexer.decode.zerog.trace.WatchedContracts;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** The emitters of the followed logs: LedgerManager, the registered contracts and their beacons. */
public final class ContractEmitters {
  private ContractEmitters() {}

  public static LogFilter filter(WalletAddress manager, ContractModel model) {
    return filter(manager, model, Map.of());
  }

  /** @param registrations the services that register in the block */
  public static LogFilter filter(WalletAddress manager, ContractModel model,
      Map<WalletAddress, ServiceRegistration> registrations) {
    Set<WalletAddress> emitters = new HashSet<>(Set.of(manager));
    model.managerBeacon().ifPresent(emitters::add);
    Map<WalletAddress, ServiceInfo> services = new HashMap<>(model.services());
    registrations.forEach((contract, registration) -> services.put(contract, registration.service()));
    services.forEach((contract, service) -> {
      emitters.add(contract);
      service.beacon().ifPresent(emitters::add);
    });
    return new LogFilter(emitters, LogForm.BY_TOPIC.keySet());
  }

  public static WatchedContracts followed(WalletAddress manager, ContractModel model,
      Map<WalletAddress, ServiceRegistration> registrations) {
    Map<WalletAddress, ServiceName> services = new HashMap<>();
    model.services().forEach((contract, service) -> services.put(contract, service.name()));
    registrations.forEach((contract, registration) -> services.put(contract, registration.service().name()));
    return new WatchedContracts(manager, services);
  }
}
