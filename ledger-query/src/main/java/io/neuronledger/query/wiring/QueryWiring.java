package io.neuronledger.query.wiring;

import io.micrometer.core.instrument.MeterRegistry;
import io.neuronledger.contracts.topic.AccessLogPartition;
import io.neuronledger.contracts.topic.Partitions;
import io.neuronledger.contracts.topic.event.EventTopic;
import io.neuronledger.foundation.access.CredentialCheck;
import io.neuronledger.foundation.access.key.ApiKeyUses;
import io.neuronledger.foundation.access.log.AccessLogWriter;
import io.neuronledger.foundation.partitionlog.KafkaClients;
import io.neuronledger.foundation.partitionlog.TopicJson;
import io.neuronledger.foundation.problem.FailureMapping;
import io.neuronledger.foundation.problem.answer.AnswerJson;
import io.neuronledger.foundation.problem.answer.AnswerUnit;
import io.neuronledger.query.accesslog.AccessLogReader;
import io.neuronledger.query.admission.AdmissionSettings;
import io.neuronledger.query.alert.Alerts;
import io.neuronledger.query.alert.judge.AlertJudge;
import io.neuronledger.query.alert.publish.AlertPublisher;
import io.neuronledger.query.alert.store.AlertRules;
import io.neuronledger.query.alert.store.AlertStore;
import io.neuronledger.query.asof.GlobalReads;
import io.neuronledger.query.asof.OwnerReads;
import io.neuronledger.query.dashboard.DashboardSettings;
import io.neuronledger.query.discrepancy.DiscrepancyQueries;
import io.neuronledger.query.discrepancy.SettlementIntervals;
import io.neuronledger.query.events.EventHistory;
import io.neuronledger.query.events.EventTail;
import io.neuronledger.query.events.Subscriptions;
import io.neuronledger.query.export.Exports;
import io.neuronledger.query.export.job.ExportJobs;
import io.neuronledger.query.generation.PooledConnections;
import io.neuronledger.query.quarantine.Unparking;
import io.neuronledger.query.rebuild.Rebuilds;
import io.neuronledger.query.settlement.period.ReportKeeper;
import io.neuronledger.query.settlement.period.Reporting;
import io.neuronledger.query.status.DatabaseHealth;
import io.neuronledger.query.status.FollowedDeployment;
import io.neuronledger.query.status.IntakeHealth;
import io.neuronledger.query.status.StatusQueries;
import java.time.Clock;
import org.jooq.DSLContext;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.beans.factory.annotation.Value;
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
  Subscriptions subscriptions(Settings settings, CredentialCheck credentials, MeterRegistry meters,
      @Value("${server.tomcat.max-connections}") int connectionsMax) {
    settings.subscriptions().requireWithin(connectionsMax);
    return new Subscriptions(credentials, settings.subscriptions(), json(), meters, Clock.systemUTC());
  }

  @Bean(initMethod = "start", defaultCandidate = false)
  EventTail alertTail(Settings settings, KafkaClients kafka) {
    return new EventTail(EventTopic.ALERTS, kafka::reader, new Partitions(settings.partitions()));
  }

  @Bean(defaultCandidate = false)
  EventHistory alertHistory(KafkaClients kafka) {
    return new EventHistory(EventTopic.ALERTS, kafka);
  }

  @Bean(defaultCandidate = false)
  Subscriptions.Source alertEvents(@Qualifier("alertTail") EventTail tail,
      @Qualifier("alertHistory") EventHistory history) {
    return new Subscriptions.Source(tail, history);
  }

  /** All owners are looked at on the connections for exports, because that may take longer than an answer. */
  @Bean(initMethod = "start")
  Alerts alerts(Settings settings, QueryService service, ConnectionPools pools, KafkaClients kafka,
      SettlementIntervals intervals, MeterRegistry meters) {
    DSLContext writer = PooledConnections.on(pools.writer());
    String beside = service.generations().beside();
    AlertRules rules = new AlertRules(beside, json());
    AlertStore store = new AlertStore(beside, new Partitions(settings.partitions()), json());
    AlertJudge judge = new AlertJudge(service.exportGlobalReads(), writer, store, rules,
        service.readModel().following(), new DiscrepancyQueries(intervals),
        new AlertJudge.Limits(settings.alerts().wholeEvery(), settings.alerts().activeOfRuleMax(),
            settings.admission().minimum()),
        Clock.systemUTC());
    AlertPublisher publisher =
        new AlertPublisher(writer, store, service::publishedChain, kafka.writer(), json());
    return new Alerts(new Alerts.Parts(service.readModel().globalReads(), writer, rules, store, judge, publisher),
        settings.alerts(), meters, Clock.systemUTC());
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
    return new Reporting(service.exportGlobalReads(), PooledConnections.on(pools.writer()),
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
  AdmissionSettings admissionSettings(Settings settings) {
    return settings.admission();
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
  FollowedDeployment followedDeployment(StatusQueries status) {
    return new FollowedDeployment(status::deployment);
  }

  @Bean
  DashboardSettings dashboardSettings(Settings settings) {
    return settings.dashboard();
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
