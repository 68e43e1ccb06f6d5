package io.neuronledger.query.rebuild;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.neuronledger.contracts.value.WalletAddress;
import io.neuronledger.infra.servers.RawHttp;
import io.neuronledger.query.fixture.QueryFixture;
import io.neuronledger.query.fixture.Service;
import io.neuronledger.query.generation.Generation;
import io.neuronledger.query.generation.Generations;
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
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** On a real broker and a real database, over HTTP. */
class RebuildIT {
  private static final Duration PATIENCE = RebuildStage.PATIENCE;
  private static final int REQUESTS = 60_000;

  private final RebuildStage stage = new RebuildStage();

  @AfterEach
  void stop() {
    stage.close();
  }

  @Test
  void the_new_read_model_takes_over_and_is_equal_by_content() {
    Map<String, String> before = stage.answers();
    try (Contents longReader = stage.contents().begin(); Contents looking = stage.contents()) {
      Map<String, List<String>> old = looking.tables("read_model");
      assertThat(stage.send("POST").status()).isEqualTo(202);
      await().atMost(PATIENCE).until(() -> stage.state().equals("switched"));
      assertThat(looking.tables("read_model_2")).isEqualTo(old);
      assertThat(stage.answers()).isEqualTo(before);
      assertThat(looking.schemas()).contains("read_model");
      assertThat(longReader.strings("SELECT count(*) FROM read_model.entry")).isNotEqualTo(List.of("0"));
    }
    await().atMost(PATIENCE).until(() -> stage.state().equals("done"));
    JsonNode view = stage.view();
    assertThat(view.path("live_generation").asInt()).isEqualTo(2);
    assertThat(view.path("events_done").asLong()).isEqualTo(stage.events());
    assertThat(view.path("events_total")).isEqualTo(view.path("events_done"));
    try (Contents looking = stage.contents()) {
      assertThat(looking.schemas()).containsExactly("read_model_2", "read_model_control");
    }
    stage.goesOn();
    stage.restart();
    assertThat(stage.view().path("live_generation").asInt()).isEqualTo(2);
    assertThat(stage.view().path("state").asString()).isEqualTo("none");
    assertThat(stage.send("POST").status()).isEqualTo(202);
    await().atMost(PATIENCE).until(() -> stage.state().equals("done"));
    try (Contents looking = stage.contents()) {
      assertThat(looking.schemas()).containsExactly("read_model_3", "read_model_control");
    }
  }

