package io.neuronledger.query.partition;

import io.neuronledger.contracts.event.AccountEvent;
import io.neuronledger.contracts.event.Deployment;
import io.neuronledger.contracts.event.LedgerEvent;
import io.neuronledger.contracts.event.PartitionEvent;
import io.neuronledger.contracts.event.UsageEvent;
import io.neuronledger.contracts.topic.AccountRecord;
import io.neuronledger.contracts.topic.Topics;
import io.neuronledger.contracts.value.WalletAddress;
import io.neuronledger.foundation.partitionlog.ParsedRecord;
import io.neuronledger.foundation.partitionlog.reader.Delivered;
import io.neuronledger.foundation.partitionlog.reader.PartitionBatch;
import io.neuronledger.foundation.partitionlog.reader.PartitionHalted;
import io.neuronledger.query.partition.change.Partition;
import io.neuronledger.query.partition.change.PartitionChanges;
import io.neuronledger.query.partition.change.Retracted;
import io.neuronledger.query.partition.change.Seal;
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
 * Processes the records of one partition in order. Answers advance from seal to seal; a retraction moves them back to
 * the last seal before it.
 */
public final class PartitionReducer {
  private final Partition before;
  private final Set<WalletAddress> parkedOwners;
  private final SealTracker sealTracker;
  private final DayTracker dayTracker;

  private long nextSeq;
  private long nextOffset;
  private Optional<String> stopped = Optional.empty();
  private Optional<Deployment> deployment;

  private final List<LedgerEventRecord> lines = new ArrayList<>();
  private final List<UsageEventRecord> usageEvents = new ArrayList<>();
  private final List<Batch.Comparison> comparisons = new ArrayList<>();
  private final List<Batch.PeriodDecision> decisions = new ArrayList<>();
  private final List<PartitionChanges.Terms> terms = new ArrayList<>();
  private final List<PartitionEvent.PriceSet> prices = new ArrayList<>();
  private final List<Batch.Named> named = new ArrayList<>();
  private final List<Poison> poison = new ArrayList<>();
  private final Quarantines quarantines = new Quarantines();

  /**
   * @param before the partition before this batch
   * @param deployment the deployment that is followed; empty before it is declared
   * @param parkedOwners the owners whose records this service parks
   * @param storedSealBefore the partition's newest seal below a block, as stored before this batch
   */
  public PartitionReducer(Partition before, Optional<Deployment> deployment, Set<WalletAddress> parkedOwners,
      LongFunction<Optional<Seal>> storedSealBefore) {
    this.before = before;
    this.deployment = deployment;
    this.parkedOwners = new HashSet<>(parkedOwners);
    this.sealTracker = new SealTracker(before, storedSealBefore);
    this.dayTracker = new DayTracker(before);
    nextSeq = before.nextSeq();
    nextOffset = before.nextOffset();
  }

  /** Processes records until one halts the partition; {@link #partition} reports whether that happened. */
  public PartitionReducer processAll(PartitionBatch<AccountRecord> batch) {
    for (Delivered<AccountRecord> next : batch.records()) {
      try {
        process(next);
      } catch (PartitionHalted e) {
        stopped = Optional.of(Topics.ACCOUNT_EVENTS + ", partition " + before.number() + ", offset " + next.offset()
            + ": " + e.reason());
        return this;
      }
    }
    stopped = batch.halt();
    return this;
  }

  private void process(Delivered<AccountRecord> next) {
    switch (next.parsed()) {
      case ParsedRecord.Valid<AccountRecord> valid -> processValid(next, valid.value());
      case ParsedRecord.Malformed<AccountRecord> malformed -> {
        WalletAddress owner =
            next.owner().orElseThrow(() -> PartitionHalted.unreadable(next.seq(), malformed.reason()));
        processPoison(new Poison(before.number(), owner, next, malformed.reason()));
      }
    }
    nextSeq = next.seq() + 1;
    nextOffset = next.offset() + 1;
  }

  private void processValid(Delivered<AccountRecord> received, AccountRecord record) {
    requireDeployment(record);
    dayTracker.record(record, this::partition);
    switch (record.event()) {
      case PartitionEvent event -> apply(event, record);
      case AccountEvent.PeriodEvent event -> decisions.add(new Batch.PeriodDecision(record.seq(), event));
      case LedgerEvent event -> {
        sealTracker.requireReached(event, record.seq());
        addOrPark(event.owner(), record, received,
            () -> lines.add(new LedgerEventRecord(record, event, sealTracker.markSeq(), false)));
      }
      case UsageEvent event -> addOrPark(event.owner(), record, received,
          () -> usageEvents.add(new UsageEventRecord(record, event)));
    }
  }

  private void processPoison(Poison found) {
    requireBegun();
    poison.add(found);
    long seq = found.record().seq();
    if (parkedOwners.add(found.owner())) {
      quarantines.add(new PartitionChanges.Quarantined(found.owner(), seq, PartitionChanges.FoundBy.LEDGER_QUERY,
          found.reason(), sealTracker.seal()));
    }
    park(found.owner(), seq, found.record());
  }

  private void addOrPark(WalletAddress owner, AccountRecord record, Delivered<AccountRecord> received,
      Runnable add) {
    if (parkedOwners.contains(owner)) {
      park(owner, record.seq(), received);
    } else {
      add.run();
    }
  }

  private void park(WalletAddress owner, long seq, Delivered<AccountRecord> received) {
    quarantines.park(
        new PartitionChanges.Parked(seq, sealTracker.markSeq(), owner, received.offset(), received.value()));
  }

