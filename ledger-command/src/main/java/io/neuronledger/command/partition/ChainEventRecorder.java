package io.neuronledger.command.partition;

import io.neuronledger.command.account.ServiceTerms;
import io.neuronledger.command.quarantine.Quarantine;
import io.neuronledger.contracts.event.Cause;
import io.neuronledger.contracts.event.ChainEvent;
import io.neuronledger.contracts.event.Deployment;
import io.neuronledger.contracts.event.PartitionEvent;
import io.neuronledger.contracts.topic.ChainRecord;
import io.neuronledger.contracts.value.ChainPosition;
import io.neuronledger.contracts.value.ServiceName;
import io.neuronledger.contracts.value.WalletAddress;
import io.neuronledger.foundation.partitionlog.ParsedRecord;
import io.neuronledger.foundation.partitionlog.reader.Delivered;
import io.neuronledger.foundation.partitionlog.reader.PartitionHalted;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Applies one partition's chain records in order: to its owners, or to the partition. One instance per unit of work.
 */
final class ChainEventRecorder {
  private final PartitionStores stores;
  private final PartitionState state;
  private final PartitionUnitOfWork unit;

  ChainEventRecorder(PartitionStores stores, PartitionState state, PartitionUnitOfWork unit) {
    this.stores = stores;
    this.state = state;
    this.unit = unit;
  }

  void apply(Delivered<ChainRecord> next) {
    boolean declares = next.parsed() instanceof ParsedRecord.Valid<ChainRecord> valid
        && valid.value().event() instanceof ChainEvent.DeploymentDeclared;
    if (state.row.nextSequence() == 0 && !declares) {
      throw halted("the first record does not declare the deployment: " + next.parsed());
    }
    switch (next.parsed()) {
      case ParsedRecord.Malformed<ChainRecord> malformed -> quarantine(next, next.owner().orElseThrow(), malformed);
      case ParsedRecord.Valid<ChainRecord> valid -> apply(next, valid.value());
    }
  }

  private void apply(Delivered<ChainRecord> next, ChainRecord chainRecord) {
    if (!(chainRecord.event() instanceof ChainEvent.DeploymentDeclared)) {
      checkContinuity(chainRecord);
    }
    switch (chainRecord.event()) {
      case ChainEvent.OwnerFact fact when state.quarantined.contains(fact.owner()) ->
          park(next, fact.owner(), Optional.of(chainRecord.position().block()));
      case ChainEvent.OwnerFact fact -> unit.record(fact, chainRecord.cause(), state.terms);
      case ChainEvent.Broadcast broadcast -> applyBroadcast(next.seq(), chainRecord, broadcast);
    }
    state.row = state.row.at(chainRecord.position());
  }

  private void applyBroadcast(long seq, ChainRecord chainRecord, ChainEvent.Broadcast broadcast) {
    switch (broadcast) {
      case ChainEvent.DeploymentDeclared declared -> declareDeployment(chainRecord, declared.deployment());
      case ChainEvent.BlockSealed seal -> sealBlock(chainRecord, seal);
      case ChainEvent.BranchRetracted retraction -> retractBranch(chainRecord, retraction);
      case ChainEvent.ServiceRegistered service ->
          setTerms(seq, chainRecord, service.service(), service.lockPeriod());
      case ChainEvent.ReconciliationEnded run -> unit.append(new PartitionEvent.ReconciliationEnded(run.run(),
          chainRecord.position().block(), chainRecord.blockHash(), chainRecord.blockTime(), chainRecord.branch(),
          run.owners(), run.held(), run.owed()));
      case ChainEvent.LockPeriodSet period -> setTerms(seq, chainRecord, period.service(), period.lockPeriod());
      case ChainEvent.PriceSet set -> unit.append(new PartitionEvent.PriceSet(set.provider(), set.service(),
          set.price(), chainRecord.position(), chainRecord.blockTime(), chainRecord.branch()));
    }
  }

  private void checkContinuity(ChainRecord chainRecord) {
    Deployment followed = state.deployment.orElseThrow();
    if (followed.chainId() != chainRecord.chainId()) {
      throw halted("a record of chain " + chainRecord.chainId() + ", but this store follows " + followed);
    }
    boolean retraction = chainRecord.event() instanceof ChainEvent.BranchRetracted;
    if (!retraction && chainRecord.branch() != state.row.branch()) {
      throw halted("a record of branch " + chainRecord.branch() + ", but the partition is on branch "
          + state.row.branch() + ": " + chainRecord);
    }
    if (!retraction) {
      checkBlock(chainRecord);
    }
  }

  /**
   * A partition is sealed in the blocks in which it has records: a record belongs to the block that is not sealed yet,
   * or to any later one than the last sealed; an observation, and the seal after it, also to the sealed one.
   */
  private void checkBlock(ChainRecord chainRecord) {
    long sealed = state.row.sealedBlock();
    if (sealed < 0) {
      return;
    }
    long block = chainRecord.position().block();
    long open = Math.max(sealed, state.row.last().block());
    boolean expected = open > sealed ? block == open : block > sealed || isObserved(chainRecord);
    if (!expected) {
      throw halted("seq " + chainRecord.seq() + " belongs to block " + block + ", but "
          + (open > sealed ? "block " + open + " is not sealed yet" : "the last sealed block is " + sealed) + ": "
          + chainRecord.event());
    }
  }

  /** Whether it is an observation of the sealed block, after its seal, or the seal that follows one. */
  private boolean isObserved(ChainRecord chainRecord) {
    ChainPosition last = state.row.last();
    boolean kind = chainRecord.event() instanceof ChainEvent.StateObserved
        || chainRecord.event() instanceof ChainEvent.ReconciliationEnded
        || (chainRecord.event() instanceof ChainEvent.BlockSealed
            && last.compareTo(ChainPosition.endOf(state.row.sealedBlock(), 0)) > 0);
    return kind && chainRecord.position().compareTo(last) > 0;
  }

