package io.neuronledger.query.rebuild;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.neuronledger.contracts.event.AccountEvent;
import io.neuronledger.contracts.period.FrozenReport;
import io.neuronledger.contracts.value.WalletAddress;
import io.neuronledger.query.fixture.QueryFixture;
import io.neuronledger.query.fixture.Service;
import io.neuronledger.query.generation.Generation;
import io.neuronledger.query.wiring.QueryService;
import io.neuronledger.testkit.servers.RawHttp;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** Rebuilds on a real broker and a real database, over HTTP. */
class RebuildIT {
  private static final Duration TIMEOUT = RebuildFixture.TIMEOUT;
  private static final int REQUESTS = 60_000;

  private final RebuildFixture fixture = new RebuildFixture();

  @AfterEach
  void stop() {
    fixture.close();
  }

  @Test
  void the_new_read_model_becomes_live_with_equal_content() {
    Map<String, String> before = fixture.answers();
    try (Contents longReader = fixture.connection().begin(); Contents looking = fixture.contents()) {
      Map<String, List<String>> old = looking.tables("read_model");
      assertThat(fixture.send("POST").status()).isEqualTo(202);
      await().atMost(TIMEOUT).until(() -> fixture.state().equals("switched"));
      assertThat(looking.tables("read_model_2")).isEqualTo(old);
      assertThat(fixture.answers()).isEqualTo(before);
      assertThat(looking.schemas()).contains("read_model");
      assertThat(longReader.strings("SELECT count(*) FROM read_model.entry")).isNotEqualTo(List.of("0"));
    }
    await().atMost(TIMEOUT).until(() -> fixture.state().equals("done"));
    JsonNode view = fixture.view();
    assertThat(view.path("live_generation").asInt()).isEqualTo(2);
    assertThat(view.path("events_done").asLong()).isEqualTo(fixture.events());
    assertThat(view.path("events_total")).isEqualTo(view.path("events_done"));
    try (Contents looking = fixture.contents()) {
      assertThat(looking.schemas()).containsExactly("read_model_2", "read_model_control");
    }
    fixture.assertContinues();
    fixture.restart();
    assertThat(fixture.view().path("live_generation").asInt()).isEqualTo(2);
    assertThat(fixture.view().path("state").asString()).isEqualTo("none");
    assertThat(fixture.send("POST").status()).isEqualTo(202);
    await().atMost(TIMEOUT).until(() -> fixture.state().equals("done"));
    try (Contents looking = fixture.contents()) {
      assertThat(looking.schemas()).containsExactly("read_model_3", "read_model_control");
    }
  }

  /** Requests and events continue during the rebuild; an export that begins before the switch completes after it. */
  @Test
  void no_request_fails_or_waits() throws Exception {
    WalletAddress owner = fixture.manyRequests(REQUESTS);
    AtomicBoolean asking = new AtomicBoolean(true);
    List<String> failures = Collections.synchronizedList(new ArrayList<>());
    List<Thread> askers = IntStream.range(0, 3).mapToObj(nth -> Thread.ofPlatform().start(() -> {
      long block = 0;
      while (asking.get()) {
        long startNanos = System.nanoTime();
        RawHttp.Answer answer = fixture.get("/v1/ledgers/" + fixture.first.owners().getFirst());
        long took = Duration.ofNanos(System.nanoTime() - startNanos).toMillis();
        long at = answer.status() == 200 ? QueryFixture.JSON.readTree(answer.body()).path("as_of").path("block")
            .asLong() : -1;
        if (at < block || took > 3_000) {
          failures.add(answer.status() + " in " + took + " ms at " + at + " after " + block + ": " + answer.body());
        }
        block = Math.max(at, block);
      }
    })).toList();
    String export = RawHttp.send(fixture.service().port(), "POST", "/v1/ledgers/" + owner
        + "/usage/exports?model=model-a").header("Location").orElseThrow();
    assertThat(fixture.send("POST").status()).isEqualTo(202);
    for (int i = 0; i < 30; i++) {
      fixture.seal();
    }
    // Without readers, the old generation is dropped at once: "switched" may be over already.
    await().atMost(TIMEOUT).until(() -> Set.of("switched", "done").contains(fixture.state()));
    fixture.assertContinues();
    await().atMost(TIMEOUT).until(() -> fixture.get(export).body().contains("\"rows\":" + REQUESTS + ","));
    await().atMost(TIMEOUT).until(() -> fixture.state().equals("done"));
    asking.set(false);
    for (Thread asker : askers) {
      asker.join();
    }
    assertThat(failures).isEmpty();
  }

