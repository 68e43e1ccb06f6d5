package io.neuronledger.query.wiring;

import io.neuronledger.contracts.topic.AccountRecord;
import io.neuronledger.contracts.topic.BlocksRecord;
import io.neuronledger.contracts.topic.Partitions;
import io.neuronledger.contracts.topic.Topics;
import io.neuronledger.foundation.partitionlog.TopicJson;
import io.neuronledger.foundation.partitionlog.reader.SequencedTopic;
import io.neuronledger.query.asof.GlobalReads;
import io.neuronledger.query.asof.OwnerReads;
import io.neuronledger.query.asof.SealWatch;
import io.neuronledger.query.audit.EntryProjection;
import io.neuronledger.query.balance.BalanceProjection;
import io.neuronledger.query.blocks.BlocksIntake;
import io.neuronledger.query.blocks.BlocksStore;
import io.neuronledger.query.discrepancy.DiscrepancyProjection;
import io.neuronledger.query.following.FollowingReports;
import io.neuronledger.query.intake.BatchWriter;
import io.neuronledger.query.intake.DeadLetters;
import io.neuronledger.query.partition.PartitionStore;
import io.neuronledger.query.projection.Projection;
import io.neuronledger.query.quarantine.Unparking;
import io.neuronledger.query.reconciliation.ReconciliationProjection;
import io.neuronledger.query.settlement.SettlementProjection;
import io.neuronledger.query.settlement.period.PeriodProjection;
import io.neuronledger.query.status.StatusQueries;
import io.neuronledger.query.totals.TotalsProjection;
import io.neuronledger.query.usage.UsageProjection;
import io.neuronledger.query.usage.counted.KnownServices;
import java.util.List;
import org.jooq.DSLContext;
import tools.jackson.databind.json.JsonMapper;

/** The read model in its database: writes records to the projections, and answers from them. Needs no Kafka. */
public final class ReadModel {
  private static final JsonMapper JSON = TopicJson.MAPPER;

  private final DSLContext writer;
  private final DSLContext reader;
  private final Partitions partitions;
  private final FollowingReports following;
  private final PartitionStore partitionStore = new PartitionStore(JSON);
  private final BlocksStore blocksStore = new BlocksStore();
  /** In the order in which they write; a new question adds its own here. */
  private final List<Projection> projections = List.of(new TotalsProjection(), new BalanceProjection(JSON),
      new EntryProjection(), new DiscrepancyProjection(JSON), new KnownServices(), new UsageProjection(),
      new SettlementProjection(), new ReconciliationProjection(), new PeriodProjection(JSON));
  private final SequencedTopic<AccountRecord> topic;
  private final SequencedTopic<BlocksRecord> blocksTopic =
      new SequencedTopic<>(Topics.BLOCKS, new Partitions(1), "chain-indexer", BlocksRecord.class);
  private final SealWatch seals;

  /** @param writer writes to the live generation, in which the positions are prepared */
  public ReadModel(DSLContext writer, DSLContext reader, Partitions partitions, FollowingReports following) {
    this.writer = writer;
    this.reader = reader;
    this.partitions = partitions;
    this.following = following;
    this.topic =
        new SequencedTopic<>(Topics.ACCOUNT_EVENTS, partitions, "ledger-command", AccountRecord.class);
    this.seals = new SealWatch(reader);
    prepare(writer);
  }

  /** Stores the positions before the first records in a generation that has none. */
  public void prepare(DSLContext generation) {
    generation.transaction(transaction -> {
      partitionStore.prepare(partitions.count(), transaction.dsl());
      blocksStore.prepare(transaction.dsl());
    });
  }

  /** The topic of account events. */
  public SequencedTopic<AccountRecord> topic() {
    return topic;
  }

  /** The topic of the blocks that answers are as of. */
  public SequencedTopic<BlocksRecord> blocksTopic() {
    return blocksTopic;
  }

  public PartitionStore partitionStore() {
    return partitionStore;
  }

  FollowingReports following() {
    return following;
  }

  SealWatch seals() {
    return seals;
  }

  /** Writes to the live generation. */
  public BatchWriter batches(DeadLetters deadLetters) {
    return batches(writer, deadLetters);
  }

  /** @param generation writes to the generation */
  BatchWriter batches(DSLContext generation, DeadLetters deadLetters) {
    return new BatchWriter(generation, partitionStore, projections, deadLetters);
  }

  /** Writes blocks to the live generation. */
  public BlocksIntake blocks() {
    return blocks(writer);
  }

  BlocksIntake blocks(DSLContext generation) {
    return new BlocksIntake(blocksStore, partitionStore, partitions.count(), generation, seals::changed);
  }

  Unparking unparking() {
    return new Unparking(writer, partitionStore, partitions, topic.parser(), projections);
  }

  StatusQueries status() {
    return new StatusQueries(reader, partitionStore, blocksStore, following);
  }

  /** Answers questions about one owner. */
  public OwnerReads ownerReads() {
    return ownerReads(reader);
  }

  OwnerReads ownerReads(DSLContext connections) {
    return new OwnerReads(connections, partitions, seals, following);
  }

  /** Answers questions over many owners. */
  public GlobalReads globalReads() {
    return globalReads(reader);
  }

  GlobalReads globalReads(DSLContext connections) {
    return new GlobalReads(connections, partitions, seals, following);
  }
}