  private void declareDeployment(ChainRecord chainRecord, Deployment deployment) {
    if (state.row.nextSequence() != 0 || deployment.chainId() != chainRecord.chainId()) {
      throw halted("seq " + chainRecord.seq() + " of chain " + chainRecord.chainId()
          + " declares a deployment; only the first" + " record may, and only for its own chain: " + deployment);
    }
    Deployment stored = stores.tables().deployment().declare(deployment);
    if (!stored.equals(deployment)) {
      throw halted("the chain events belong to a different deployment than this store. Stored: " + stored
          + "; declared: " + deployment + ". Use the store of that deployment, or an empty one");
    }
    if (deployment.partitions() != stores.partitions().count()) {
      throw halted("the deployment has " + deployment.partitions() + " partitions, but neuron-ledger.partitions is "
          + stores.partitions().count());
    }
    state.deployment = Optional.of(stored);
    unit.append(new PartitionEvent.DeploymentDeclared(stored));
  }

  private void sealBlock(ChainRecord chainRecord, ChainEvent.BlockSealed seal) {
    unit.emitDueLocks(chainRecord.cause());
    long block = chainRecord.position().block();
    state.row = state.row.sealed(block, seal.finalizedBlock());
    if (!state.quarantined.isEmpty()) {
      stores.quarantine().assignBlock(state.row.partition(), block);
    }
    unit.append(new PartitionEvent.BlockSealed(block, chainRecord.blockHash(), chainRecord.blockTime(),
        chainRecord.branch(), seal.finalizedBlock(), chainRecord.seq() + 1));
  }

  /**
   * Repeats the last seal where no chain record has come since: the next one may be far away, and readers show only
   * what a seal follows. Where a record has come, its block's seal follows.
   */
  void repeatSeal() {
    stores.tables().events().lastSeal(state.row.partition())
        .filter(seal -> seal.chainNext() == state.row.nextSeq())
        .ifPresent(seal -> {
          unit.emitDueLocks(new Cause(state.row.last(), seal.branch(), seal.blockHash(), seal.blockTime(),
              Optional.empty()));
          unit.append(seal);
        });
  }

  private void setTerms(long seq, ChainRecord chainRecord, ServiceName service, Duration lockPeriod) {
    stores.tables().terms().set(state.row.partition(), seq, chainRecord.position().block(), service, lockPeriod);
    unit.name(service, chainRecord.position().block(), Optional.of(chainRecord.blockTime())
        .filter(_ -> chainRecord.position().block() > state.deployment.orElseThrow().startBlock()));
    Map<ServiceName, Duration> periods = new HashMap<>(state.terms.lockPeriods());
    periods.put(service, lockPeriod);
    state.terms = new ServiceTerms(periods);
    unit.append(new PartitionEvent.ServiceTermsSet(service, lockPeriod, chainRecord.position(),
        chainRecord.blockTime(), chainRecord.branch()));
  }

  private void retractBranch(ChainRecord chainRecord, ChainEvent.BranchRetracted retraction) {
    if (retraction.branch() != state.row.branch() + 1) {
      throw halted("a retraction to branch " + retraction.branch() + ", but the partition is on branch "
          + state.row.branch());
    }
    int partition = state.row.partition();
    long fromBlock = retraction.fromBlock();
    if (fromBlock <= state.row.finalizedBlock()) {
      throw halted("blocks from " + fromBlock + " on are retracted, but block " + state.row.finalizedBlock()
          + " is final");
    }
    state.row = state.row.retracted(fromBlock, retraction.branch());
    unit.append(new PartitionEvent.BranchRetracted(fromBlock, retraction.branch()));
    stores.tables().terms().retract(partition, fromBlock);
    state.terms = stores.tables().terms().current(partition);
    stores.tables().services().retract(partition, fromBlock);
    state.services = stores.tables().services().of(partition);
    unit.rewind(fromBlock, chainRecord.cause());
    for (WalletAddress owner : stores.quarantine().retract(partition, fromBlock)) {
      release(owner);
    }
  }

  /** Ends the owner's quarantine; the caller has replayed or retracted all of its parked records. */
  void release(WalletAddress owner) {
    stores.quarantine().remove(owner);
    state.quarantined.remove(owner);
    unit.restoreLocks(owner);
    unit.append(new PartitionEvent.OwnerReleased(owner));
  }

  private void quarantine(Delivered<ChainRecord> next, WalletAddress owner,
      ParsedRecord.Malformed<ChainRecord> malformed) {
    String reason = "seq " + next.seq() + " at offset " + next.offset() + ": " + malformed.reason();
    byte[] key = owner.value().getBytes(StandardCharsets.UTF_8);
    stores.deadLetters().copy(state.row.partition(), next.seq(), next.offset(), key, next.value().bytes(), reason);
    if (state.quarantined.add(owner)) {
      stores.quarantine().add(state.row.partition(), owner, reason);
      unit.clearLocks(owner);
      unit.append(new PartitionEvent.OwnerQuarantined(owner, state.row.last(), reason));
    }
    // What it names as its block is no more to be trusted than the rest of it: the next seal has it.
    park(next, owner, Optional.empty());
  }

  private void park(Delivered<ChainRecord> next, WalletAddress owner, Optional<Long> block) {
    stores.quarantine().park(state.row.partition(), owner, next.offset(),
        new Quarantine.ParkedRecord(next.seq(), block, next.value()));
  }

  private PartitionHalted halted(String why) {
    return new PartitionHalted("partition " + state.row.partition() + ": " + why);
  }
}