  private void requireDeployment(AccountRecord record) {
    if (!(record.event() instanceof PartitionEvent.DeploymentDeclared)) {
      requireBegun();
    }
    deployment.filter(followed -> followed.chainId() != record.chainId()).ifPresent(followed -> {
      throw new PartitionHalted("record " + record.seq() + " is of chain " + record.chainId()
          + ", this ledger follows chain " + followed.chainId());
    });
  }

  private void requireBegun() {
    if (nextSeq == 0) {
      throw new PartitionHalted("the first record of the partition does not declare a deployment");
    }
  }

  private void apply(PartitionEvent event, AccountRecord record) {
    long seq = record.seq();
    switch (event) {
      case PartitionEvent.DeploymentDeclared(Deployment declared) -> declare(declared, record.chainId());
      case PartitionEvent.BlockSealed sealed -> {
        Optional<Seal> last = sealTracker.seal();
        sealTracker.seal(sealed, seq);
        dayTracker.sealed(sealed.block(), seq, last);
      }
      case PartitionEvent.BranchRetracted(long fromBlock, int newBranch) -> retract(seq, fromBlock, newBranch);
      case PartitionEvent.ServiceTermsSet set -> set(set, seq);
      case PartitionEvent.PriceSet set -> set(set);
      case PartitionEvent.OwnerQuarantined quarantined -> quarantines.add(new PartitionChanges.Quarantined(
          quarantined.owner(), seq, PartitionChanges.FoundBy.LEDGER_COMMAND, quarantined.reason(), sealTracker.seal()));
      case PartitionEvent.OwnerReleased(WalletAddress owner) -> quarantines.release(owner, seq);
      case PartitionEvent.ReconciliationEnded end ->
          comparisons.add(new Batch.Comparison(before.number(), seq, end, false));
    }
  }

  /** The last terms of a service in a block count. What the first block followed names may be older than it. */
  private void set(PartitionEvent.ServiceTermsSet set, long seq) {
    PartitionChanges.Terms last =
        new PartitionChanges.Terms(set.service(), set.position().block(), set.lockPeriod());
    terms.removeIf(earlier -> isSamePlace(earlier, last));
    terms.add(last);
    named.add(new Batch.Named(before.number(), last.service(), last.block(), seq, sealTracker.markSeq(),
        Optional.of(set.blockTime())
            .filter(_ -> deployment.map(followed -> last.block() > followed.startBlock()).orElse(true)), false));
  }

  /** The last price of a provider's service in a block counts. */
  private void set(PartitionEvent.PriceSet set) {
    prices.removeIf(earlier -> earlier.position().block() == set.position().block()
        && earlier.provider().equals(set.provider()) && earlier.service().equals(set.service()));
    prices.add(set);
  }

  private static boolean isSamePlace(PartitionChanges.Terms one, PartitionChanges.Terms other) {
    return one.block() == other.block() && one.service().equals(other.service());
  }

  private void declare(Deployment declared, long chainId) {
    if (nextSeq != 0 || declared.chainId() != chainId || !deployment.orElse(declared).equals(declared)) {
      throw new PartitionHalted("another deployment is declared: " + declared + "; this ledger follows " + deployment);
    }
    deployment = Optional.of(declared);
  }

  private void retract(long seq, long fromBlock, int newBranch) {
    sealTracker.retract(seq, fromBlock, newBranch);
    dayTracker.retracted();
    terms.removeIf(set -> set.block() >= fromBlock);
    prices.removeIf(set -> set.position().block() >= fromBlock);
    named.replaceAll(each -> each.block() >= fromBlock ? each.retracted() : each);
    comparisons.replaceAll(each -> each.end().block() >= fromBlock
        ? new Batch.Comparison(each.partition(), each.seq(), each.end(), true) : each);
    quarantines.retract(fromBlock, sealTracker.seal());
  }

  /** The partition after the last processed record. */
  public Partition partition() {
    return sealTracker.partition(before.number(), nextSeq, nextOffset, dayTracker.newest(), stopped);
  }

  public Partition before() {
    return before;
  }

  /** The ledger events of this batch, each marked as dropped if a later retraction dropped it. */
  public List<LedgerEventRecord> lines() {
    return Retracted.marked(lines, sealTracker.retractions());
  }

  /** The off-chain events of this batch. */
  public List<UsageEventRecord> usageEvents() {
    return usageEvents;
  }

  /** The ends of comparisons with the contract, each marked as dropped if a later retraction dropped its block. */
  public List<Batch.Comparison> comparisons() {
    return comparisons;
  }

  /** The services that this batch registers or changes, each marked as dropped if a retraction dropped its block. */
  public List<Batch.Named> named() {
    return named;
  }

  /** The decisions about periods, in their order. */
  public List<Batch.PeriodDecision> decisions() {
    return decisions;
  }

  /** The retraction to apply to the rows stored before this batch. */
  public Optional<Batch.Retraction> retraction() {
    return sealTracker.deepestRetraction().map(deepest -> new Batch.Retraction(before.number(), deepest.fromBlock()));
  }

  /** The records of owners that could not be read. */
  public List<Poison> poison() {
    return poison;
  }

  Optional<Deployment> deployment() {
    return deployment;
  }

  DayTracker dayTracker() {
    return dayTracker;
  }

  SealTracker sealTracker() {
    return sealTracker;
  }

  List<PartitionChanges.Terms> terms() {
    return terms;
  }

  List<PartitionEvent.PriceSet> prices() {
    return prices;
  }

  Quarantines quarantines() {
    return quarantines;
  }
}
