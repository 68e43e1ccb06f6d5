package io.neuronledger.command.lane;

import io.neuronledger.command.account.ServiceTerms;
import io.neuronledger.command.lock.LaneLocks;
import io.neuronledger.command.store.LaneRow;
import io.neuronledger.contracts.event.Deployment;
import io.neuronledger.contracts.value.WalletAddress;
import java.util.Optional;
import java.util.Set;

/**
 * What the intake remembers of a lane between two units of work, all of it read from the store. A unit of work that fails
 * leaves it in pieces: throw it away and read it again.
 */
public final class LaneMemory {
  final Set<WalletAddress> quarantined;
  final LaneLocks locks;
  final SnapshotPlan snapshots = new SnapshotPlan();
  LaneRow row;
  ServiceTerms terms;
  Optional<Deployment> deployment;

  LaneMemory(LaneRow row, ServiceTerms terms, Optional<Deployment> deployment, Set<WalletAddress> quarantined,
      LaneLocks locks) {
    this.row = row;
    this.terms = terms;
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

  /** What the store follows, for people. */
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
