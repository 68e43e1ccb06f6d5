package io.neuronledger.indexer.follow;

import io.neuronledger.contracts.event.ChainEvent;
import io.neuronledger.contracts.event.Evidence;
import io.neuronledger.contracts.event.ObservedLedger;
import io.neuronledger.contracts.value.ChainPosition;
import io.neuronledger.contracts.value.WalletAddress;
import io.neuronledger.indexer.chain.BlockRef;
import io.neuronledger.indexer.chain.ChainNode;
import io.neuronledger.indexer.decode.ContractFamily;
import io.neuronledger.indexer.decode.DecoderState;
import io.neuronledger.indexer.decode.Observation;
import io.neuronledger.indexer.decode.Reading;
import io.neuronledger.indexer.guard.GuardRanges;
import io.neuronledger.indexer.publish.RecordPublisher;
import io.neuronledger.indexer.publish.StateRecord;
import io.neuronledger.indexer.rpc.RpcFailure;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads what the contracts answer at the last published block and says it in the owners' partitions, behind that
 * block's seal, then seals the block once more, so that it can be compared: on a schedule, and when somebody asks.
 * Following pauses while it reads; where the node does not answer, following goes on and it is tried again later.
 */
final class Reconciler {
  private static final Logger log = LoggerFactory.getLogger(Reconciler.class);
  private static final Duration TRIED_AGAIN_AFTER = Duration.ofSeconds(30);
  private static final int BEHIND_THE_SEAL = 1;
  /** So many blocks, or so long, may go by unguarded before all states are compared. */
  private static final long UNGUARDED_BLOCKS_MAX = 500;
  private static final Duration UNGUARDED_MAX = Duration.ofMinutes(10);
  /** Comparing takes at most about a tenth of the time: it waits for so many times as long as the last one took. */
  private static final int FOLLOWING_PER_COMPARING = 10;

  private final ContractFamily family;
  private final RecordPublisher publisher;
  private final IndexerState memory;
  private final Progress progress;
  private final ReconciliationRules rules;
  private final Clock clock;
  private final Instant ledSince;
  private Instant notBefore = Instant.MIN;
  private Optional<Instant> unguardedSince = Optional.empty();
  private boolean demanded;
  private Optional<BlockRef> doubted = Optional.empty();
  private Optional<BlockRef> compared = Optional.empty();

  Reconciler(ContractFamily family, RecordPublisher publisher, IndexerState memory, Progress progress,
      ReconciliationRules rules, Clock clock) {
    this.family = family;
    this.publisher = publisher;
    this.memory = memory;
    this.progress = progress;
    this.rules = rules;
    this.clock = clock;
    this.ledSince = clock.instant();
  }

  /**
   * Called after each step.
   *
   * @param atHead whether everything up to the head is published
   * @throws org.apache.kafka.common.KafkaException if it is not known whether something was written
   */
  void afterStep(ChainNode node, boolean atHead) {
    Optional<Cursor> published = memory.cursor().filter(cursor -> !cursor.nothingPublished());
    Instant now = clock.instant();
    if (published.isEmpty() || now.isBefore(notBefore)
        || !(demanded || (atHead && isDue(now)) || isUnguardedForTooLong(published.get(), now))) {
      return;
    }
    boolean asked = rules.taken();
    boolean told = false;
    try {
      told = isTold(published.get(), node, now);
    } finally {
      if (asked && !told) {
        rules.ask();
      }
    }
  }

  /**
   * Called when the block behind the last published one contradicts what is remembered. Where it does so again when it
   * is asked for again, which is no node's slip, what is remembered may be wrong itself, for a log that was lost. Then
   * it is read anew, and said too; once for each block.
   *
   * @throws org.apache.kafka.common.KafkaException if it is not known whether something was written
   */
  void inDoubt(ChainNode node) {
    Optional<Cursor> published = memory.cursor().filter(cursor -> !cursor.nothingPublished());
    Optional<BlockRef> block = published.map(Cursor::block);
    if (block.isEmpty() || compared.equals(block)) {
      return;
    }
    if (!doubted.equals(block)) {
      doubted = block;
      return;
    }
    log.warn("what is remembered behind block {} is compared with the contracts", block.get());
    if (isTold(published.get(), node, clock.instant())) {
      compared = block;
    }
  }

  /** The last block that is being decoded must be compared, as soon as it is published. */
  void demand() {
    demanded = true;
    notBefore = Instant.MIN;
  }

