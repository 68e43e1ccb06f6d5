package io.neuronledger.command.usage;

import static org.assertj.core.api.Assertions.assertThat;

import io.neuronledger.command.fixture.ChainEventProducer;
import io.neuronledger.command.fixture.Reports;
import io.neuronledger.command.fixture.ScriptedPartitions;
import io.neuronledger.command.fixture.Servers;
import io.neuronledger.command.fixture.Service;
import io.neuronledger.command.fixture.Wallets;
import io.neuronledger.command.wiring.CommandService;
import io.neuronledger.contracts.event.UsageEvent;
import io.neuronledger.contracts.topic.Partitions;
import io.neuronledger.contracts.usage.UsageLine;
import io.neuronledger.contracts.usage.UsageReport;
import io.neuronledger.contracts.usage.UsageSource;
import io.neuronledger.contracts.usage.UsageTotal;
import io.neuronledger.contracts.value.SubAccountId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import org.awaitility.Awaitility;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventsourcing.eventstore.DomainEventStream;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.jspecify.annotations.Nullable;

/** Reports in any order, repeated, in batches of any size: each counts once in the totals. */
class AnyOrderIT {
  private static final AtomicInteger OWNERS = new AtomicInteger();
  private static final List<AutoCloseable> OPEN = new ArrayList<>();
  private static @Nullable Service started;

  @BeforeContainer
  static void start() {
    Servers.freshTopics(1);
    ChainEventProducer feed = new ChainEventProducer(1);
    Service service = Service.start(Servers.freshSchema(), 1);
    started = service;
    OPEN.addAll(List.of(service, feed));
    feed.publish(new ScriptedPartitions(new Partitions(1)).seal().drain());
    UsageRecorder recorder = service.bean(UsageRecorder.class);
    Awaitility.await().atMost(Duration.ofSeconds(30)).ignoreExceptions()
        .until(() -> recorder.record(List.of(Reports.report("first", 1))).size() == 1);
  }

  @AfterContainer
  static void stop() throws Exception {
    for (AutoCloseable each : OPEN) {
      each.close();
    }
  }

  @Property(tries = 40, shrinking = ShrinkingMode.OFF)
  void the_totals_are_those_of_the_distinct_reports(@ForAll long seed, @ForAll @IntRange(min = 1, max = 60) int count) {
    UsageRecorder recorder = Objects.requireNonNull(started).bean(UsageRecorder.class);
    EventStore events = Objects.requireNonNull(started).bean(CommandService.class).recorders().eventStore();
    Random random = new Random(seed);
    int owner = 10_000 + OWNERS.incrementAndGet();
    SubAccountId meter = new SubAccountId(Wallets.wallet(owner), Wallets.PROVIDER, Wallets.INFERENCE);
    List<UsageReport> distinct = IntStream.range(0, count).mapToObj(i -> Reports.report(owner + "-" + i, meter,
        random.nextInt(1_000), random.nextBoolean() ? UsageSource.DIRECT : UsageSource.ROUTER)).toList();
    List<UsageReport> sent = new ArrayList<>(distinct);
    IntStream.range(0, random.nextInt(2 * count)).forEach(_ -> sent.add(distinct.get(random.nextInt(count))));
    Collections.shuffle(sent, random);

    int recorded = 0;
    for (int from = 0; from < sent.size();) {
      int until = Math.min(sent.size(), from + 1 + random.nextInt(20));
      recorded += (int) recorder.record(sent.subList(from, until)).stream()
          .filter(UsageOutcome.Recorded.class::isInstance).count();
      from = until;
    }

    assertThat(recorded).isEqualTo(count);
    Set<UsageLine> lines = new LinkedHashSet<>();
    UsageEvent.UsageRecorded last = null;
    for (DomainEventStream stream = events.readEvents(UsageMeterAggregate.idOf(meter)); stream.hasNext();) {
      DomainEventMessage<?> message = stream.next();
      last = (UsageEvent.UsageRecorded) message.getPayload();
      last.lines().forEach(line -> assertThat(lines.add(line)).as("a repeated line: %s", line).isTrue());
    }
    assertThat(lines).containsExactlyInAnyOrderElementsOf(distinct.stream().map(UsageReport::line).toList());
    assertThat(last).isNotNull();
    assertThat(last.direct()).isEqualTo(total(distinct, UsageSource.DIRECT));
    assertThat(last.router()).isEqualTo(total(distinct, UsageSource.ROUTER));
  }

  private static UsageTotal total(List<UsageReport> reports, UsageSource source) {
    UsageTotal total = UsageTotal.ZERO;
    for (UsageReport report : reports) {
      total = report.source() == source ? total.plus(report.line()) : total;
    }
    return total;
  }
}
