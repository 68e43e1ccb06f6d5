package io.neuronledger.command.partition;

import io.neuronledger.command.account.ServiceTerms;
import io.neuronledger.command.quarantine.Quarantine;
import io.neuronledger.contracts.event.ChainEvent;
import io.neuronledger.contracts.event.ChainRecord;
import io.neuronledger.contracts.event.Deployment;
import io.neuronledger.contracts.event.PartitionEvent;
import io.neuronledger.contracts.value.ChainPosition;
import io.neuronledger.contracts.value.ServiceName;
import io.neuronledger.contracts.value.WalletAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Takes the records of one partition in their order, each to where it belongs. One of these per unit of work. */
final class ChainEventRecorder {
  private final PartitionStores stores;
  private final PartitionState memory;
  private final PartitionUnitOfWork unit;

  ChainEventRecorder(PartitionStores stores, PartitionState memory, PartitionUnitOfWork unit) {
    this.stores = stores;
    this.memory = memory;
    this.unit = unit;
  }

  void take(PartitionRecord next) {
    boolean declares = next.reading() instanceof Reading.Understood understood
        && understood.chainRecord().event() instanceof ChainEvent.DeploymentDeclared;
    if (memory.row.nextSequence() == 0 && !declares) {
      throw stopped("its first record does not declare the deployment: " + next.reading());
    }
    switch (next.reading()) {
      case Reading.NotUnderstood not -> poison(next, next.owner().orElseThrow(), not);
      case Reading.Understood understood -> take(next, understood.chainRecord());
    }
  }

  private void take(PartitionRecord next, ChainRecord chainRecord) {
    if (!(chainRecord.event() instanceof ChainEvent.DeploymentDeclared)) {
      checkContinuity(chainRecord);
    }
    switch (chainRecord.event()) {
      case ChainEvent.OwnerFact fact when memory.quarantined.contains(fact.owner()) ->
          park(next, fact.owner(), chainRecord.position().block());
      case ChainEvent.OwnerFact fact -> unit.record(fact, chainRecord.cause(), memory.terms);
      case ChainEvent.Broadcast broadcast -> broadcast(next.seq(), chainRecord, broadcast);
    }
    memory.row = memory.row.at(chainRecord.position());
  }

  private void broadcast(long seq, ChainRecord chainRecord, ChainEvent.Broadcast broadcast) {
    switch (broadcast) {
      case ChainEvent.DeploymentDeclared declared -> declared(chainRecord, declared.deployment());
      case ChainEvent.BlockSealed seal -> sealed(chainRecord, seal);
      case ChainEvent.BranchRetracted retraction -> retracted(chainRecord, retraction);
      case ChainEvent.ServiceRegistered service ->
          terms(seq, chainRecord, service.service(), service.lockPeriod());
      case ChainEvent.ReconciliationEnded run -> unit.say(new PartitionEvent.ReconciliationEnded(run.run(),
          chainRecord.position().block(), chainRecord.blockHash(), chainRecord.blockTime(), chainRecord.branch(),
          run.owners(), run.held(), run.owed()));
      case ChainEvent.LockPeriodSet period -> terms(seq, chainRecord, period.service(), period.lockPeriod());
    }
  }

  private void checkContinuity(ChainRecord chainRecord) {
    Deployment followed = memory.deployment.orElseThrow();
    if (followed.chainId() != chainRecord.chainId()) {
      throw stopped("a record of chain " + chainRecord.chainId() + ", but this store follows " + followed);
    }
    boolean retraction = chainRecord.event() instanceof ChainEvent.BranchRetracted;
    if (!retraction && chainRecord.branch() != memory.row.branch()) {
      throw stopped("a record of branch " + chainRecord.branch() + " while the partition is on " + memory.row.branch()
          + ": " + chainRecord);
    }
    if (!retraction) {
      checkBlock(chainRecord);
    }
  }

  /** A record is of the block after the sealed one; what is observed, and the seal after it, is of the sealed one. */
  private void checkBlock(ChainRecord chainRecord) {
    long sealed = memory.row.sealedBlock();
    long block = chainRecord.position().block();
    boolean observed = chainRecord.event() instanceof ChainEvent.StateObserved
        || chainRecord.event() instanceof ChainEvent.ReconciliationEnded
        || (chainRecord.event() instanceof ChainEvent.BlockSealed && isObservedSince(sealed, chainRecord));
    if (sealed >= 0 && block != (observed ? sealed : sealed + 1)) {
      throw stopped("seq " + chainRecord.seq() + " is of block " + block + ", and the last sealed block is " + sealed
          + ": " + chainRecord.event());
    }
  }

