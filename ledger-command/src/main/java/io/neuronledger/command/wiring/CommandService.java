package io.neuronledger.command.wiring;

import io.micrometer.core.instrument.MeterRegistry;
import io.neuronledger.command.intake.ChainEventIntake;
import io.neuronledger.command.publish.AccountEventPublisher;
import io.neuronledger.command.publish.CommittedEvents;
import io.neuronledger.command.publish.Publication;
import io.neuronledger.command.publish.PublishProgress;
import io.neuronledger.command.publish.PublishSettings;
import io.neuronledger.command.report.ReportProgress;
import io.neuronledger.command.report.UsageReportIntake;
import io.neuronledger.contracts.topic.ChainRecord;
import io.neuronledger.contracts.topic.Partitions;
import io.neuronledger.contracts.topic.TopicShape;
import io.neuronledger.contracts.topic.Topics;
import io.neuronledger.contracts.usage.NeuronSum;
import io.neuronledger.foundation.partitionlog.KafkaClients;
import io.neuronledger.foundation.partitionlog.TopicDeclaration;
import io.neuronledger.foundation.partitionlog.progress.PartitionProgress;
import io.neuronledger.foundation.partitionlog.progress.ReadingHealth;
import io.neuronledger.foundation.partitionlog.progress.TopicWatch;
import io.neuronledger.foundation.partitionlog.reader.PartitionReaders;
import io.neuronledger.foundation.partitionlog.reader.ReaderSettings;
import io.neuronledger.foundation.partitionlog.reader.SequencedTopic;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.apache.kafka.clients.producer.Producer;
import org.axonframework.common.Registration;
import org.axonframework.serialization.upcasting.event.EventUpcasterChain;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * One instance of the service: the only place that connects its parts. Reads and publishes on its own threads from
 * {@link #start} to {@link #close}.
 */
public final class CommandService implements AutoCloseable {
  private static final Duration INTAKE_POLL = Duration.ofMillis(100);
  /** Several units of work of each partition. */
  private static final long COMMITTED_BYTES_MAX = 64 << 20;

  private final CommandProperties settings;
  private final Partitions partitions;
  private final TopicDeclaration topics;
  private final Producer<byte[], byte[]> deadLetters;
  private final Recorders recorders;
  private final Registration appended;
  private final PartitionProgress intakeProgress;
  private final ChainEventIntake chainEvents;
  private final PartitionReaders<ChainRecord> intake;
  private final TopicWatch watch;
  private final ReadingHealth reading;
  private final PublishProgress publishProgress;
  private final AccountEventPublisher publisher;
  private final ReportProgress reportProgress;
  private final UsageReportIntake reports;

  /** @param source of the event store, with its tables */
  public CommandService(CommandProperties settings, DataSource source, KafkaClients kafka, Clock clock,
      MeterRegistry registry) {
    this.settings = settings;
    this.partitions = new Partitions(settings.partitions());
    this.topics = new TopicDeclaration(kafka, shapes(Topics.CHAIN_EVENTS_DEAD, Topics.ACCOUNT_EVENTS,
        Topics.PUBLIC_EVENTS, Topics.PUBLISHED_POSITIONS, Topics.USAGE_REJECTS, Topics.API_KEYS,
        Topics.API_KEY_USES), shapes(Topics.CHAIN_EVENTS, Topics.USAGE_REPORTS, Topics.ACCESS_LOG), partitions,
        settings.kafka().replicationFactor());
    this.deadLetters = kafka.writer();
    CommittedEvents committed = new CommittedEvents(COMMITTED_BYTES_MAX);
    this.recorders = Recorders.on(source, deadLetters, new Recorders.Settings(partitions, upcasters(),
        settings.intake().aggregatesCached(), settings.usage().metersCached(),
        settings.usage().completedAheadMax(), settings.usage().unknownService(),
        new NeuronSum(settings.resolution().secondPersonAbove())), committed, clock, registry);
    this.appended = recorders.eventStore().subscribe(new AppendedEvents(registry));
    this.intakeProgress = new PartitionProgress(clock);
    this.chainEvents =
        new ChainEventIntake(recorders.transactions(), settings.intake().unitMax(), recorders.aggregates());
    this.intake = intake(kafka, clock);
    this.watch = new TopicWatch(kafka.admin(), Topics.CHAIN_EVENTS, intakeProgress, clock);
    this.reading = new ReadingHealth(intakeProgress, watch, settings.stallAfter(), clock);
    this.publishProgress = new PublishProgress(clock);
    this.publisher = new Publication(publishSettings(), JdbcClient.create(source), committed, publishProgress,
        kafka::transactional, kafka::reader, clock).publisher();
    this.reportProgress = new ReportProgress(clock);
    this.reports = reports(kafka);
  }

  private static List<TopicShape> shapes(String... topics) {
    return Stream.of(topics).map(TopicShape::of).toList();
  }

  /** Upcasters of old stored forms, oldest first. There is none yet. */
  private static EventUpcasterChain upcasters() {
    return new EventUpcasterChain();
  }

  private PartitionReaders<ChainRecord> intake(KafkaClients kafka, Clock clock) {
    CommandProperties.Intake intakes = settings.intake();
    return new PartitionReaders<>(
        new SequencedTopic<>(Topics.CHAIN_EVENTS, partitions, "chain-indexer", ChainRecord.class), chainEvents,
        new ReaderSettings(INTAKE_POLL, intakes.retryAfter(), intakes.stoppedRetryAfter(), true),
        intakeProgress, clock, () -> kafka.member(intakes.group(), intakes.pollRecordsMax()));
  }

  private PublishSettings publishSettings() {
    CommandProperties.Publish publish = settings.publish();
    return new PublishSettings(partitions, UUID.randomUUID().toString(), publish.batchMax(), publish.poll(),
        publish.leaseTime(), publish.retryAfter());
  }

  private UsageReportIntake reports(KafkaClients kafka) {
    CommandProperties.Usage usage = settings.usage();
    return new UsageReportIntake(kafka.listener(usage.group(), usage.pollRecordsMax()), kafka.transactions(),
        usage.group() + "-" + UUID.randomUUID() + "-", recorders.usage(), reportProgress, usage.retryAfter(),
        topics::ready);
  }

  public void start() {
    watch.start();
    intake.start(settings.intake().workers(), topics::ready);
    publisher.start(topics::ready);
    reports.start();
  }

  public TopicDeclaration topics() {
    return topics;
  }

  public Recorders recorders() {
    return recorders;
  }

  public PartitionProgress intakeProgress() {
    return intakeProgress;
  }

  /** Whether this instance reads its partitions of the chain events. */
  public ReadingHealth reading() {
    return reading;
  }

  /** The number of owners in quarantine, of the partitions that this instance records. */
  public int quarantinedOwners() {
    return chainEvents.quarantinedOwners();
  }

  public PublishProgress publishProgress() {
    return publishProgress;
  }

  public ReportProgress reportProgress() {
    return reportProgress;
  }

  /** Ends after the current units of work. */
  @Override
  public void close() {
    reports.close();
    publisher.close();
    intake.close();
    watch.close();
    appended.cancel();
    recorders.eventStore().shutDown();
    deadLetters.close();
  }
}