  /** The new read model is all but live while the month is frozen, closed, and reported late. */
  @Test
  void a_month_is_closed_while_a_rebuild_runs() {
    fixture.reportUsage("before", 10);
    try (Contents blocking = fixture.contents()) {
      // An open write transaction delays the switch.
      blocking.run("BEGIN");
      blocking.strings("""
          SELECT pg_advisory_xact_lock_shared(hashtextextended('neuron-ledger moves partitions of read_model', 0))""");
      fixture.send("POST");
      await().atMost(TIMEOUT).until(() -> fixture.view().path("events_done").asLong() == fixture.events());
      FrozenReport report = fixture.freeze();
      fixture.reportUsage("late", 5);
      fixture.decide(new AccountEvent.PeriodClosingProposed(RebuildFixture.MONTH, report, "ann", Instant.EPOCH));
      fixture.decide(new AccountEvent.PeriodClosed(RebuildFixture.MONTH, report, "ann", "ben", Instant.EPOCH));
      await().atMost(TIMEOUT).until(() -> fixture.period().path("state").asString().equals("closed"));
      assertThat(fixture.state()).isEqualTo("building");
      String bytes = fixture.report();
      assertThat(bytes).isEqualTo(fixture.keptReport(report));
      String next = fixture.reportAfter();
      assertThat(QueryFixture.JSON.readTree(next).at("/adjustments/0/used").asString()).isEqualTo("5");

      blocking.run("COMMIT");
      await().atMost(TIMEOUT).until(() -> fixture.state().equals("done"));
      assertThat(fixture.view().path("live_generation").asInt()).isEqualTo(2);
      assertThat(fixture.period().path("state").asString()).isEqualTo("closed");
      assertThat(fixture.period().path("kept").asBoolean()).isTrue();
      assertThat(fixture.report()).isEqualTo(bytes);
      assertThat(QueryFixture.JSON.readTree(fixture.reportAfter()).path("adjustments"))
          .isEqualTo(QueryFixture.JSON.readTree(next).path("adjustments"));
      assertThat(fixture.freeze()).as("made again from the new read model").isEqualTo(report);
    }
  }

  @Test
  void a_rebuild_stopped_before_the_switch_changes_nothing() {
    Map<String, String> before = fixture.answers();
    try (Contents blocking = fixture.contents(); Contents looking = fixture.contents()) {
      // An open write transaction delays the switch.
      blocking.run("BEGIN");
      blocking.strings("""
          SELECT pg_advisory_xact_lock_shared(hashtextextended('neuron-ledger moves partitions of read_model', 0))""");
      fixture.send("POST");
      await().atMost(TIMEOUT).until(() -> fixture.view().path("events_done").asLong()
          == fixture.events());
      assertThat(fixture.state()).isEqualTo("building");
      assertThat(fixture.send("POST").status()).isEqualTo(409);
      assertThat(looking.schemas()).contains("read_model", "read_model_2");
      assertThat(fixture.answers()).isEqualTo(before);
      assertThat(fixture.send("DELETE").status()).isEqualTo(202);
      await().atMost(TIMEOUT).until(() -> fixture.state().equals("stopped"));
      assertThat(looking.schemas()).containsExactly("read_model", "read_model_control");
      assertThat(fixture.send("DELETE").status()).isEqualTo(409);
    }
    assertThat(fixture.answers()).isEqualTo(before);
    fixture.assertContinues();
  }

  @Test
  void a_rebuild_stopped_after_the_switch_stays_switched() {
    try (Contents _ = fixture.connection().begin(); Contents looking = fixture.contents()) {
      fixture.send("POST");
      await().atMost(TIMEOUT).until(() -> fixture.state().equals("switched"));
      assertThat(fixture.send("DELETE").status()).isEqualTo(202);
      await().atMost(TIMEOUT).until(() -> fixture.state().equals("stopped"));
      assertThat(fixture.view().path("live_generation").asInt()).isEqualTo(2);
      assertThat(fixture.view().path("generation").asInt()).isEqualTo(2);
      assertThat(looking.schemas()).contains("read_model", "read_model_2");
      assertThat(fixture.send("DELETE").status()).isEqualTo(409);
    }
  }