  /** Requests all the while, and events; an export that was asked for before the switch ends after it, whole. */
  @Test
  void no_request_fails_or_waits() throws Exception {
    WalletAddress owner = stage.manyRequests(REQUESTS);
    AtomicBoolean asking = new AtomicBoolean(true);
    List<String> failures = Collections.synchronizedList(new ArrayList<>());
    List<Thread> askers = IntStream.range(0, 3).mapToObj(nth -> Thread.ofPlatform().start(() -> {
      long block = 0;
      while (asking.get()) {
        long begun = System.nanoTime();
        RawHttp.Answer answer = stage.get("/v1/ledgers/" + stage.first.owners().getFirst());
        long took = Duration.ofNanos(System.nanoTime() - begun).toMillis();
        long at = answer.status() == 200 ? QueryFixture.JSON.readTree(answer.body()).path("as_of").path("block")
            .asLong() : -1;
        if (at < block || took > 3_000) {
          failures.add(answer.status() + " in " + took + " ms at " + at + " after " + block + ": " + answer.body());
        }
        block = Math.max(at, block);
      }
    })).toList();
    try (Socket export = new Socket(InetAddress.getLoopbackAddress(), stage.service().port())) {
      export.setReceiveBufferSize(65_536);
      export.getOutputStream().write(("GET /v1/ledgers/" + owner
          + "/usage HTTP/1.0\r\nHost: x\r\nAccept: text/csv\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
      BufferedReader lines = new BufferedReader(
          new InputStreamReader(export.getInputStream(), StandardCharsets.UTF_8), 1_024);
      assertThat(stage.send("POST").status()).isEqualTo(202);
      for (int i = 0; i < 30; i++) {
        stage.seal();
      }
      // Nobody may be reading the old generation any more: then it is gone within a moment.
      await().atMost(PATIENCE).until(() -> Set.of("switched", "done").contains(stage.state()));
      stage.goesOn();
      assertThat(lines.readLine()).contains("200");
      assertThat(wholeExport(lines)).isEqualTo(REQUESTS);
    }
    await().atMost(PATIENCE).until(() -> stage.state().equals("done"));
    asking.set(false);
    for (Thread asker : askers) {
      asker.join();
    }
    assertThat(failures).isEmpty();
  }

  @Test
  void what_is_ended_before_the_switch_changes_nothing() {
    Map<String, String> before = stage.answers();
    try (Contents blocking = stage.contents(); Contents looking = stage.contents()) {
      // Somebody moves a partition and does not come to an end: the switch has to wait.
      blocking.run("BEGIN");
      blocking.strings("""
          SELECT pg_advisory_xact_lock_shared(hashtextextended('neuron-ledger moves partitions of read_model', 0))""");
      stage.send("POST");
      await().atMost(PATIENCE).until(() -> stage.view().path("events_done").asLong()
          == stage.events());
      assertThat(stage.state()).isEqualTo("building");
      assertThat(stage.send("POST").status()).isEqualTo(409);
      assertThat(looking.schemas()).contains("read_model", "read_model_2");
      assertThat(stage.answers()).isEqualTo(before);
      assertThat(stage.send("DELETE").status()).isEqualTo(202);
      await().atMost(PATIENCE).until(() -> stage.state().equals("stopped"));
      assertThat(looking.schemas()).containsExactly("read_model", "read_model_control");
      assertThat(stage.send("DELETE").status()).isEqualTo(409);
    }
    assertThat(stage.answers()).isEqualTo(before);
    stage.goesOn();
  }

  @Test
  void what_is_ended_behind_the_switch_has_switched() {
    try (Contents _ = stage.contents().begin(); Contents looking = stage.contents()) {
      stage.send("POST");
      await().atMost(PATIENCE).until(() -> stage.state().equals("switched"));
      assertThat(stage.send("DELETE").status()).isEqualTo(202);
      await().atMost(PATIENCE).until(() -> stage.state().equals("stopped"));
      assertThat(stage.view().path("live_generation").asInt()).isEqualTo(2);
      assertThat(stage.view().path("generation").asInt()).isEqualTo(2);
      assertThat(looking.schemas()).contains("read_model", "read_model_2");
      assertThat(stage.send("DELETE").status()).isEqualTo(409);
    }
  }

  /** The process ends in the middle: what it leaves behind is in nobody's way, and the next rebuild removes it. */
  @Test
  void what_is_cut_off_changes_nothing_and_is_removed_by_the_next() {
    Map<String, String> before = stage.answers();
    Generation begun = stage.service().bean(Generations.class).begin();
    try (Contents looking = stage.contents()) {
      looking.run("INSERT INTO read_model_2.service_terms VALUES (0, 'left over', 1, 60)");
      stage.restart();
      assertThat(stage.answers()).isEqualTo(before);
      assertThat(looking.schemas()).contains(begun.schema());
      stage.send("POST");
      await().atMost(PATIENCE).until(() -> stage.state().equals("done"));
      assertThat(looking.strings("SELECT service FROM read_model_2.service_terms WHERE service = 'left over'"))
          .isEmpty();
    }
    assertThat(stage.answers()).isEqualTo(before);
  }

  /** A second instance takes part in the old read model, and goes on in the new one. Others hold nobody up. */
  @Test
  void another_instance_goes_on_in_the_new_one() {
    try (Service other = stage.start(); Contents _ = stage.contents().beginOfOthers()) {
      stage.send("POST");
      await().atMost(PATIENCE).until(() -> stage.state().equals("done"));
      stage.goesOn();
      assertThat(RawHttp.send(other.port(), "GET", "/v1/ledgers/" + stage.second.owners().getFirst() + "?min_block=300")
          .status()).isEqualTo(200);
    }
    assertThat(stage.get("/v1/status").body()).doesNotContain("stopped");
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

}
