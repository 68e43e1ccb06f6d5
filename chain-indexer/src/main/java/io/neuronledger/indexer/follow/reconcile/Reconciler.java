package io.neuronledger.indexer.follow.reconcile;

import io.neuronledger.contracts.balance.ObservedLedger;
import io.neuronledger.contracts.event.ChainEvent;
import io.neuronledger.contracts.event.Evidence;
import io.neuronledger.contracts.topic.BlocksRecord;
import io.neuronledger.contracts.topic.Partitions;
import io.neuronledger.contracts.value.ChainPosition;
import io.neuronledger.contracts.value.WalletAddress;
import io.neuronledger.indexer.chain.ChainNode;
import io.neuronledger.indexer.chain.block.BlockRef;
import io.neuronledger.indexer.decode.ContractFamily;
import io.neuronledger.indexer.decode.DecoderState;
import io.neuronledger.indexer.decode.Observation;
import io.neuronledger.indexer.decode.Reading;
import io.neuronledger.indexer.follow.state.Cursor;
import io.neuronledger.indexer.follow.state.IndexerState;
import io.neuronledger.indexer.follow.state.LastRun;
import io.neuronledger.indexer.follow.state.PartitionWriter;
import io.neuronledger.indexer.follow.state.Progress;
import io.neuronledger.indexer.follow.state.RecentBlock;
import io.neuronledger.indexer.guard.GuardRanges;
import io.neuronledger.indexer.publish.RecordPublisher;
import io.neuronledger.indexer.publish.form.StateRecord;
import io.neuronledger.indexer.publish.form.TransactionRecords;
import io.neuronledger.indexer.rpc.call.RpcFailure;
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
 * Publishes the contracts' state at the last published block to the owners' partitions, after that block's seal, and
 * seals the block again, so that readers can compare: on a schedule, and on request. Following pauses while it reads;
 * where the node does not answer, following continues and the run is retried later.
 */
public final class Reconciler {
  private static final Logger log = LoggerFactory.getLogger(Reconciler.class);
  private static final Duration RETRY_AFTER = Duration.ofSeconds(30);
  private static final int AFTER_SEAL = 1;
  /** The most blocks, and the longest time, without a guard before all states are compared. */
  private static final long UNGUARDED_BLOCKS_MAX = 500;
  private static final Duration UNGUARDED_MAX = Duration.ofMinutes(10);
  /** Comparing takes at most about a tenth of the time: the pause is this multiple of the last run's duration. */
  private static final int FOLLOWING_PER_COMPARING = 10;

  private final ContractFamily family;
  private final RecordPublisher publisher;
  private final IndexerState indexerState;
  private final Progress progress;
  private final ReconciliationRules rules;
  private final Clock clock;
  private final Instant ledSince;
  private Instant notBefore = Instant.MIN;
  private Optional<Instant> unguardedSince = Optional.empty();
  private boolean demanded;
  private Optional<BlockRef> doubted = Optional.empty();
  private Optional<BlockRef> compared = Optional.empty();

  public Reconciler(ContractFamily family, RecordPublisher publisher, IndexerState indexerState, Progress progress,
      ReconciliationRules rules, Clock clock) {
    this.family = family;
    this.publisher = publisher;
    this.indexerState = indexerState;
    this.progress = progress;
    this.rules = rules;
    this.clock = clock;
    this.ledSince = clock.instant();
  }

  /**
   * Called after each step.
   *
   * @param atHead whether everything up to the head is published
   * @throws org.apache.kafka.common.KafkaException if the outcome of the transaction is unknown
   */
  public void afterStep(ChainNode node, boolean atHead) {
    Optional<Cursor> published = indexerState.cursor().filter(cursor -> !cursor.nothingPublished());
    Instant now = clock.instant();
    if (published.isEmpty() || now.isBefore(notBefore)
        || !(demanded || (atHead && isDue(now)) || isUnguardedForTooLong(published.get(), now))) {
      return;
    }
    boolean requested = rules.takeRequest();
    boolean done = false;
    try {
      done = tryReconcile(published.get(), node, now);
    } finally {
      if (requested && !done) {
        rules.request();
      }
    }
  }

  /**
   * Called when the block after the last published one contradicts the stored state. If it contradicts again on the
   * next request, the node is not the likely cause: the stored state itself may be wrong, after a lost log. Then the
   * state is read from the contracts and published, once for each block.
   *
   * @throws org.apache.kafka.common.KafkaException if the outcome of the transaction is unknown
   */
  public void onContradiction(ChainNode node) {
    Optional<Cursor> published = indexerState.cursor().filter(cursor -> !cursor.nothingPublished());
    Optional<BlockRef> block = published.map(Cursor::block);
    if (block.isEmpty() || compared.equals(block)) {
      return;
    }
    if (!doubted.equals(block)) {
      doubted = block;
      return;
    }
    log.warn("the stored state after block {} is compared with the contracts", block.get());
    if (tryReconcile(published.get(), node, clock.instant())) {
      compared = block;
    }
  }

