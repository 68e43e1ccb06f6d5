package io.neuronledger.command.partition;

import io.neuronledger.command.account.ServiceTerms;
import io.neuronledger.command.lock.PartitionLocks;
import io.neuronledger.command.store.PartitionRow;
import io.neuronledger.contracts.event.Deployment;
import io.neuronledger.contracts.value.ServiceName;
import io.neuronledger.contracts.value.WalletAddress;
import java.util.Optional;
import java.util.Set;

/**
 * The state of a partition that the intake keeps between two units of work, all of it read from the store. A failed
 * unit of work leaves it inconsistent: drop it and load it again.
 */
public final class PartitionState {
  final Set<WalletAddress> quarantined;
  final PartitionLocks locks;
  final SnapshotPlan snapshots = new SnapshotPlan();
  PartitionRow row;
  ServiceTerms terms;
  Set<ServiceName> services;
  Optional<Deployment> deployment;

  /** @param services those that its chain events have named */
  PartitionState(PartitionRow row, ServiceTerms terms, Set<ServiceName> services, Optional<Deployment> deployment,
      Set<WalletAddress> quarantined, PartitionLocks locks) {
    this.row = row;
    this.terms = terms;
    this.services = services;
    this.deployment = deployment;
    this.quarantined = quarantined;
    this.locks = locks;
  }

  public long nextSeq() {
    return row.nextSeq();
  }

  public long nextOffset() {
    return row.nextOffset();
  }

  /** The stored deployment as text, "nothing" before there is one. */
  public String deployment() {
    return deployment.map(Object::toString).orElse("nothing");
  }

  public boolean follows(Deployment declared) {
    return deployment.isPresent() && deployment.get().equals(declared);
  }

  public int quarantinedOwners() {
    return quarantined.size();
  }
}
