package io.neuronledger.indexer.decode.zerog.trace;

import io.neuronledger.contracts.value.Neuron;
import io.neuronledger.contracts.value.ServiceName;
import io.neuronledger.contracts.value.WalletAddress;
import io.neuronledger.indexer.chain.block.LogFilter;
import io.neuronledger.indexer.decode.zerog.contract.CallForm;
import io.neuronledger.indexer.decode.zerog.contract.ContractCall;
import io.neuronledger.indexer.decode.zerog.contract.LogForm;
import io.neuronledger.indexer.decode.zerog.model.ContractModel;
import io.neuronledger.indexer.decode.zerog.model.ServiceInfo;
import io.neuronledger.indexer.decode.zerog.replay.action.ServiceRegistration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The followed contracts.
 *
 * @param manager LedgerManager
 * @param services the serving contracts, with their registered names
 */
public record WatchedContracts(WalletAddress manager, Map<WalletAddress, ServiceName> services) {
  public WatchedContracts {
    services = Map.copyOf(services);
  }

  /** @param registrations the services that register in the block, by contract */
  public static WatchedContracts of(WalletAddress manager, ContractModel model,
      Map<WalletAddress, ServiceRegistration> registrations) {
    Map<WalletAddress, ServiceName> services = new HashMap<>();
    model.services().forEach((contract, service) -> services.put(contract, service.name()));
    registrations.forEach((contract, registration) -> services.put(contract, registration.service().name()));
    return new WatchedContracts(manager, services);
  }

  /**
   * The wanted logs: those of LedgerManager, of the registered contracts and of their beacons.
   *
   * @param registrations the services that register in the block, by contract
   */
  public static LogFilter logFilter(WalletAddress manager, ContractModel model,
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

  public boolean has(WalletAddress contract) {
    return contract.equals(manager) || services.containsKey(contract);
  }

  /** The decoded call; empty for calls to other contracts and calls of no interest. */
  public Optional<ContractCall> call(WalletAddress to, String input, Neuron value) {
    return has(to) ? CallForm.read(to.equals(manager), input, value) : Optional.empty();
  }

  /** Whether a call is a fine-tuning settlement. */
  boolean settlesFees(WalletAddress to, String input) {
    return services.containsKey(to) && CallForm.settlesFees(input);
  }

  /** Whether such a log passes the block's log filter. */
  boolean wants(TraceStep.Log log) {
    return has(log.emitter()) && !log.topics().isEmpty() && LogForm.BY_TOPIC.containsKey(log.topics().getFirst());
  }

  /** The contract registered under a name. */
  Optional<WalletAddress> contractOf(String serviceName) {
    return services.entrySet().stream().filter(service -> service.getValue().value().equals(serviceName))
        .map(Map.Entry::getKey).findFirst();
  }
}
