package io.neuronledger.query.wiring;

import io.micrometer.core.instrument.MeterRegistry;
import io.neuronledger.contracts.event.Deployment;
import io.neuronledger.contracts.topic.AccountRecord;
import io.neuronledger.contracts.topic.BlocksRecord;
import io.neuronledger.contracts.topic.Partitions;
import io.neuronledger.contracts.topic.TopicShape;
import io.neuronledger.contracts.topic.Topics;
import io.neuronledger.foundation.partitionlog.KafkaClients;
import io.neuronledger.foundation.partitionlog.TopicDeclaration;
import io.neuronledger.foundation.partitionlog.progress.PartitionProgress;
import io.neuronledger.foundation.partitionlog.progress.ReadingHealth;
import io.neuronledger.foundation.partitionlog.progress.TopicWatch;
import io.neuronledger.foundation.partitionlog.reader.PartitionReaders;
import io.neuronledger.query.asof.GlobalReads;
import io.neuronledger.query.asof.OwnerReads;
import io.neuronledger.query.blocks.BlocksIntake;
import io.neuronledger.query.following.FollowingReader;
import io.neuronledger.query.following.FollowingReports;
import io.neuronledger.query.generation.Generations;
import io.neuronledger.query.intake.AccountEventIntake;
import io.neuronledger.query.intake.KafkaDeadLetters;
import io.neuronledger.query.rebuild.NewDeadLetters;
import io.neuronledger.query.rebuild.RebuildParts;
import io.neuronledger.query.rebuild.Rebuilds;
import io.neuronledger.query.status.DatabaseHealth;
import io.neuronledger.query.status.IntakeHealth;
import io.neuronledger.query.status.IntakeMetrics;
import io.neuronledger.query.status.StatusQueries;
import java.time.Clock;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.RetriableException;
import org.flywaydb.core.Flyway;
import org.jooq.DSLContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The service without its HTTP server: the read model, the intake that fills it, rebuilds, health and metrics. */
public final class QueryService implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(QueryService.class);

  private final Settings settings;
  private final KafkaClients kafka;
  private final Clock clock;
  private final Generations generations;
  private final DSLContext reader;
  private final DSLContext exporter;
  private final FollowingReader followingReader;
  private final ReadModel readModel;
  private final TopicDeclaration topics;
  private final KafkaDeadLetters deadLetters;
  private final PartitionProgress progress;
  private final TopicWatch topicWatch;
  private final StatusQueries status;
  private final PartitionReaders<AccountRecord> intake;
  private final PartitionProgress blocksProgress;
  private final TopicWatch blocksWatch;
  private final PartitionReaders<BlocksRecord> blocks;
  private final Rebuilds rebuilds;

  /**
   * Migrates the read model and declares the topics.
   *
   * @throws IllegalStateException if a topic exists with another number of partitions, and so belongs to another
   *     deployment
   */
  public QueryService(Settings settings, ConnectionPools pools, KafkaClients kafka, MeterRegistry meters,
      Clock clock) {
    this.settings = settings;
    this.kafka = kafka;
    this.clock = clock;
    Partitions partitions = new Partitions(settings.partitions());
    generations = migrated(settings.database(), pools);
    reader = generations.forReads(pools.reader());
    exporter = generations.forReads(pools.exporter());
    FollowingReports following = new FollowingReports(settings.behind(), clock);
    readModel = new ReadModel(generations.forWrites(), reader, partitions, following);
    status = readModel.status();
    topics = declaredTopics(partitions);
    followingReader = new FollowingReader(kafka::reader, following);
    deadLetters = new KafkaDeadLetters(kafka.writer());
    progress = new PartitionProgress(clock);
    topicWatch = new TopicWatch(kafka.admin(), Topics.ACCOUNT_EVENTS, progress, clock);
    blocksProgress = new PartitionProgress(clock);
    blocksWatch = new TopicWatch(kafka.admin(), Topics.BLOCKS, blocksProgress, clock);
    intake = createIntake(new IntakeMetrics(meters, settings.partitions(), progress, blocksProgress, status, clock));
    blocks = new PartitionReaders<>(readModel.blocksTopic(), readModel.blocks(), AccountEventIntake.SETTINGS,
        blocksProgress, clock, () -> kafka.member(settings.kafka().blocksGroup(), BlocksIntake.BATCH_MAX));
    rebuilds = createRebuilds();
  }

  private static Generations migrated(Settings.Database database, ConnectionPools pools) {
    Generations generations = new Generations(pools.writer(),
        Flyway.configure().dataSource(database.url(), database.migrationUser(), database.migrationPassword())
            .getDataSource(),
        database.schema());
    generations.migrate();
    return generations;
  }

  /** Declares the topics now or, if Kafka is unavailable, later by the consumers before they subscribe. */
  private TopicDeclaration declaredTopics(Partitions partitions) {
    TopicDeclaration declaration = new TopicDeclaration(kafka,
        List.of(TopicShape.of(Topics.ACCOUNT_EVENTS_DEAD), TopicShape.of(Topics.ALERTS),
            TopicShape.accessLog(settings.accessLog().retention())),
        Stream.of(Topics.ACCOUNT_EVENTS, Topics.BLOCKS, Topics.FOLLOWING, Topics.API_KEY_USES).map(TopicShape::of)
            .toList(), partitions,
        settings.kafka().replicationFactor());
    try {
      declaration.require();
    } catch (KafkaException e) {
      if (!(e.getCause() instanceof RetriableException)) {
        throw e;
      }
      log.warn("Kafka does not answer: answers come from the records read before", e);
    }
    return declaration;
  }

  private PartitionReaders<AccountRecord> createIntake(IntakeMetrics metrics) {
    AccountEventIntake handler = new AccountEventIntake(readModel.batches(deadLetters), readModel.partitionStore(),
        generations.forWrites(), batch -> {
          readModel.seals().changed();
          metrics.record(batch);
        });
    return new PartitionReaders<>(readModel.topic(), handler, AccountEventIntake.SETTINGS, progress, clock,
        () -> kafka.member(settings.kafka().group(), settings.intake().batchMax()));
  }

  private Rebuilds createRebuilds() {
    return new Rebuilds(new RebuildParts(generations, kafka::reader, readModel.topic(), readModel.partitionStore(),
        readModel.blocksTopic(), readModel::blocks, readModel::prepare, reader,
        building -> readModel.batches(building, new NewDeadLetters(deadLetters, reader)),
        settings.intake().batchMax(), clock));
  }

  /** Starts the threads. */
  public void start() {
    readModel.seals().start();
    followingReader.start();
    topicWatch.start();
    blocksWatch.start();
    intake.start(settings.intake().threads(), topics::ready);
    blocks.start(1, topics::ready);
  }

  /** Ends the threads, a rebuild too; the pools stay open. */
  @Override
  public void close() {
    rebuilds.stop();
    intake.close();
    blocks.close();
    topicWatch.close();
    blocksWatch.close();
    followingReader.close();
    readModel.seals().close();
    deadLetters.close();
  }

  public TopicDeclaration topics() {
    return topics;
  }

  public ReadModel readModel() {
    return readModel;
  }

  public Generations generations() {
    return generations;
  }

  public Rebuilds rebuilds() {
    return rebuilds;
  }

  public StatusQueries status() {
    return status;
  }

  IntakeHealth intakeHealth() {
    return new IntakeHealth(new ReadingHealth(progress, topicWatch, settings.intake().stalledAfter(), clock),
        new ReadingHealth(blocksProgress, blocksWatch, settings.intake().stalledAfter(), clock), status);
  }

  DatabaseHealth databaseHealth() {
    return new DatabaseHealth(reader);
  }

  /** The EIP-155 id of the chain; empty until it is known, and until the topics are there. */
  OptionalLong publishedChain() {
    return topics.ready() ? reader.transactionResult(transaction -> readModel.partitionStore()
        .deployment(transaction.dsl()).stream().mapToLong(Deployment::chainId).findFirst()) : OptionalLong.empty();
  }

  /** As {@link ReadModel#ownerReads()}, on the connections for exports. */
  OwnerReads exportOwnerReads() {
    return readModel.ownerReads(exporter);
  }

  /** As {@link ReadModel#globalReads()}, on the connections for exports. */
  GlobalReads exportGlobalReads() {
    return readModel.globalReads(exporter);
  }
}
