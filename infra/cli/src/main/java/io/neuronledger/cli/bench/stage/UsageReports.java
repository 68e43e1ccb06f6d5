package io.neuronledger.cli.bench.stage;

import static io.neuronledger.testkit.devchain.contract.AccountLedgerContract.INFERENCE;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.neuronledger.cli.answer.FinanceApi;
import io.neuronledger.cli.answer.LedgerApi;
import io.neuronledger.cli.bench.chain.Script;
import io.neuronledger.cli.bench.chain.Workload;
import io.neuronledger.cli.bench.figure.Figure;
import io.neuronledger.cli.bench.figure.Stage;
import io.neuronledger.cli.bench.figure.Unit;
import io.neuronledger.cli.bench.server.BenchServers;
import io.neuronledger.cli.bench.server.Progress;
import io.neuronledger.cli.bench.server.ServiceJars;
import io.neuronledger.contracts.topic.KafkaPrincipal;
import io.neuronledger.contracts.topic.Topics;
import io.neuronledger.contracts.usage.ModelName;
import io.neuronledger.contracts.usage.RequestId;
import io.neuronledger.contracts.usage.Units;
import io.neuronledger.contracts.usage.UsageReport;
import io.neuronledger.contracts.usage.UsageSource;
import io.neuronledger.contracts.value.Neuron;
import io.neuronledger.contracts.value.WalletAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.LongStream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;

/**
 * Usage reports of served requests, by Kafka and by HTTP in batches, until the read model's totals hold them all, for a
 * provider that settles nothing, each way once without being counted; then one settlement over many requests, until it
 * is matched.
 */
final class UsageReports {
  private static final JsonMapper JSON =
      JsonMapper.builder().propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE).build();
  private static final Duration POLL = Duration.ofMillis(20);
  private static final Duration MATCHED_POLL = Duration.ofMillis(5);
  private static final double NANOSECONDS = 1e6;
  private static final int REPORTS_MAX = 100_000;
  private static final int PART_OF_EVENTS = 5;
  /** An hour after the first block: what was completed before the chain has named the service is set apart. */
  private static final Instant BEGINNING = Instant.parse("2026-01-01T01:00:00Z");
  private static final Neuron PRICE = Neuron.parse("1000");

  private final Workload workload;
  private final Script script;
  private final ServiceJars services;
  private final BenchServers servers;
  private final int count;
  private final LedgerApi broker;

  UsageReports(Workload workload, ServiceJars services, BenchServers servers) {
    this.workload = workload;
    this.script = workload.script();
    this.services = services;
    this.servers = servers;
    this.broker = services.broker(Script.idleProvider());
    this.count = (int) Math.min(REPORTS_MAX, script.events() / PART_OF_EVENTS);
  }

  List<Figure> measure() {
    List<Figure> figures = new ArrayList<>();
    var _ = measure("by Kafka", 0, this::sendToKafka);
    var _ = measure("by HTTP", 1, this::sendOverHttp);
    figures.add(measure("by Kafka", 2, this::sendToKafka));
    figures.add(measure("by HTTP", 3, this::sendOverHttp));
    figures.add(matched());
    return figures;
  }

  private interface Way {
    void send(List<UsageReport> reports);
  }

  private Figure measure(String which, int round, Way way) {
    List<UsageReport> reports = LongStream.range(0, count).mapToObj(i -> report((long) round * count + i)).toList();
    long wanted = known() + count;
    long start = System.nanoTime();
    way.send(reports);
    new Progress(this::known, wanted, 1, POLL).awaitEnd();
    return Figure.of(Stage.USAGE, which, Unit.EVENTS_PER_SECOND, count / ((System.nanoTime() - start) / 1e9));
  }

  private UsageReport report(long number) {
    return report(number, Script.wallet(number % script.wallets()), Script.idleProvider(),
        new Units.Tokens(1_000 + number % 1_000, 0, 300 + number % 700, PRICE, PRICE, PRICE));
  }

  private static UsageReport report(long number, WalletAddress owner, WalletAddress provider, Units units) {
    return new UsageReport(RequestId.of("bench-" + number), owner, provider, INFERENCE, ModelName.of("glm-5-fp8"),
        units, units.fee().orElseThrow(), BEGINNING.plusSeconds(number), UsageSource.DIRECT, Optional.empty());
  }

  /** From the moment when the node shows one settlement over many requests until the read model has it as matched. */
  private Figure matched() {
    Units units = new Units.Tokens(1, 0, 0, PRICE, PRICE, PRICE);
    long requests = Script.OTHER_FEES / PRICE.value().longValueExact();
    long wanted = known() + requests;
    sendToKafka(LongStream.range(0, requests)
        .mapToObj(i -> report(i, Script.wallet(0), Script.otherProvider(), units)).toList());
    long funded = workload.showSingle(workload.singles() - 2);
    new Progress(this::known, wanted, 1, POLL).awaitEnd();
    new Progress(services::shown, funded, 1, POLL).awaitEnd();
    long start = System.nanoTime();
    var _ = workload.showSingle(workload.singles() - 1);
    new Progress(this::matchedSettlements, 1, 1, MATCHED_POLL).awaitEnd();
    return Figure.of(Stage.USAGE, String.format(Locale.ROOT, "a settlement over %,d requests -> matched", requests),
        Unit.MILLISECONDS, (System.nanoTime() - start) / NANOSECONDS);
  }

  /** As the read model has it: finance's question would be recorded in the access log, which is no part of matching. */
  private long matchedSettlements() {
    return servers.number(BenchServers.READ_MODEL, "SELECT count(*) FROM read_model.settlement WHERE state = 'matched'"
        + " AND provider = decode('" + Script.otherProvider().value().substring(2) + "', 'hex')");
  }

  private long known() {
    return servers.number(BenchServers.READ_MODEL, "SELECT coalesce(sum(requests), 0) FROM read_model.usage_meter");
  }

  private void sendOverHttp(List<UsageReport> reports) {
    FinanceApi api = new FinanceApi(_ -> broker, services.query());
    for (int first = 0; first < reports.size(); first += UsageReport.BATCH_MAX) {
      var _ = api.report(reports.subList(first, Math.min(reports.size(), first + UsageReport.BATCH_MAX)));
    }
  }

  private void sendToKafka(List<UsageReport> reports) {
    Map<String, Object> settings = new HashMap<>(servers.kafka().clients(KafkaPrincipal.USAGE_REPORTER));
    settings.put("linger.ms", "5");
    try (KafkaProducer<String, String> producer =
        new KafkaProducer<>(settings, new StringSerializer(), new StringSerializer())) {
      for (UsageReport report : reports) {
        ProducerRecord<String, String> event = new ProducerRecord<>(Topics.USAGE_REPORTS,
            report.owner().value(), JSON.writeValueAsString(report));
        event.headers().add("ce_specversion", "1.0".getBytes(UTF_8))
            .add("ce_id", report.requestId().value().getBytes(UTF_8)).add("ce_source", "/bench".getBytes(UTF_8))
            .add("ce_type", Topics.USAGE_REPORT_TYPE.getBytes(UTF_8))
            .add("content-type", "application/json".getBytes(UTF_8));
        var _ = producer.send(event);
      }
    }
  }
}
