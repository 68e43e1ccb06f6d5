package io.neuronledger.query.partition;

import io.neuronledger.contracts.event.AccountRecord;
import io.neuronledger.contracts.event.Deployment;
import io.neuronledger.contracts.event.LedgerEvent;
import io.neuronledger.contracts.event.PartitionEvent;
import io.neuronledger.contracts.event.Topics;
import io.neuronledger.contracts.event.UsageEvent;
import io.neuronledger.contracts.value.WalletAddress;
import io.neuronledger.query.projection.Batch;
import io.neuronledger.query.projection.LedgerEventRecord;
import io.neuronledger.query.projection.UsageEventRecord;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongFunction;

/**
 * Takes records of one partition, in order. A record below the stored offset was read before and is passed over; every
 * other one must have exactly the next seq, else the partition halts: a higher seq is a hole, a lower one a repetition
 * or a forgery. Answers move from seal to seal; a retraction moves them back to the last seal that still stands.
 */
public final class PartitionReducer {
  private final Partition before;
  private final Set<WalletAddress> parkedOwners;
  private final SealTracker marks;

  private long nextSeq;
  private long nextOffset;
  private Optional<String> stopped = Optional.empty();
  private Optional<Deployment> deployment;

  private final List<LedgerEventRecord> lines = new ArrayList<>();
  private final List<UsageEventRecord> reported = new ArrayList<>();
  private final List<Batch.Compared> compared = new ArrayList<>();
  private final List<PartitionChanges.Terms> terms = new ArrayList<>();
  private final List<Poison> poison = new ArrayList<>();
  private final Quarantines quarantines = new Quarantines();

  /**
   * @param before where the partition stands
   * @param deployment what is followed, once that is known
   * @param parkedOwners whose records wait in this service
   * @param storedSeals the partition's seals by block, as stored before this batch
   */
  public PartitionReducer(Partition before, Optional<Deployment> deployment, Set<WalletAddress> parkedOwners,
      LongFunction<Optional<Seal>> storedSeals) {
    this.before = before;
    this.deployment = deployment;
    this.parkedOwners = new HashSet<>(parkedOwners);
    this.marks = new SealTracker(before, storedSeals);
    nextSeq = before.nextSeq();
    nextOffset = before.nextOffset();
  }

  /** Takes records until one breaks the partition; {@link #partition} says whether that happened. */
  public PartitionReducer takeAll(List<Received> records) {
    for (Received next : records) {
      try {
        take(next);
      } catch (PartitionHalted e) {
        stopped = Optional.of(Topics.ACCOUNT_EVENTS + ", partition " + before.number() + ", offset " + next.offset()
            + ": " + e.reason());
        break;
      }
    }
    return this;
  }

  private void take(Received received) {
    if (received.offset() < nextOffset) {
      return;
    }
    long seq = received.seq().orElse(nextSeq);
    if (seq != nextSeq) {
      throw PartitionHalted.foreign((seq > nextSeq ? "a hole" : "a repetition") + ": expected seq " + nextSeq
          + ", found seq " + seq);
    }
    switch (received) {
      case Received.Understood understood -> takeUnderstood(understood);
      case Received.Misplaced misplaced -> throw PartitionHalted.foreign("seq " + seq + ": " + misplaced.reason());
      case Received.NotUnderstood poisonous -> takePoison(poisonous, seq, poisonous.owner().orElseThrow(
          () -> new PartitionHalted("seq " + seq + " concerns the whole partition and is not understood: "
              + poisonous.reason()
              + ". It stays in Kafka as it is: unpark and rebuild read it again, and do not help. Start a version that "
              + "understands it, or index the chain anew, with empty Kafka topics and databases")));
    }
    nextSeq = seq + 1;
    nextOffset = received.offset() + 1;
  }

  private void takeUnderstood(Received.Understood received) {
    AccountRecord record = received.record();
    requireDeployment(record);
    switch (record.event()) {
      case PartitionEvent event -> apply(event, record);
      case LedgerEvent event -> {
        marks.requireReached(event, record.seq());
        takeEvent(event.owner(), record, received,
            () -> lines.add(new LedgerEventRecord(record, event, received.value(), marks.stretch(), false)));
      }
      case UsageEvent event -> takeEvent(event.owner(), record, received,
          () -> reported.add(new UsageEventRecord(record, event)));
    }
  }

