package io.neuronledger.contracts.event;

import io.neuronledger.contracts.price.ServicePrice;
import io.neuronledger.contracts.value.ChainPosition;
import io.neuronledger.contracts.value.Hash;
import io.neuronledger.contracts.value.Neuron;
import io.neuronledger.contracts.value.ServiceName;
import io.neuronledger.contracts.value.WalletAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** An event of a whole partition of account events: one copy in each partition, in order. */
public sealed interface PartitionEvent extends AccountEvent {
  /** The first record of every partition. */
  record DeploymentDeclared(Deployment deployment) implements PartitionEvent {}

  /**
   * This partition holds every event up to this block: from here on answers may show the block. A block without a
   * record of the partition has no seal there. After {@link OwnerReleased} the last seal may come once more.
   *
   * @param blockTime the block's timestamp, whole seconds
   * @param finalizedBlock the highest final block at that time; −1 where none is
   * @param chainNext the next {@code seq} of the partition's chain events: all before it have been recorded
   */
  record BlockSealed(long block, Hash blockHash, Instant blockTime, int branch, long finalizedBlock, long chainNext)
      implements PartitionEvent {}

  /** The blocks from {@code fromBlock} on are retracted; later events belong to {@code branch}. */
  record BranchRetracted(long fromBlock, int branch) implements PartitionEvent {}

  /**
   * The service's lock period from this position on, for pending refunds too. The first one of a service is its
   * registration: from the block's time on there is such a service.
   *
   * @param blockTime the block's timestamp, whole seconds
   */
  record ServiceTermsSet(ServiceName service, Duration lockPeriod, ChainPosition position, Instant blockTime,
      int branch) implements PartitionEvent {}

  /**
   * The provider's price for a service from this position on.
   *
   * @param price absent: the provider no longer offers the service
   * @param blockTime the block's timestamp, whole seconds
   */
  record PriceSet(WalletAddress provider, ServiceName service, Optional<ServicePrice> price, ChainPosition position,
      Instant blockTime, int branch) implements PartitionEvent {}

  /**
   * A chain record of this owner could not be processed: it and all later ones are parked, in order.
   *
   * @param position the partition's position; the owner's answers stay at the seal before it
   * @param reason the reason, as readable text
   */
  record OwnerQuarantined(WalletAddress owner, ChainPosition position, String reason) implements PartitionEvent {}

  /** The owner's parked records have been recorded; the owner is up to date with its partition again. */
  record OwnerReleased(WalletAddress owner) implements PartitionEvent {}

  /**
   * Every owner's state has been compared with the contract's at this block. States that differed were restated
   * before ({@link LedgerEvent.LedgerRestated} with the run's name, in the owners' partitions); all others were equal.
   *
   * @param run the run's name, permanent
   * @param blockTime the block's timestamp, whole seconds
   * @param owners the number of compared states, over all partitions
   * @param held the native balance of the ledgers' contract at that block
   * @param owed the sum of its ledgers; at most {@code held}, where no money is lost
   */
  record ReconciliationEnded(String run, long block, Hash blockHash, Instant blockTime, int branch, long owners,
      Neuron held, Neuron owed) implements PartitionEvent {}
}
