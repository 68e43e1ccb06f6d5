package io.neuronledger.cli.play;

import static org.assertj.core.api.Assertions.assertThat;

import io.neuronledger.cli.Cli;
import io.neuronledger.cli.answer.WebhookReceiver;
import io.neuronledger.wallet.option.Surroundings;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.YearMonth;
import java.util.HexFormat;
import java.util.stream.Stream;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What operators and finance do, by their commands on the played stack. */
@NullUnmarked
public abstract class OperatorLife {
  private final PlayedLedger played;
  /** Of the play's life cycle. */
  private final String month;

  protected OperatorLife(PlayedLedger played) {
    this.played = played;
    this.month = YearMonth.from(played.day(1)).toString();
  }

  private record Answer(int exitCode, String out, String err) {
    JsonNode json() {
      return JsonMapper.shared().readTree(out);
    }
  }

  private Answer run(String words) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int exitCode = Cli.commandLine(Surroundings.ofThisProcess()).setOut(new PrintWriter(out, true))
        .setErr(new PrintWriter(err, true))
        .execute(Stream.concat(Stream.of(words.split(" ")), Stream.of("--data", played.data().toString()))
            .toArray(String[]::new));
    return new Answer(exitCode, out.toString(), err.toString());
  }

  private Answer done(String words) {
    Answer answer = run(words);
    assertThat(answer.exitCode()).as(words + answer).isZero();
    return answer;
  }

  @Test
  void status_shows_each_partition_and_nobody_is_in_quarantine() {
    assertThat(run("status").out()).contains("Following", "Partitions");
    assertThat(done("status quarantine").out()).contains("ledger-query", "ledger-command", "None.");
    assertThat(run("status reconciliations --json").json().path("reconciliations").isArray()).isTrue();
    done("status reconcile");
  }

  @Test
  void a_key_is_made_rotated_and_revoked() {
    JsonNode made = done("keys make --name by-command --scope ledger:read --expires P1D --json").json();
    String id = made.at("/key/id").asString();
    assertThat(made.path("secret").asString()).startsWith("nlk_" + id);
    assertThat(done("keys list --limit 1000").out()).contains(id, "by-command");
    assertThat(done("keys rotate " + id + " --old-until PT1H --json").json().path("secret").asString())
        .startsWith("nlk_" + id).isNotEqualTo(made.path("secret").asString());
    assertThat(done("keys revoke --yes " + id).out()).contains("revoked");
    assertThat(done("keys show " + id + " --json").json().path("state").asString()).isEqualTo("revoked");
    assertThat(run("keys show 0000000000000000").err()).contains("404").hasLineCount(1);
  }

  @Test
  void a_rule_lives_by_commands() {
    String id = done("alerts rules make --kind balance-below --balance total --threshold 0.5 --owner "
        + PlayedLedger.BOB + " --json").json().path("id").asString();
    assertThat(done("alerts rules list --limit 1000").out()).contains(id, "0.5");
    assertThat(done("alerts rules mute " + id + " --until P1D --json").json().has("muted_until")).isTrue();
    assertThat(done("alerts rules unmute " + id + " --json").json().has("muted_until")).isFalse();
    assertThat(done("alerts rules disable " + id + " --json").json().path("enabled").asBoolean()).isFalse();
    assertThat(done("alerts rules enable " + id + " --json").json().path("enabled").asBoolean()).isTrue();
    String alert = done("alerts rules test " + id + " --json").json().path("id").asString();
    assertThat(alert).isNotEmpty();
    done("alerts list --limit 5");
    done("alerts rules delete --yes " + id);
    assertThat(run("alerts rules show " + id).exitCode()).isEqualTo(1);
  }

  @Test
  void a_webhook_is_tested_replayed_and_deleted() {
    try (WebhookReceiver receiver = new WebhookReceiver()) {
      WebhookReceiver.Inbox inbox = receiver.inbox();
      JsonNode made = done("webhooks make " + inbox.url() + " --feed alerts --after now --json").json();
      String id = made.at("/webhook/id").asString();
      assertThat(made.path("secret").asString()).startsWith("whsec_");
      assertThat(done("webhooks list").out()).contains(id);
      assertThat(done("webhooks rotate-secret " + id).out()).containsOnlyOnce("whsec_");
      assertThat(done("webhooks deliveries " + id + " --json").json().path("deliveries").isArray()).isTrue();
      assertThat(done("webhooks messages " + id + " --state dead").out()).contains("None.");
      assertThat(done("webhooks change " + id + " --enabled false --json").json().path("enabled").asBoolean())
          .isFalse();
      done("webhooks delete --yes " + id);
      assertThat(run("webhooks show " + id).exitCode()).isEqualTo(1);
    }
  }

  @Test
  void a_month_is_closed_by_two_persons_and_reopened() {
    String hash = done("close freeze " + month + " --as preparer --json").json().at("/report/hash").asString();
    String named = " " + month + " --report " + hash;
    assertThat(done("close report" + named + " --as preparer").out()).contains("Opening (0G)");
    String token = done("close propose" + named + " --as preparer --json").json().path("token").asString();
    named += " --min-token " + token;
    Answer same = run("close approve" + named + " --as preparer");
    assertThat(same.exitCode()).isEqualTo(1);
    assertThat(same.err()).contains("second-person-required");
    done("close approve" + named + " --as approver");
    token = done("close reopen " + month + " --reason mistake --as preparer --json").json().path("token").asString();
    done("close approve-reopening " + month + " --report " + hash + " --min-token " + token + " --as approver");
    assertThat(done("close show " + month).out()).contains("closed", "reopened", "preparer", "approver");
  }

  @Test
  void a_list_is_exported_and_its_download_is_verified(@TempDir Path folder) throws Exception {
    String id = done("export begin settlements --filter state=over --filter state=under --json").json().path("id")
        .asString();
    assertThat(run("export begin settlements --filter stat=over").err()).contains("400").hasLineCount(1);
    Path file = folder.resolve("settlements.csv");
    assertThat(done("export download " + id + " --to " + file).out()).contains("verified");
    assertThat(JsonMapper.shared().readTree(Files.readString(folder.resolve("settlements.csv.json")))
        .path("sha256").asString()).isEqualTo(HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256")
            .digest(Files.readString(file).getBytes(StandardCharsets.UTF_8))));
    assertThat(done("export list").out()).contains(id);
    done("export delete " + id);
  }

  @Test
  void the_log_of_all_this_is_whole() {
    assertThat(done("logs verify").out()).contains("ledger-query:", "all hold").doesNotContain("BROKEN");
    assertThat(done("logs list --service ledger-command --caller operator").out()).contains("operator from");
  }
}
