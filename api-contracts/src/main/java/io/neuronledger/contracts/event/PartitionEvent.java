package io.neuronledger.contracts.event;

import io.neuronledger.contracts.value.ChainPosition;
import io.neuronledger.contracts.value.Hash;
import io.neuronledger.contracts.value.Neuron;
import io.neuronledger.contracts.value.ServiceName;
import io.neuronledger.contracts.value.WalletAddress;
import java.time.Duration;
import java.time.Instant;

/** What concerns a whole partition of account events: one copy in each, in order. */
public sealed interface PartitionEvent extends AccountEvent {
  /** The first record of every partition. */
  record DeploymentDeclared(Deployment deployment) implements PartitionEvent {}

  /**
   * Everything of this block has been said in this partition: from here on answers may show it.
   *
   * @param blockTime the block's timestamp, whole seconds
   * @param finalizedBlock the highest block known to be final then; −1 where none is
   */
  record BlockSealed(long block, Hash blockHash, Instant blockTime, int branch, long finalizedBlock)
      implements PartitionEvent {}

  /** The blocks from {@code fromBlock} on are gone; what follows belongs to {@code branch}. */
  record BranchRetracted(long fromBlock, int branch) implements PartitionEvent {}

  /** The service's lock period from this position on, for refunds already waiting too. */
  record ServiceTermsSet(ServiceName service, Duration lockPeriod, ChainPosition position, int branch)
      implements PartitionEvent {}

  /**
   * A chain record of this owner could not be understood: it and all later ones wait, in order.
   *
   * @param position where the partition stood; the owner's answers stay at the seal before it
   * @param reason for people
   */
  record OwnerQuarantined(WalletAddress owner, ChainPosition position, String reason) implements PartitionEvent {}

  /** What was parked of this owner has been recorded; the owner is with its partition again. */
  record OwnerReleased(WalletAddress owner) implements PartitionEvent {}

  /**
   * Every owner's state of this run has been compared with the contract's at this block. Those that differed were
   * restated before ({@link LedgerEvent.LedgerRestated} with the run's name, in the owners' partitions); all others
   * were equal.
   *
   * @param run names it, for ever
   * @param blockTime the block's timestamp, whole seconds
   * @param owners how many states were compared, over all partitions
   * @param held the coins that the contract of the ledgers holds at that block
   * @param owed what its ledgers say that it holds; never more than {@code held}, where nothing is lost
   */
  record ReconciliationEnded(String run, long block, Hash blockHash, Instant blockTime, int branch, long owners,
      Neuron held, Neuron owed) implements PartitionEvent {}
}