  /** PostgreSQL shows a role its own transactions only: another role may have begun one before the switch. */
  @Test
  void an_instance_with_another_role_delays_the_drop_while_it_is_connected() {
    try (Contents other = fixture.contents().forExports(); Contents looking = fixture.contents()) {
      fixture.send("POST");
      await().atMost(TIMEOUT).until(() -> fixture.state().equals("switched"));
      assertThat(looking.schemas()).contains("read_model", "read_model_2");
      assertThat(other.strings("SELECT 'idle'")).containsExactly("idle");
      assertThat(fixture.state()).isEqualTo("switched");
    }
    await().atMost(TIMEOUT).until(() -> fixture.state().equals("done"));
  }

  /** The process ends during a rebuild: the incomplete generation has no effect, and the next rebuild drops it. */
  @Test
  void an_interrupted_rebuild_changes_nothing_and_the_next_one_removes_it() {
    Map<String, String> before = fixture.answers();
    Generation incomplete = fixture.service().bean(QueryService.class).generations().begin();
    try (Contents looking = fixture.contents()) {
      looking.run("INSERT INTO read_model_2.service_terms VALUES (0, 'left over', 1, 60)");
      fixture.restart();
      assertThat(fixture.answers()).isEqualTo(before);
      assertThat(looking.schemas()).contains(incomplete.schema());
      fixture.send("POST");
      await().atMost(TIMEOUT).until(() -> fixture.state().equals("done"));
      assertThat(looking.strings("SELECT service FROM read_model_2.service_terms WHERE service = 'left over'"))
          .isEmpty();
    }
    assertThat(fixture.answers()).isEqualTo(before);
  }

  /**
   * A second instance writes to the old read model and continues in the new one. Transactions of other programs do not
   * delay the drop.
   */
  @Test
  void another_instance_continues_in_the_new_read_model() {
    try (Service other = fixture.start(); Contents _ = fixture.contents().beginAsOtherProgram()) {
      fixture.send("POST");
      await().atMost(TIMEOUT).until(() -> fixture.state().equals("done"));
      fixture.assertContinues();
      String path = "/v1/ledgers/" + fixture.second.owners().getFirst() + "?min_block=300";
      assertThat(RawHttp.send(other.port(), "GET", path).status()).isEqualTo(200);
    }
    assertThat(fixture.get("/v1/status").body()).doesNotContain("stopped");
  }

  /** A cursor of the old generation goes on in the new one, in either direction. */
  @ParameterizedTest
  @CsvSource({"/v1/ledgers/{owner}/entries?order=asc&, entries, id",
      "/v1/ledgers/{owner}/entries?order=desc&, entries, id", "/v1/ledgers/{owner}/usage?, usage, request_id",
      "/v1/settlements?, settlements, id"})
  void a_list_that_is_paged_during_a_rebuild_repeats_and_loses_nothing(String list, String rows, String name) {
    String path = list.replace("{owner}", fixture.first.owners().getFirst().value());
    List<String> whole = names(QueryFixture.JSON.readTree(fixture.get(path + "limit=500").body()), rows, name);
    if (rows.equals("entries")) {
      assertThat(whole.stream().filter(id -> id.matches("0-\\d+-\\d+"))).hasSizeGreaterThan(5);
    }
    List<String> paged = new ArrayList<>();
    String cursor = "";
    for (int page = 0; page == 0 || !cursor.isEmpty(); page++) {
      if (page == 2) {
        assertThat(fixture.send("POST").status()).isEqualTo(202);
      }
      if (page == 4) {
        await().atMost(TIMEOUT).until(() -> fixture.state().equals("done"));
      }
      JsonNode answer = QueryFixture.JSON.readTree(fixture.get(path + "limit=1"
          + (cursor.isEmpty() ? "" : "&cursor=" + cursor)).body());
      paged.addAll(names(answer, rows, name));
      assertThat(answer.path("has_more").asBoolean()).isEqualTo(answer.has("next_cursor"));
      cursor = answer.path("next_cursor").asString("");
    }
    assertThat(paged).hasSizeGreaterThan(5).isEqualTo(whole);
    assertThat(fixture.view().path("live_generation").asInt()).isEqualTo(2);
  }

  private static List<String> names(JsonNode page, String rows, String name) {
    return page.path(rows).valueStream().map(row -> row.path(name).asString()).toList();
  }
}
