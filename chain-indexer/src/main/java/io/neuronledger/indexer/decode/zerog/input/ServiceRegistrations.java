package io.neuronledger.indexer.decode.zerog.input;

import io.neuronledger.contracts.value.WalletAddress;
import io.neuronledger.indexer.chain.ChainNode;
import io.neuronledger.indexer.chain.block.BlockData;
import io.neuronledger.indexer.chain.block.BlockRef;
import io.neuronledger.indexer.chain.block.Header;
import io.neuronledger.indexer.chain.block.LogEntry;
import io.neuronledger.indexer.chain.block.LogFilter;
import io.neuronledger.indexer.decode.CannotDecode;
import io.neuronledger.indexer.decode.zerog.contract.ContractLog;
import io.neuronledger.indexer.decode.zerog.contract.LogForm;
import io.neuronledger.indexer.decode.zerog.model.ServiceInfo;
import io.neuronledger.indexer.decode.zerog.replay.action.ServiceRegistration;
import io.neuronledger.indexer.decode.zerog.state.StateReader;
import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** The serving contracts that register in a block, with the state that no log carries. */
public final class ServiceRegistrations {
  private final WalletAddress manager;
  private final ChainNode node;

  public ServiceRegistrations(WalletAddress manager, ChainNode node) {
    this.manager = manager;
    this.node = node;
  }

  boolean any(BlockData block) {
    return block.logs().stream().anyMatch(this::registers);
  }

  /** The addresses of the serving contracts that register in these blocks. */
  public Set<WalletAddress> addresses(List<BlockData> blocks) {
    return blocks.stream().flatMap(block -> block.logs().stream()).filter(this::registers)
        .flatMap(log -> registered(log).stream()).map(ContractLog.ServiceRegistered::serviceAddress)
        .collect(Collectors.toUnmodifiableSet());
  }

  /** @param readable the block, or one after it, whose state the node holds */
  public Map<WalletAddress, ServiceRegistration> in(BlockData block, Supplier<BlockRef> readable) {
    Map<WalletAddress, ServiceRegistration> registrations = new LinkedHashMap<>();
    for (LogEntry log : block.logs()) {
      if (registers(log)) {
        registered(log).ifPresent(service ->
            registrations.put(service.serviceAddress(), registration(block, log, service, readable.get())));
      }
    }
    return registrations;
  }

  private ServiceRegistration registration(BlockData block, LogEntry log, ContractLog.ServiceRegistered registered,
      BlockRef readable) {
    StateReader state = new StateReader(manager, node, readable);
    ServiceInfo service = state.service(registered.serviceAddress(), registered.serviceName());
    ServiceInfo then = lockPeriodThen(block, registered.serviceAddress(), log.index())
        .map(service::lockPeriod).orElse(service);
    Set<WalletAddress> namers = new HashSet<>(Set.of(registered.serviceAddress()));
    service.beacon().ifPresent(namers::add);
    requireNotUpgraded(node, namers, block.header(), readable);
    return new ServiceRegistration(then, state.serviceCode(registered.serviceAddress(), registered.serviceName()));
  }

  /**
   * Requires that no upgrade lies between the block and the readable state: only then is the code the same at both.
   *
   * @param namers the beacons and proxies that name the code
   */
  public static void requireNotUpgraded(ChainNode node, Set<WalletAddress> namers, Header block, BlockRef readable) {
    BlockRangeReader.check(node, block.number(), readable);
    LogFilter upgrades = new LogFilter(namers, Set.of(LogForm.UPGRADED.topic()));
    Header last = block;
    while (last.number() < readable.number()) {
      for (BlockData later : BlockRangeReader.chunk(node, last, readable.number(), false, upgrades)) {
        if (!later.logs().isEmpty()) {
          throw CannotDecode.withThisNode(node.name() + " does not hold the contracts' state after block "
              + block.number() + " any more, and the code named by " + later.logs().getFirst().emitter() + " "
              + "became another one in block " + later.header().number() + ": the code before it is unknown. Use a "
              + "node that keeps old states (an archive node).");
        }
        last = later.header();
      }
    }
  }

  private boolean registers(LogEntry log) {
    return log.emitter().equals(manager) && log.topics().getFirst().equals(LogForm.SERVICE_REGISTERED.topic());
  }

  /** Malformed logs are ignored here; replay fails on them. */
  private static Optional<ContractLog.ServiceRegistered> registered(LogEntry log) {
    try {
      return Optional.of((ContractLog.ServiceRegistered) LogForm.SERVICE_REGISTERED.read(log));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /** A change in the same block has the period before it; the state has only the period after it. */
  private static Optional<Duration> lockPeriodThen(BlockData block, WalletAddress service, int after) {
    return block.logs().stream().filter(log -> log.emitter().equals(service) && log.index() > after
            && log.topics().getFirst().equals(LogForm.LOCK_TIME_UPDATED.topic()))
        .findFirst().map(LogForm.LOCK_TIME_UPDATED::read)
        .map(log -> ((ContractLog.LockTimeUpdated) log).oldLockTime());
  }
}
