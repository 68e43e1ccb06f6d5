package io.neuronledger.query.wiring;

import io.micrometer.core.instrument.MeterRegistry;
import io.neuronledger.contracts.topic.AccessLogPartition;
import io.neuronledger.contracts.topic.EventTopic;
import io.neuronledger.contracts.topic.Partitions;
import io.neuronledger.foundation.access.CredentialCheck;
import io.neuronledger.foundation.access.key.ApiKeyUses;
import io.neuronledger.foundation.access.log.AccessLogWriter;
import io.neuronledger.foundation.partitionlog.KafkaClients;
import io.neuronledger.foundation.partitionlog.TopicJson;
import io.neuronledger.foundation.problem.FailureMapping;
import io.neuronledger.foundation.problem.answer.AnswerJson;
import io.neuronledger.foundation.problem.answer.AnswerUnit;
import io.neuronledger.query.accesslog.AccessLogReader;
import io.neuronledger.query.asof.GlobalReads;
import io.neuronledger.query.asof.OwnerReads;
import io.neuronledger.query.discrepancy.SettlementIntervals;
import io.neuronledger.query.events.EventHistory;
import io.neuronledger.query.events.EventTail;
import io.neuronledger.query.events.Subscriptions;
import io.neuronledger.query.export.Exports;
import io.neuronledger.query.export.job.ExportJobs;
import io.neuronledger.query.quarantine.Unparking;
import io.neuronledger.query.rebuild.Rebuilds;
import io.neuronledger.query.settlement.period.ReportKeeper;
import io.neuronledger.query.settlement.period.Reporting;
import io.neuronledger.query.status.DatabaseHealth;
import io.neuronledger.query.status.IntakeHealth;
import io.neuronledger.query.status.StatusQueries;
import java.time.Clock;
import org.jooq.SQLDialect;
import org.jooq.impl.DSL;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.ApplicationRunner;
import org.springframework.context.ApplicationListener;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.event.ContextClosedEvent;
import tools.jackson.databind.json.JsonMapper;

/** The service, made of the settings, and those of its parts that controllers and health groups name. */
@Configuration
class QueryWiring {
  private static final AccessLogPartition SERVICE = AccessLogPartition.LEDGER_QUERY;

  /** The JSON of the topics is also that of the database and of the API. */
  @Bean
  JsonMapper json() {
    return TopicJson.MAPPER;
  }

  /** The context closes it, after the service. */
  @Bean
  ConnectionPools connectionPools(Settings settings, MeterRegistry meters) {
    return new ConnectionPools(settings.database(), settings.intake().threads() + 1, meters);
  }

  @Bean
  KafkaClients kafkaClients(Settings settings) {
    return settings.kafka().clients();
  }

  @Bean
  QueryService queryService(Settings settings, ConnectionPools pools, KafkaClients kafka, MeterRegistry meters) {
    return new QueryService(settings, pools, kafka, meters, Clock.systemUTC());
  }

  @Bean(initMethod = "start")
  AccessLogWriter accessLog(KafkaClients kafka, QueryService service) {
    return new AccessLogWriter(SERVICE, kafka, service.topics()::ready, Clock.systemUTC());
  }

  @Bean(initMethod = "start")
  ApiKeyUses apiKeyUses(KafkaClients kafka, QueryService service) {
    return new ApiKeyUses(SERVICE.service(), kafka::writer, service.topics()::ready, Clock.systemUTC());
  }

  @Bean
  AccessLogReader accessLogReader(KafkaClients kafka) {
    return new AccessLogReader(kafka, Clock.systemUTC());
  }

  @Bean(initMethod = "start")
  EventTail eventTail(Settings settings, KafkaClients kafka) {
    return new EventTail(EventTopic.PUBLIC_EVENTS, kafka::reader, new Partitions(settings.partitions()));
  }

  @Bean
  EventHistory eventHistory(KafkaClients kafka) {
    return new EventHistory(EventTopic.PUBLIC_EVENTS, kafka);
  }

  @Bean
  Subscriptions subscriptions(Settings settings, CredentialCheck credentials, MeterRegistry meters) {
    return new Subscriptions(credentials, settings.subscriptions(), json(), meters, Clock.systemUTC());
  }

  /** Before the web server waits for the requests in progress. */
  @Bean
  ApplicationListener<ContextClosedEvent> subscriptionsEnd(Subscriptions subscriptions) {
    return _ -> subscriptions.end();
  }

  /** Once the HTTP server answers. */
  @Bean
  ApplicationRunner starter(QueryService service) {
    return _ -> service.start();
  }

  @Bean
  OwnerReads ownerReads(QueryService service) {
    return service.readModel().ownerReads();
  }

  @Bean
  GlobalReads globalReads(QueryService service) {
    return service.readModel().globalReads();
  }

  /** For exports; injected only by name. */
  @Bean(defaultCandidate = false)
  OwnerReads exportOwnerReads(QueryService service) {
    return service.exportOwnerReads();
  }

  @Bean(defaultCandidate = false)
  GlobalReads exportGlobalReads(QueryService service) {
    return service.exportGlobalReads();
  }

  @Bean
  Exports exports(Settings settings) {
    return new Exports(settings.answers().exportsOpenMax(), settings.exports().limits());
  }

  /** Half of the connections for exports stay free for reports, and to look at a list before its export begins. */
  @Bean
  ExportJobs exportJobs(Settings settings, @Qualifier("exportOwnerReads") OwnerReads ofOwner,
      @Qualifier("exportGlobalReads") GlobalReads ofAll, AnswerJson json, FailureMapping failures) {
    return new ExportJobs(settings.exports(), new ExportJobs.Reads(ofOwner, ofAll), json(), json, failures,
        Math.max(1, settings.database().exportsMax() / 2), Clock.systemUTC());
  }

  @Bean
  Reporting reporting(Settings settings, QueryService service, ConnectionPools pools, JsonMapper json,
      AnswerJson answers) {
    return new Reporting(service.exportGlobalReads(), DSL.using(pools.writer(), SQLDialect.POSTGRES),
        service.generations().forWrites(), service.generations().beside(), json, answers.in(AnswerUnit.NEURON),
        settings.settlement().reportsKeptMax(), Clock.systemUTC());
  }

  @Bean(initMethod = "start")
  ReportKeeper reportKeeper(Reporting reporting, MeterRegistry meters) {
    return new ReportKeeper(reporting, meters, Clock.systemUTC());
  }

  @Bean
  SettlementIntervals settlementIntervals(Settings settings) {
    return new SettlementIntervals(settings.settlement().interval(), settings.settlement().intervals());
  }

  @Bean
  Unparking unparking(QueryService service) {
    return service.readModel().unparking();
  }

  @Bean
  Rebuilds rebuilds(QueryService service) {
    return service.rebuilds();
  }

  @Bean
  StatusQueries statusQueries(QueryService service) {
    return service.status();
  }

  @Bean
  IntakeHealth intake(QueryService service) {
    return service.intakeHealth();
  }

  @Bean
  DatabaseHealth database(QueryService service) {
    return service.databaseHealth();
  }
}
