package io.neuronledger.query.rebuild;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.neuronledger.contracts.event.AccountRecord;
import io.neuronledger.contracts.value.ServiceName;
import io.neuronledger.contracts.value.SubAccountId;
import io.neuronledger.contracts.value.WalletAddress;
import io.neuronledger.infra.servers.PostgresServer;
import io.neuronledger.query.generation.Generation;
import io.neuronledger.query.generation.Generations;
import io.neuronledger.query.scene.Chain;
import io.neuronledger.query.scene.History;
import io.neuronledger.query.scene.Meters;
import io.neuronledger.query.scene.RawHttp;
import io.neuronledger.query.scene.Scribe;
import io.neuronledger.query.scene.Service;
import io.neuronledger.query.scene.Stage;
import io.neuronledger.query.scene.Topic;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** On a real broker and a real database, over HTTP. */
class RebuildIT {
  private static final String DATABASE = "rebuild";
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final int REQUESTS = 60_000;

  private final PostgresServer postgres = PostgresServer.startTemporary();
  private final Topic topic = new Topic(2);
  private final History first = History.of(11, 0, 2, 400);
  private final History second = History.of(12, 1, 2, 400);
  private Service service = start();

  private Service start() {
    return new Service(postgres, DATABASE, 2, "--neuron-ledger.intake.batch-max=100");
  }

  @BeforeEach
  void publish() {
    first.scribe().seal(300 - (int) first.scribe().block());
    second.scribe().seal(300 - (int) second.scribe().block());
    topic.publish(first.records());
    topic.publish(second.records());
    awaitBlock(299);
  }

  @AfterEach
  void stop() {
    service.close();
    topic.close();
    postgres.close();
  }

  @Test
  void the_new_read_model_takes_over_and_is_equal_by_content() {
    Map<String, String> before = answers();
    try (Contents longReader = new Contents(postgres, DATABASE).begin(); Contents looking = contents()) {
      Map<String, List<String>> old = looking.tables("read_model");
      assertThat(send("POST").status()).isEqualTo(202);
      await().atMost(PATIENCE).until(() -> state().equals("switched"));
      assertThat(looking.tables("read_model_2")).isEqualTo(old);
      assertThat(answers()).isEqualTo(before);
      assertThat(looking.schemas()).contains("read_model");
      assertThat(longReader.strings("SELECT count(*) FROM read_model.entry")).isNotEqualTo(List.of("0"));
    }
    await().atMost(PATIENCE).until(() -> state().equals("done"));
    JsonNode view = view();
    assertThat(view.path("live_generation").asInt()).isEqualTo(2);
    assertThat(view.path("events_done").asLong()).isEqualTo(first.records().size() + second.records().size());
    assertThat(view.path("events_total")).isEqualTo(view.path("events_done"));
    try (Contents looking = contents()) {
      assertThat(looking.schemas()).containsExactly("read_model_2", "read_model_control");
    }
    goesOn(300);
    service.close();
    service = start();
    assertThat(view().path("live_generation").asInt()).isEqualTo(2);
    assertThat(view().path("state").asString()).isEqualTo("none");
    assertThat(send("POST").status()).isEqualTo(202);
    await().atMost(PATIENCE).until(() -> state().equals("done"));
    try (Contents looking = contents()) {
      assertThat(looking.schemas()).containsExactly("read_model_3", "read_model_control");
    }
  }

