package io.neuronledger.cli.bench.stage;

import io.neuronledger.cli.answer.WebhookReceiver;
import io.neuronledger.cli.bench.chain.Script;
import io.neuronledger.cli.bench.figure.Figure;
import io.neuronledger.cli.bench.figure.Latencies;
import io.neuronledger.cli.bench.figure.Stage;
import io.neuronledger.cli.bench.figure.Unit;
import io.neuronledger.cli.bench.server.Progress;
import io.neuronledger.cli.bench.server.ServiceJars;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The requests of {@link Reads} by one client and by sixteen, without subscriptions and with many that nobody reads, in
 * turn: half of them to the events of all owners, half to those of one. Beside them are as many webhooks as a caller
 * may have, from the first event on, whose target takes every message and never answers.
 */
final class UnreadSubscriptions {
  /** Of ledger-query: 130 kB for each subscription beside what the other stages need. */
  static final int HEAP_MEGABYTES = 1_280;
  private static final int[] CLIENTS = {1, 16};
  private static final int SUBSCRIPTIONS_MAX = 5_000;
  private static final int EVENTS_PER_SUBSCRIPTION = 80;
  private static final int TURNS = 4;
  private static final int WEBHOOKS = 10;
  private static final int P99 = 99;
  private static final Duration POLL = Duration.ofMillis(200);
  private static final Duration DEADLINE = Duration.ofMinutes(2);
  private static final String OPEN = "ledger_query_subscriptions ";
  private static final String WAITING = "ledger_query_webhooks_undelivered ";
  /** Of a webhook; the others are in the topic until then. The bench has more events. */
  private static final int WAITING_MAX = 1_000;

  private final Script script;
  private final ServiceJars services;
  private final Reads reads;
  private final int count;

  UnreadSubscriptions(Script script, ServiceJars services, Reads reads) {
    this.script = script;
    this.services = services;
    this.reads = reads;
    this.count = (int) Math.min(SUBSCRIPTIONS_MAX, script.events() / EVENTS_PER_SUBSCRIPTION);
  }

  List<Figure> measure() throws IOException {
    reads.warmUp(services.query());
    List<List<Long>> without = List.of(new ArrayList<>(), new ArrayList<>());
    List<List<Long>> with = List.of(new ArrayList<>(), new ArrayList<>());
    for (int turn = 0; turn < TURNS; turn++) {
      read(without);
      List<InputStream> open = open();
      await(OPEN, count);
      try (WebhookReceiver target = new WebhookReceiver()) {
        target.hold();
        target.register(services.query(), WEBHOOKS);
        target.awaitHeld(WEBHOOKS);
        await(WAITING, WEBHOOKS * WAITING_MAX);
        read(with);
        target.unregister(services.query());
      }
      for (InputStream each : open) {
        each.close();
      }
      await(OPEN, 0);
    }
    List<Figure> figures = new ArrayList<>();
    for (int i = 0; i < CLIENTS.length; i++) {
      String clients = CLIENTS[i] + (CLIENTS[i] == 1 ? " client" : " clients");
      String unread = String.format(Locale.ROOT, "%,d and %d webhooks", count, WEBHOOKS);
      Latencies base = new Latencies(without.get(i));
      Latencies loaded = new Latencies(with.get(i));
      figures.addAll(base.figures(Stage.SUBSCRIPTIONS, clients + ", none, "));
      figures.addAll(loaded.figures(Stage.SUBSCRIPTIONS, clients + ", " + unread + ", "));
      figures.add(Figure.of(Stage.SUBSCRIPTIONS, clients + ", p99 with " + unread + " beside none", Unit.RATIO,
          loaded.percentile(P99) / base.percentile(P99)));
    }
    return figures;
  }

  private void read(List<List<Long>> times) {
    for (int i = 0; i < CLIENTS.length; i++) {
      times.get(i).addAll(reads.run(services.query(), CLIENTS[i],
          Math.max(CLIENTS[i], reads.requests() / TURNS), i));
    }
  }

  private List<InputStream> open() {
    List<InputStream> open = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      String path = i % 2 == 0 ? "/v1/events" : "/v1/ledgers/" + Script.wallet(i % script.wallets()) + "/events";
      open.add(services.query().client()
          .stream(path, Map.of("Last-Event-ID", "now"), BodyHandlers.ofInputStream()).body());
    }
    return open;
  }

  /** A closed connection is noticed with the next heartbeat. */
  private void await(String metric, int wanted) {
    long start = System.nanoTime();
    while (services.query().get("/actuator/prometheus").body().lines().noneMatch((metric + wanted + ".0")::equals)) {
      if (System.nanoTime() - start > DEADLINE.toNanos()) {
        throw new IllegalStateException("not " + metric + wanted + " within " + DEADLINE);
      }
      Progress.pause(POLL);
    }
  }
}