  private void takePoison(Received.NotUnderstood poisonous, long seq, WalletAddress owner) {
    requireBegun();
    poison.add(new Poison(before.number(), seq, owner, poisonous));
    if (parkedOwners.add(owner)) {
      quarantines.add(new PartitionChanges.Quarantined(owner, seq, PartitionChanges.FoundBy.LEDGER_QUERY,
          poisonous.reason(), marks.seal()));
    }
    park(owner, seq, poisonous);
  }

  private void takeEvent(WalletAddress owner, AccountRecord record, Received received, Runnable taking) {
    if (parkedOwners.contains(owner)) {
      park(owner, record.seq(), received);
    } else {
      taking.run();
    }
  }

  private void park(WalletAddress owner, long seq, Received received) {
    quarantines.park(new PartitionChanges.Parked(seq, marks.stretch(), owner, received.offset(), received.value()));
  }

  private void requireDeployment(AccountRecord record) {
    if (!(record.event() instanceof PartitionEvent.DeploymentDeclared)) {
      requireBegun();
    }
    deployment.filter(followed -> followed.chainId() != record.chainId()).ifPresent(followed -> {
      throw new PartitionHalted("record " + record.seq() + " is of chain " + record.chainId() + ", followed is chain "
          + followed.chainId());
    });
  }

  private void requireBegun() {
    if (nextSeq == 0) {
      throw new PartitionHalted("the partition does not begin with what is followed");
    }
  }

  private void apply(PartitionEvent event, AccountRecord record) {
    long seq = record.seq();
    switch (event) {
      case PartitionEvent.DeploymentDeclared(Deployment declared) -> declare(declared, record.chainId());
      case PartitionEvent.BlockSealed sealed -> marks.seal(sealed, seq);
      case PartitionEvent.BranchRetracted(long fromBlock, int newBranch) -> retract(seq, fromBlock, newBranch);
      case PartitionEvent.ServiceTermsSet set ->
          terms.add(new PartitionChanges.Terms(set.service(), set.position().block(), set.lockPeriod()));
      case PartitionEvent.OwnerQuarantined quarantined -> quarantines.add(new PartitionChanges.Quarantined(
          quarantined.owner(), seq, PartitionChanges.FoundBy.LEDGER_COMMAND, quarantined.reason(), marks.seal()));
      case PartitionEvent.OwnerReleased(WalletAddress owner) -> quarantines.release(owner, seq);
      case PartitionEvent.ReconciliationEnded end ->
          compared.add(new Batch.Compared(before.number(), seq, end, false));
    }
  }

  private void declare(Deployment declared, long chainId) {
    if (nextSeq != 0 || declared.chainId() != chainId || !deployment.orElse(declared).equals(declared)) {
      throw new PartitionHalted("another deployment is declared: " + declared + "; followed is " + deployment);
    }
    deployment = Optional.of(declared);
  }

  private void retract(long seq, long fromBlock, int newBranch) {
    marks.retract(seq, fromBlock, newBranch);
    terms.removeIf(told -> told.block() >= fromBlock);
    compared.replaceAll(each -> each.end().block() >= fromBlock
        ? new Batch.Compared(each.partition(), each.seq(), each.end(), true) : each);
    quarantines.retract(fromBlock, marks.seal());
  }

  /** The partition behind the last record taken. */
  public Partition partition() {
    return marks.partition(before.number(), nextSeq, nextOffset, stopped);
  }

  public Partition before() {
    return before;
  }

  /** The partition's lines, each knowing whether a retraction behind it dropped it. */
  public List<LedgerEventRecord> lines() {
    return Retracted.marked(lines, marks.retractions());
  }

  /** The partition's events from off chain. */
  public List<UsageEventRecord> reported() {
    return reported;
  }

  /** The ends of comparisons with the contract, each knowing whether a retraction behind it dropped its block. */
  public List<Batch.Compared> compared() {
    return compared;
  }

  /** What the rows stored before this batch lose. */
  public Optional<Batch.Retraction> retraction() {
    return marks.deepestRetraction().map(told -> new Batch.Retraction(before.number(), told.fromBlock()));
  }

  /** Records of owners that were not understood. */
  public List<Poison> poison() {
    return poison;
  }

  Optional<Deployment> deployment() {
    return deployment;
  }

  SealTracker marks() {
    return marks;
  }

  List<PartitionChanges.Terms> terms() {
    return terms;
  }

  Quarantines quarantines() {
    return quarantines;
  }
}