  /** Requires a comparison as soon as the block being decoded is published. */
  public void demand() {
    demanded = true;
    notBefore = Instant.MIN;
  }

  /** @return false where the node does not answer */
  private boolean tryReconcile(Cursor cursor, ChainNode node, Instant now) {
    progress.stage("reading the contracts' state at block " + cursor.block().number());
    DecoderState decoder = new DecoderState(indexerState.decoder());
    try {
      publish(cursor, family.observe(cursor.block(), decoder, node), decoder, now);
      demanded = false;
      notBefore = restedAfter(now, Duration.ZERO);
      return true;
    } catch (RpcFailure failure) {
      notBefore = restedAfter(now, RETRY_AFTER);
      log.warn("no reconciliation at block {}: {}. The next attempt is in {}", cursor.block(), failure.getMessage(),
          RETRY_AFTER);
      progress.reconciliationFailed();
      return false;
    }
  }

  /** Reading takes at most about a tenth of the time, also where it fails at its end. */
  private Instant restedAfter(Instant begun, Duration atLeast) {
    Instant end = clock.instant();
    Duration rest = Duration.between(begun, end).multipliedBy(FOLLOWING_PER_COMPARING);
    return end.plus(rest.compareTo(atLeast) > 0 ? rest : atLeast);
  }

  /** Where the node proves no storage roots, only a comparison finds a change without a log or call. */
  private boolean isUnguardedForTooLong(Cursor cursor, Instant now) {
    Optional<Long> from = indexerState.guard().firstUnguarded();
    unguardedSince = from.flatMap(_ -> unguardedSince.or(() -> Optional.of(now)));
    return from.filter(block -> cursor.block().number() - block + 1 >= UNGUARDED_BLOCKS_MAX).isPresent()
        || unguardedSince.filter(since -> !now.isBefore(since.plus(UNGUARDED_MAX))).isPresent();
  }

  private boolean isDue(Instant now) {
    if (rules.isRequested()) {
      return true;
    }
    Instant last = indexerState.lastRun().map(LastRun::at).orElse(ledSince);
    return rules.isScheduled() && !now.isBefore(last.plus(rules.interval()));
  }

  /** @param decoder the decoder's state after the observation */
  private void publish(Cursor cursor, Observation observed, DecoderState decoder, Instant now) {
    BlockRef block = cursor.block();
    int step = indexerState.lastRun().filter(last -> last.block().equals(block.hash())).map(LastRun::nextStep)
        .orElse(AFTER_SEAL);
    String run = block.number() + "-" + cursor.branch() + "-" + step;
    GuardRanges guard = indexerState.guard();
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
    // Sealed again, so that the run shows on an idle chain without the next block.
    BlocksRecord blocks = new BlocksRecord(cursor.deployment().chainId(), cursor.nextBlocksSeq(), cursor.branch(),
        Optional.empty(), block.hash(), cursor.finalizedBlock(),
        List.of(partitions.seal(block, ChainPosition.endOf(block.number(), step++), cursor.finalizedBlock())),
        Optional.empty());
    List<StateRecord> state = new ArrayList<>(List.of(IndexerState.entry(cursor.withNextSeq(partitions.nextSeq())),
        IndexerState.entry(new LastRun(run, block.hash(), step, now))));
    indexerState.deadlines(decoder, new Partitions(cursor.deployment().partitions())).replace(observed.ledgers());
    state.addAll(corrections(block, decoder));
    state.addAll(indexerState.entries(guard));
    publisher.publish(new TransactionRecords(partitions.records(), blocks, state));
    indexerState.apply(state);
    progress.reconciled(partitions.records().size());
    progress.guarded(indexerState.guard());
    if (observed.held().compareTo(observed.owed()) < 0) {
      log.error("NOT CONSERVED at block {}: the contract holds {} neuron and its ledgers sum up to {}", block,
          observed.held(), observed.owed());
    }
    log.info("reconciliation {}: {} ledgers at block {}", run, observed.ledgers().size(), block);
  }

  /** The observation's changes of the state; a fork that retracts the block undoes them too. */
  private List<StateRecord> corrections(BlockRef block, DecoderState decoder) {
    List<StateRecord> entries = new ArrayList<>();
    decoder.changes().forEach((key, value) -> entries.add(IndexerState.decoderEntry(key, value)));
    SortedMap<String, Optional<String>> undo = decoder.endBlock();
    RecentBlock recent = indexerState.recent().get(block.number());
    if (recent != null && !undo.isEmpty()) {
      entries.add(IndexerState.entry(recent.and(undo)));
    }
    return entries;
  }
}