  /** Whether the states of the sealed block were read after its seal: the record before this one is of them. */
  private boolean isObservedSince(long sealed, ChainRecord chainRecord) {
    ChainPosition last = memory.row.last();
    return chainRecord.position().block() == sealed && last.compareTo(ChainPosition.endOf(sealed, 0)) > 0
        && chainRecord.position().compareTo(last) > 0;
  }

  private void declared(ChainRecord chainRecord, Deployment deployment) {
    if (memory.row.nextSequence() != 0 || deployment.chainId() != chainRecord.chainId()) {
      throw stopped("seq " + chainRecord.seq() + " of chain " + chainRecord.chainId() + " declares a deployment, which"
          + " only the first record may, for its own chain: " + deployment);
    }
    Deployment stored = stores.deployment().declared(deployment);
    if (!stored.equals(deployment)) {
      throw stopped("its chain events belong to another deployment than this store. Stored: " + stored + "; declared: "
          + deployment + ". Use the store of that deployment, or a fresh one");
    }
    if (deployment.partitions() != stores.partitions().count()) {
      throw stopped("the deployment has " + deployment.partitions() + " partitions, and neuron-ledger.partitions says "
          + stores.partitions().count());
    }
    memory.deployment = Optional.of(stored);
    unit.say(new PartitionEvent.DeploymentDeclared(stored));
  }

  private void sealed(ChainRecord chainRecord, ChainEvent.BlockSealed seal) {
    unit.announceDue(chainRecord.cause());
    long block = chainRecord.position().block();
    memory.row = memory.row.sealed(block, seal.finalizedBlock());
    unit.say(new PartitionEvent.BlockSealed(block, chainRecord.blockHash(), chainRecord.blockTime(),
        chainRecord.branch(),
        seal.finalizedBlock()));
  }

  private void terms(long seq, ChainRecord chainRecord, ServiceName service, Duration lockPeriod) {
    stores.terms().set(memory.row.partition(), seq, chainRecord.position().block(), service, lockPeriod);
    Map<ServiceName, Duration> periods = new HashMap<>(memory.terms.lockPeriods());
    periods.put(service, lockPeriod);
    memory.terms = new ServiceTerms(periods);
    unit.say(new PartitionEvent.ServiceTermsSet(service, lockPeriod, chainRecord.position(), chainRecord.branch()));
  }

  private void retracted(ChainRecord chainRecord, ChainEvent.BranchRetracted retraction) {
    if (retraction.branch() != memory.row.branch() + 1) {
      throw stopped("branch " + retraction.branch() + " follows branch " + memory.row.branch());
    }
    int partition = memory.row.partition();
    long fromBlock = retraction.fromBlock();
    if (fromBlock <= memory.row.finalizedBlock()) {
      throw stopped("blocks from " + fromBlock + " on are taken back, and " + memory.row.finalizedBlock()
          + " was final");
    }
    memory.row = memory.row.retracted(fromBlock, retraction.branch());
    unit.say(new PartitionEvent.BranchRetracted(fromBlock, retraction.branch()));
    stores.terms().retract(partition, fromBlock);
    memory.terms = stores.terms().current(partition);
    unit.rewind(fromBlock, chainRecord.cause());
    for (WalletAddress owner : stores.quarantine().retract(partition, fromBlock)) {
      release(owner);
    }
  }

  /** Nothing of the owner waits any more. */
  void release(WalletAddress owner) {
    stores.quarantine().remove(owner);
    memory.quarantined.remove(owner);
    unit.remindLocks(owner);
    unit.say(new PartitionEvent.OwnerReleased(owner));
  }

  private void poison(PartitionRecord next, WalletAddress owner, Reading.NotUnderstood not) {
    String reason = "seq " + next.seq() + " at offset " + next.offset() + ": " + not.reason();
    byte[] key = owner.value().getBytes(StandardCharsets.UTF_8);
    stores.deadLetters().copy(memory.row.partition(), next.seq(), next.offset(), key, next.value().bytes(), reason);
    if (memory.quarantined.add(owner)) {
      stores.quarantine().add(memory.row.partition(), owner, reason);
      unit.forgetLocks(owner);
      unit.say(new PartitionEvent.OwnerQuarantined(owner, memory.row.last(), reason));
    }
    park(next, owner, not.block().orElse(memory.row.sealedBlock() + 1));
  }

  private void park(PartitionRecord next, WalletAddress owner, long block) {
    stores.quarantine().park(memory.row.partition(), owner, next.offset(),
        new Quarantine.Parked(next.seq(), block, next.value()));
  }

  private PartitionHalted stopped(String why) {
    return new PartitionHalted("partition " + memory.row.partition() + ": " + why);
  }
}