  /** Requests all the while, and events; an export that began before the switch ends behind it, whole. */
  @Test
  void no_request_fails_or_waits() throws Exception {
    WalletAddress owner = manyRequests();
    AtomicBoolean asking = new AtomicBoolean(true);
    List<String> failures = Collections.synchronizedList(new ArrayList<>());
    List<Thread> askers = IntStream.range(0, 3).mapToObj(nth -> Thread.ofPlatform().start(() -> {
      long block = 0;
      while (asking.get()) {
        long begun = System.nanoTime();
        RawHttp.Answer answer = get("/v1/ledgers/" + first.owners().getFirst());
        long took = Duration.ofNanos(System.nanoTime() - begun).toMillis();
        long at = answer.status() == 200 ? Stage.JSON.readTree(answer.body()).path("as_of").path("block").asLong() : -1;
        if (at < block || took > 3_000) {
          failures.add(answer.status() + " in " + took + " ms at " + at + " after " + block + ": " + answer.body());
        }
        block = Math.max(at, block);
      }
    })).toList();
    try (Socket export = new Socket(InetAddress.getLoopbackAddress(), service.port())) {
      export.setReceiveBufferSize(65_536);
      export.getOutputStream().write(("GET /v1/ledgers/" + owner
          + "/usage HTTP/1.0\r\nHost: x\r\nAccept: text/csv\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
      BufferedReader lines = new BufferedReader(
          new InputStreamReader(export.getInputStream(), StandardCharsets.UTF_8), 1_024);
      assertThat(lines.readLine()).contains("200");
      assertThat(send("POST").status()).isEqualTo(202);
      for (int block = 301; block < 330; block++) {
        first.scribe().seal();
        second.scribe().seal();
        topic.publish(last(first.scribe(), 1));
        topic.publish(last(second.scribe(), 1));
      }
      await().atMost(PATIENCE).until(() -> state().equals("switched"));
      awaitBlock(329);
      assertThat(wholeExport(lines)).isEqualTo(REQUESTS);
    }
    await().atMost(PATIENCE).until(() -> state().equals("done"));
    asking.set(false);
    for (Thread asker : askers) {
      asker.join();
    }
    assertThat(failures).isEmpty();
  }

  @Test
  void what_is_ended_before_the_switch_changes_nothing() {
    Map<String, String> before = answers();
    try (Contents blocking = contents(); Contents looking = contents()) {
      // Somebody moves a lane and does not come to an end: the switch has to wait.
      blocking.run("BEGIN");
      blocking.strings("""
          SELECT pg_advisory_xact_lock_shared(hashtextextended('neuron-ledger moves lanes of read_model', 0))""");
      send("POST");
      await().atMost(PATIENCE).until(() -> view().path("events_done").asLong()
          == first.records().size() + second.records().size());
      assertThat(state()).isEqualTo("building");
      assertThat(send("POST").status()).isEqualTo(409);
      assertThat(looking.schemas()).contains("read_model", "read_model_2");
      assertThat(answers()).isEqualTo(before);
      assertThat(send("DELETE").status()).isEqualTo(202);
      await().atMost(PATIENCE).until(() -> state().equals("stopped"));
      assertThat(looking.schemas()).containsExactly("read_model", "read_model_control");
      assertThat(send("DELETE").status()).isEqualTo(409);
    }
    assertThat(answers()).isEqualTo(before);
    goesOn(300);
  }

  /** The process ends in the middle: what it leaves behind is in nobody's way, and the next rebuild removes it. */
  @Test
  void what_is_cut_off_changes_nothing_and_is_removed_by_the_next() {
    Map<String, String> before = answers();
    Generation begun = service.bean(Generations.class).begin();
    try (Contents looking = contents()) {
      looking.run("INSERT INTO read_model_2.service_terms VALUES (0, 'left over', 1, 60)");
      service.close();
      service = start();
      assertThat(answers()).isEqualTo(before);
      assertThat(looking.schemas()).contains(begun.schema());
      send("POST");
      await().atMost(PATIENCE).until(() -> state().equals("done"));
      assertThat(looking.strings("SELECT service FROM read_model_2.service_terms WHERE service = 'left over'"))
          .isEmpty();
    }
    assertThat(answers()).isEqualTo(before);
  }

  /** A second instance takes part in the old read model, and goes on in the new one. */
  @Test
  void another_instance_goes_on_in_the_new_one() {
    try (Service other = start()) {
      send("POST");
      await().atMost(PATIENCE).until(() -> state().equals("done"));
      goesOn(300);
      assertThat(RawHttp.send(other.port(), "GET", "/v1/ledgers/" + second.owners().getFirst() + "?min_block=300")
          .status()).isEqualTo(200);
    }
    assertThat(get("/v1/status").body()).doesNotContain("stopped");
  }

  private WalletAddress manyRequests() {
    WalletAddress owner = first.owners().getFirst();
    SubAccountId id = new SubAccountId(owner, History.providers().getFirst(), ServiceName.of("inference-v1.0"));
    Meters meters = new Meters();
    int from = first.records().size();
    for (int i = 0; i < REQUESTS; i += 500) {
      int start = i;
      first.scribe().add(meters.recorded(id, IntStream.range(0, 500).mapToObj(nth -> Meters.line("r-" + (start + nth),
          Chain.blockTime(1).plusSeconds(start + nth), 7)).toList()));
    }
    first.scribe().seal();
    second.scribe().seal();
    topic.publish(first.records().subList(from, first.records().size()));
    topic.publish(last(second.scribe(), 1));
    awaitBlock(300);
    return owner;
  }

  private static int wholeExport(BufferedReader lines) throws IOException {
    int rows = 0;
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      if (line.startsWith("r-")) {
        rows++;
      }
      if (line.startsWith("#rows=")) {
        assertThat(line).startsWith("#rows=" + rows + " sha256:");
        return rows;
      }
    }
    throw new AssertionError("the export broke off after " + rows + " rows");
  }

  private void goesOn(long block) {
    first.scribe().seal();
    second.scribe().seal();
    topic.publish(last(first.scribe(), 1));
    topic.publish(last(second.scribe(), 1));
    awaitBlock(block);
  }

  private static List<AccountRecord> last(Scribe scribe, int count) {
    return scribe.records().subList(scribe.records().size() - count, scribe.records().size());
  }

  private void awaitBlock(long block) {
    for (History history : List.of(first, second)) {
      String path = "/v1/ledgers/" + history.owners().getFirst() + "/entries?min_block=" + block + "&wait=30";
      assertThat(get(path).status()).isEqualTo(200);
    }
  }

  private Map<String, String> answers() {
    Map<String, String> answers = new TreeMap<>();
    for (String path : List.of("/v1/refunds", "/v1/settlements", "/v1/discrepancies", "/v1/reports/settlement")) {
      answers.put(path, get(path).body());
    }
    for (History history : List.of(first, second)) {
      for (WalletAddress owner : history.owners()) {
        for (String path : List.of("", "/sub-accounts", "/entries?limit=500", "?at_block=5", "/usage")) {
          answers.put(owner + path, get("/v1/ledgers/" + owner + path).body());
        }
      }
    }
    return answers;
  }

  private Contents contents() {
    return new Contents(postgres, DATABASE);
  }

  private RawHttp.Answer send(String method) {
    return RawHttp.send(service.port(), method, "/v1/admin/rebuild", "Content-Length: 0");
  }

  private RawHttp.Answer get(String path) {
    return RawHttp.send(service.port(), "GET", path);
  }

  private JsonNode view() {
    return Stage.JSON.readTree(get("/v1/admin/rebuild").body());
  }

  private String state() {
    JsonNode view = view();
    assertThat(view.path("state").asString()).as(view.toString()).isNotEqualTo("failed");
    return view.path("state").asString();
  }
}