  /** @return false where the node does not answer */
  private boolean isTold(Cursor cursor, ChainNode node, Instant now) {
    progress.stage("reading what the contracts answer at block " + cursor.block().number());
    DecoderState decoder = new DecoderState(memory.decoder());
    try {
      publish(cursor, family.observe(cursor.block(), decoder, node), decoder, now);
      demanded = false;
      notBefore = restedAfter(now, Duration.ZERO);
      return true;
    } catch (RpcFailure failure) {
      notBefore = restedAfter(now, TRIED_AGAIN_AFTER);
      log.warn("no reconciliation at block {}: {}. It is tried again in {}", cursor.block(), failure.getMessage(),
          TRIED_AGAIN_AFTER);
      progress.notReconciled();
      return false;
    }
  }

  /** Reading takes at most about a tenth of the time, also where it fails at its end. */
  private Instant restedAfter(Instant begun, Duration atLeast) {
    Instant end = clock.instant();
    Duration rest = Duration.between(begun, end).multipliedBy(FOLLOWING_PER_COMPARING);
    return end.plus(rest.compareTo(atLeast) > 0 ? rest : atLeast);
  }

  /** Where the node proves no storage roots, a change that nothing shows is found by comparing only. */
  private boolean isUnguardedForTooLong(Cursor cursor, Instant now) {
    Optional<Long> from = memory.guard().firstUnguarded();
    unguardedSince = from.flatMap(_ -> unguardedSince.or(() -> Optional.of(now)));
    return from.filter(block -> cursor.block().number() - block + 1 >= UNGUARDED_BLOCKS_MAX).isPresent()
        || unguardedSince.filter(since -> !now.isBefore(since.plus(UNGUARDED_MAX))).isPresent();
  }

  private boolean isDue(Instant now) {
    if (rules.isAsked()) {
      return true;
    }
    Instant last = memory.lastRun().map(LastRun::at).orElse(ledSince);
    return rules.isScheduled() && !now.isBefore(last.plus(rules.interval()));
  }

  /** @param decoder the memory as the observation left it */
  private void publish(Cursor cursor, Observation observed, DecoderState decoder, Instant now) {
    BlockRef block = cursor.block();
    int step = memory.lastRun().filter(last -> last.block().equals(block.hash())).map(LastRun::nextStep)
        .orElse(BEHIND_THE_SEAL);
    String run = block.number() + "-" + cursor.branch() + "-" + step;
    GuardRanges guard = memory.guard();
    long since = guard.firstUnguarded().map(from -> from - 1).orElse(block.number());
    Evidence evidence = new Evidence.Snapshot(Math.max(0, since), block.number());
    guard.compared(block.number(), cursor.anchor().number());
    PartitionWriter partitions = new PartitionWriter(cursor.deployment(), cursor.branch(), cursor.nextSeq());
    for (Map.Entry<WalletAddress, ObservedLedger> each : observed.ledgers().entrySet()) {
      partitions.write(new Reading.Fact(ChainPosition.endOf(block.number(), step++), evidence,
          new ChainEvent.StateObserved(each.getKey(), each.getValue(), run)), block);
    }
    partitions.broadcast(new ChainEvent.ReconciliationEnded(run, observed.ledgers().size(), observed.held(),
        observed.owed()), ChainPosition.endOf(block.number(), step++), block, Optional.of(evidence));
    // Sealed once more: on an idle chain the run shows without waiting for the next block.
    partitions.broadcast(new ChainEvent.BlockSealed(cursor.finalizedBlock()),
        ChainPosition.endOf(block.number(), step++),
        block, Optional.empty());
    List<StateRecord> state = new ArrayList<>(List.of(IndexerState.entry(cursor.withNextSeq(partitions.nextSeq())),
        IndexerState.entry(new LastRun(run, block.hash(), step, now))));
    state.addAll(corrected(block, decoder));
    state.addAll(memory.entries(guard));
    publisher.publish(partitions.records(), state);
    memory.apply(state);
    progress.reconciled(partitions.records().size());
    progress.guarded(memory.guard());
    if (observed.held().compareTo(observed.owed()) < 0) {
      log.error("NOT CONSERVED at block {}: the contract holds {} neuron and its ledgers say {}", block,
          observed.held(), observed.owed());
    }
    log.info("reconciliation {}: {} ledgers at block {}", run, observed.ledgers().size(), block);
  }

  /** What the observation changed of the memory; a fork that takes the block back takes that back with it. */
  private List<StateRecord> corrected(BlockRef block, DecoderState decoder) {
    List<StateRecord> entries = new ArrayList<>();
    decoder.changes().forEach((key, value) -> entries.add(IndexerState.decoderEntry(key, value)));
    SortedMap<String, Optional<String>> undo = decoder.endBlock();
    RecentBlock recent = memory.recent().get(block.number());
    if (recent != null && !undo.isEmpty()) {
      entries.add(IndexerState.entry(recent.and(undo)));
    }
    return entries;
  }
}
