package io.neuronledger.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/** The command on a running ledger-query on real servers. */
class RebuildIT {
  private final RunningQuery query = new RunningQuery().seal(1, 2_000);
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @AfterEach
  void stop() {
    query.close();
  }

  @Test
  void it_shows_progress_and_ends_when_the_new_read_model_answers() {
    assertThat(run(new Rebuild())).as(err.toString()).isZero();
    assertThat(out.toString()).contains("100%").contains("2001/2001").contains("Done: answers come from generation 2.");
  }

  @Test
  void ctrl_c_stops_it_and_nothing_has_changed() throws SQLException {
    Rebuild command = new Rebuild();
    try (Connection connection = query.database(); Statement statement = connection.createStatement()) {
      // An open transaction holds a partition, so the switch has to wait.
      statement.execute(
          "SELECT pg_advisory_lock_shared(hashtextextended('neuron-ledger moves partitions of read_model', 0))");
      CompletableFuture<Integer> exitCode = CompletableFuture.supplyAsync(() -> run(command));
      await().atMost(Duration.ofSeconds(30)).until(() -> out.toString().contains("2001/2001"));
      assertThat(run(new Rebuild())).isEqualTo(1);
      assertThat(err.toString()).contains("one rebuild at a time");
      command.stop();
      assertThat(exitCode.join()).isEqualTo(1);
    }
    assertThat(out.toString()).contains("Stopped: nothing has changed.");
  }

  private int run(Rebuild command) {
    return new CommandLine(command).setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true))
        .execute("--url", query.url());
  }
}
