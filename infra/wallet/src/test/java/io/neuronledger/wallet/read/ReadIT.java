package io.neuronledger.wallet.read;

import static org.assertj.core.api.Assertions.assertThat;

import io.neuronledger.foundation.evm.HexData;
import io.neuronledger.foundation.evm.PersonalSignature;
import io.neuronledger.wallet.fixture.Commands;
import io.neuronledger.wallet.fixture.Commands.Answer;
import io.neuronledger.wallet.fixture.FakeServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Credentials, the events as they come, and answers that are no answers. */
class ReadIT {
  private static final String KEY = "46".repeat(32);
  private static final String WALLET = "0x9d8A62f656a8d1615C1294fd71e9CFb3E4855A4F";
  private static final String END = "event: problem\ndata: {\"code\":\"credential-invalid\"}\n\n";

  private final Deque<FakeServer.Answer> answers = new ArrayDeque<>();
  private final List<FakeServer.Asked> asked = Collections.synchronizedList(new ArrayList<>());
  private final FakeServer server = new FakeServer(each -> {
    asked.add(each);
    return answers.size() > 1 ? answers.removeFirst() : answers.getFirst();
  });

  @AfterEach
  void stop() {
    server.close();
  }

  private static Commands commands(Map<String, String> environment) {
    return new Commands(environment, Optional.empty());
  }

  private Answer run(Map<String, String> environment, String... words) {
    return run(commands(environment), words);
  }

  private Answer run(Commands commands, String... words) {
    return commands.run(Stream.concat(Stream.of(words),
        Stream.of("--ledger", server.url(), "--data", "/nonexistent")).toArray(String[]::new));
  }

  private void answer(int status, String body) {
    answers.add(new FakeServer.Answer(status, body));
  }

  private static String event(int seq) {
    return """
        id: 3-%d
        event: funds-deposited.v1
        data: {"chain_id":31337,"partition":3,"seq":%d,"recorded_at":"2026-11-28T12:00:01Z","event":
        data:  {"type":"funds-deposited.v1","owner":"0x9d8a62f656a8d1615c1294fd71e9cfb3e4855a4f",
        data:   "payer":"0x9d8a62f656a8d1615c1294fd71e9cfb3e4855a4f","amount":"1500000000000000000","opened":false,
        data:   "after":{"available":"1500000000000000000","locked":"0"},"cause":{"at":"6-0-0-0","hash":"0x%s",
        data:   "time":"2026-11-28T12:00:00Z","transaction":"0x%s","log":0,"emitter":"%s"}}}

        """
        .formatted(seq, seq, "ab".repeat(32), "cd".repeat(32), WALLET.toLowerCase(Locale.ROOT));
  }

  private void events(String body) {
    answers.add(new FakeServer.Answer(200, body, Map.of("Content-Type", "text/event-stream")));
  }

  /** The connection ends before the answer does. */
  private void broken(String body) {
    answers.add(new FakeServer.Answer(200, body,
        Map.of("Content-Type", "text/event-stream", "Content-Length", "100000")));
  }

  /** The service ends a feed whose credential it would refuse, and refuses it. */
  private void refuse() {
    answer(401, "{\"code\":\"credential-invalid\",\"detail\":\"no\"}");
  }

  @Test
  void a_feed_goes_on_where_its_connection_broke() {
    events("retry: 2000\n\nid: beginning\n\n" + event(0) + ":\n\n" + event(4));
    events(event(7) + END);
    refuse();
    Answer answer = run(Map.of(), "watch", "--owner", WALLET, "--after", "beginning");
    assertThat(answer.exitCode()).isEqualTo(1);
    assertThat(answer.err()).contains("credential-invalid");
    assertThat(answer.out().lines()).hasSize(3).allMatch(line -> line.contains("1.5 0G") && line.contains("id 3-"));
    assertThat(asked.stream().map(each -> each.headers().getFirst("Last-Event-ID")))
        .containsExactly("beginning", "3-4", "3-7");
  }

  /** The service names at once where `now` is, in a block without an event. */
  @Test
  void a_feed_from_now_on_misses_nothing_when_it_breaks_before_its_first_event() {
    broken("retry: 2000\n\nid: 3-41\n\n:\n\n");
    events(event(42) + END);
    refuse();
    Answer answer = run(Map.of(), "watch", "--owner", WALLET);
    assertThat(answer.out()).contains("id 3-42");
    assertThat(answer.err()).contains("it goes on after 3-41");
    assertThat(asked.stream().map(each -> each.headers().getFirst("Last-Event-ID")))
        .containsExactly("now", "3-41", "3-42");
  }

  /** An event is received with the blank line after it. */
  @Test
  void an_event_that_breaks_off_is_received_again() {
    events(event(4) + "id: 3-5\nevent: funds-deposited.v1\n");
    broken("id: 3-5\nevent: funds-deposited.v1\ndata: {\"seq\"");
    events(event(5) + END);
    refuse();
    Answer answer = run(Map.of(), "watch", "--owner", WALLET);
    assertThat(answer.out().lines()).hasSize(2);
    assertThat(asked.stream().map(each -> each.headers().getFirst("Last-Event-ID")))
        .containsExactly("now", "3-4", "3-4", "3-5");
  }

  @Test
  void a_feed_outlives_a_restart_of_the_ledger() {
    events(event(4));
    for (int each = 0; each < 6; each++) {
      answers.add(new FakeServer.Answer(503, "{\"code\":\"starting\",\"detail\":\"starts\"}",
          Map.of("Retry-After", "7")));
    }
    answer(502, "bad gateway");
    answer(429, "{}");
    events(event(5) + END);
    refuse();
    Commands commands = commands(Map.of());
    Answer answer = run(commands, "watch", "--owner", WALLET);
    assertThat(answer.out().lines()).hasSize(2);
    assertThat(answer.err()).containsOnlyOnce("503, starting: starts: it goes on after 3-4")
        .contains("502, bad gateway");
    assertThat(commands.waits().subList(0, 7)).containsExactly(Duration.ofSeconds(2), Duration.ofSeconds(7),
        Duration.ofSeconds(7), Duration.ofSeconds(7), Duration.ofSeconds(7), Duration.ofSeconds(7),
        Duration.ofSeconds(7));
    assertThat(asked.stream().skip(1).limit(9).map(each -> each.headers().getFirst("Last-Event-ID"))).hasSize(9)
        .allMatch("3-4"::equals);
  }

  /** A request is sent again as every client of the ledger does. */
  @Test
  void a_ledger_that_is_unavailable_for_a_moment_is_asked_again() {
    answer(503, "{\"code\":\"starting\",\"detail\":\"starts\"}");
    answer(404, "{\"code\":\"ledger-not-found\",\"detail\":\"no ledger\"}");
    assertThat(run(Map.of(), "get-account", "--owner", WALLET).err()).contains("ledger-not-found");
    assertThat(asked).hasSize(2);
  }

  @ParameterizedTest
  @ValueSource(ints = {400, 401, 403, 404, 307})
  void a_refused_feed_ends(int status) {
    answer(status, "{\"code\":\"no\",\"detail\":\"not this\"}");
    Answer answer = run(Map.of(), "watch", "--owner", WALLET);
    assertThat(answer.exitCode()).isEqualTo(1);
    assertThat(asked).hasSize(1);
  }

  /** Neither a terminal's controls nor what reorders a text: they come as JSON writes them. */
  @Test
  void answers_as_data_have_no_control_characters() {
    String hostile = "\\u001b[2J\u007f\u009b\u202e";
    events(event(1).replace("\"opened\"", "\"note\":\"" + hostile + "\",\"n\":1.10,\"opened\""));
    Answer answer = run(Map.of(), "watch", "--owner", WALLET, "--until-now", "--json");
    assertThat(answer.out()).contains("\"note\":\"\\u001B[2J\\u007F\\u009B\\u202E\",\"n\":1.10");
    answers.clear();
    answer(200, """
        {"as_of":{"block":16,"block_hash":"0x%s","block_time":"2026-11-28T12:00:00Z","finalized":false,"behind":false},
         "quarantined":false,"owner":"%s","entries":[{"id":"%s","type":"settlement-rejected.v1","postings":[],
         "details":{}}],"usage":[{"model":"%s"}],"has_more":false}"""
        .formatted("ef".repeat(32), WALLET, hostile, hostile));
    for (List<String> words : List.of(List.of("history"), List.of("settlements"), List.of("usage", "--requests"))) {
      answer = run(Map.of(), Stream.concat(words.stream(), Stream.of("--owner", WALLET, "--json"))
          .toArray(String[]::new));
      assertThat(answer.out()).as(words + " " + answer).contains("\"\\u001B[2J\\u007F\\u009B\\u202E\"");
    }
  }

  @Test
  void what_is_no_event_ends_a_feed() {
    events("id: 3-1\nevent: x\ndata: {\"a\":\"\u001b[2J\"}\n\n");
    Answer answer = run(Map.of(), "watch", "--owner", WALLET, "--until-now", "--json");
    assertThat(answer.exitCode()).as(answer.toString()).isEqualTo(1);
    assertThat(answer.err()).contains("no event").hasLineCount(1);
  }

  @Test
  void events_as_data_are_one_line_each() {
    events(event(0) + event(1));
    Answer answer = run(Map.of(), "watch", "--owner", WALLET, "--until-now", "--json");
    assertThat(answer.exitCode()).as(answer.toString()).isZero();
    assertThat(answer.out().lines().map(line -> JsonMapper.shared().readTree(line).path("seq").asInt()))
        .containsExactly(0, 1);
    assertThat(asked.getFirst().path()).endsWith("/events?until=now");
  }

  @Test
  void a_token_of_the_environment_and_a_header_of_a_file_are_sent(@TempDir Path folder) throws IOException {
    Path header = Files.writeString(folder.resolve("header"), "Authorization: Bearer of-file\n");
    answer(404, "{\"code\":\"ledger-not-found\",\"detail\":\"no ledger\"}");
    assertThat(run(Map.of("NEURON_LEDGER_TOKEN", "of-environment"), "get-account", "--owner", WALLET).err())
        .isEqualTo("wallet: The ledger answers 404, ledger-not-found: no ledger.\n");
    run(Map.of("NEURON_LEDGER_TOKEN", "of-environment"), "get-account", "--owner", WALLET, "--header",
        header.toString());
    run(Map.of(), "get-account", "--owner", WALLET);
    assertThat(asked.stream().map(each -> String.valueOf(each.headers().getFirst("Authorization"))))
        .containsExactly("Bearer of-environment", "Bearer of-file", "null");
  }

  @Test
  void the_credential_of_a_stack_is_for_that_stack_alone(@TempDir Path folder) throws IOException {
    Files.writeString(folder.resolve("development.header"), "Authorization: Bearer of-stack\n");
    Files.writeString(folder.resolve("addresses.properties"), "query=http\\://127.0.0.1\\:1\n");
    answer(404, "{}");
    Commands commands = new Commands(Map.of(), Optional.empty());
    commands.run("get-account", "--owner", WALLET, "--data", folder.toString(), "--ledger", server.url());
    Files.writeString(folder.resolve("addresses.properties"), "query=" + server.url() + "\n");
    commands.run("get-account", "--owner", WALLET, "--data", folder.toString());
    assertThat(asked.stream().map(each -> String.valueOf(each.headers().getFirst("Authorization"))))
        .containsExactly("null", "Bearer of-stack");
  }

  private void offer(String url) {
    answer(200, """
        {"nonce":"d5a2289b0916578f","expires_at":"2026-11-28T12:05:00Z","domain":"%s","uri":"%s/v1/sign-in",
         "version":"1","chain_id":"31337"}""".formatted(url.replace("http://", ""), url));
  }

  @Test
  void a_wallet_signs_in_with_its_key() {
    offer(server.url());
    answer(200, "{\"access_token\":\"of-sign-in\",\"token_type\":\"Bearer\",\"expires_in\":3600,\"owner\":\"" + WALLET
        + "\"}");
    answer(404, "{}");
    run(Map.of("NEURON_LEDGER_PRIVATE_KEY", KEY), "get-account", "--sign-in", server.url());
    assertThat(asked).hasSize(3);
    JsonNode signIn = JsonMapper.shared().readTree(asked.get(1).body());
    String domain = server.url().replace("http://", "");
    assertThat(signIn.path("message").asString().lines()).containsExactly(
        domain + " wants you to sign in with your Ethereum account:", WALLET, "", "", "URI: " + server.url()
            + "/v1/sign-in", "Version: 1", "Chain ID: 31337", "Nonce: d5a2289b0916578f",
        "Issued At: 2026-11-28T12:00:00Z");
    assertThat(PersonalSignature.signer(signIn.path("message").asString(),
        HexData.toBytes(signIn.path("signature").asString())).orElseThrow().checksummed()).isEqualTo(WALLET);
    assertThat(asked.get(2).headers().getFirst("Authorization")).isEqualTo("Bearer of-sign-in");
    assertThat(asked.get(2).path()).contains(WALLET);
  }

  /** A service that passes another one's nonce on would sign in there as the wallet. */
  @Test
  void a_sign_in_for_another_address_than_typed_gets_no_signature() {
    offer("http://127.0.0.1:1");
    Answer answer = run(Map.of("NEURON_LEDGER_PRIVATE_KEY", KEY), "get-account", "--sign-in", server.url());
    assertThat(answer.exitCode()).isEqualTo(2);
    assertThat(answer.err()).contains("asks for a signature for http://127.0.0.1:1/v1/sign-in: nothing was signed");
    assertThat(asked).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "no json", "[]", "{}", "{\"as_of\":7}", "null"})
  void an_answer_that_is_none_is_one_sentence(String body) {
    answer(200, body);
    for (String command : List.of("get-account", "history", "settlements", "usage", "statement", "list-providers")) {
      Answer answer = command.equals("list-providers") ? run(Map.of(), command)
          : run(Map.of(), command, "--owner", WALLET);
      assertThat(answer.exitCode()).as(command + answer).isEqualTo(1);
      assertThat(answer.err().lines()).as(command + answer).hasSize(1);
      assertThat(answer.err()).doesNotContain("mistake of the program");
    }
  }

  @Test
  void a_list_whose_page_names_itself_as_the_next_ends_with_a_failure() {
    answer(200, """
        {"as_of":{"block":16,"block_hash":"0x%s","block_time":"2026-11-28T12:00:00Z","finalized":false,"behind":false},
         "quarantined":false,"owner":"%s","entries":[],"has_more":true,"next_cursor":"same"}"""
        .formatted("ef".repeat(32), WALLET));
    Answer answer = run(Map.of(), "history", "--owner", WALLET, "--limit", "all");
    assertThat(answer.exitCode()).as(answer.toString()).isEqualTo(1);
    assertThat(answer.err()).contains("names itself as the next one");
    assertThat(asked).hasSize(2);
  }

  @Test
  void a_statement_is_written_in_the_form_of_the_files_name(@TempDir Path folder) throws IOException {
    answers.add(new FakeServer.Answer(200, "%PDF", Map.of("Content-Type", "application/pdf")));
    answers.add(new FakeServer.Answer(200, "Block,Amount", Map.of("Content-Type", "text/csv;charset=UTF-8")));
    Path file = folder.resolve("november.PDF");
    Answer written = run(Map.of(), "statement", "--owner", WALLET, "--start-date", "2026-11-01", "--end-date",
        "2026-11-30", "--output", file.toString());
    assertThat(written.exitCode()).as(written.toString()).isZero();
    assertThat(Files.readString(file)).isEqualTo("%PDF");
    assertThat(asked.getFirst().path())
        .isEqualTo("/v1/ledgers/" + WALLET + "/statement?start_date=2026-11-01&end_date=2026-11-30");
    assertThat(asked.getFirst().headers().getFirst("Accept")).startsWith("application/pdf");
    assertThat(run(Map.of(), "statement", "--owner", WALLET, "--output", "november.doc").exitCode()).isEqualTo(2);
    assertThat(run(Map.of(), "statement", "--owner", WALLET, "--output", folder.resolve("none/a.csv").toString()).err())
        .contains("cannot be written");
  }

  /** As a page in front of the ledger that asks for a password. */
  @Test
  void what_comes_in_another_form_is_no_statement(@TempDir Path folder) {
    answers.add(new FakeServer.Answer(200, "<html>Welcome</html>", Map.of("Content-Type", "text/html")));
    Path file = folder.resolve("november.csv");
    Answer answer = run(Map.of(), "statement", "--owner", WALLET, "--output", file.toString());
    assertThat(answer.exitCode()).as(answer.toString()).isEqualTo(1);
    assertThat(answer.err()).contains("The ledger answers text/html in place of text/csv. Nothing was written.");
    assertThat(file).doesNotExist();
  }

  @Test
  void what_is_wrong_is_refused_before_anything_is_asked() {
    answer(200, "{}");
    for (List<String> words : List.of(
        List.of("get-account", "--owner", "0x12"), List.of("get-account"),
        List.of("get-account", "--owner", WALLET, "--at", "yesterday"),
        List.of("get-account", "--owner", WALLET, "--unit", "wei"),
        List.of("history", "--owner", WALLET, "--limit", "0"), List.of("history", "--owner", WALLET, "--type", "x"),
        List.of("history", "--owner", WALLET, "--transaction", "0x1"),
        List.of("usage", "--owner", WALLET, "--start-date", "2026-13-01"),
        List.of("watch", "--owner", WALLET, "--after", "a b"),
        List.of("get-account", "--owner", WALLET, "--header", "/nonexistent"),
        List.of("get-account", "--owner", WALLET, "--sign-in", server.url()),
        List.of("get-account", "--owner", WALLET, "--sign-in", "ftp://x"), List.of("nonsense"))) {
      Answer answer = run(Map.of(), words.toArray(String[]::new));
      assertThat(answer.exitCode()).as(words + " " + answer).isEqualTo(2);
    }
    assertThat(asked).isEmpty();
  }

  @Test
  void of_a_ledgers_url_only_its_host_is_shown() {
    for (String body : List.of("", "{}", "null")) {
      answers.clear();
      answer(200, body);
      Answer answer = commands(Map.of()).run("get-account", "--owner", WALLET, "--ledger",
          server.url() + "/SECRET");
      assertThat(answer.err()).contains(server.url() + " ").doesNotContain("SECRET");
    }
    answer(500, "");
    answers.removeFirst();
    for (String wrong : List.of("ftp://x/SECRET", "http://me:SECRET@x", "http://SECRET x", "SECRET")) {
      assertThat(commands(Map.of()).run("get-account", "--owner", WALLET, "--ledger", wrong).err())
          .contains("Not a URL").doesNotContain("SECRET");
    }
    assertThat(commands(Map.of("NEURON_LEDGER_PRIVATE_KEY", KEY)).run("get-account", "--sign-in",
        server.url() + "/SECRET").err()).contains(server.url() + " ").doesNotContain("SECRET");
    server.close();
    assertThat(commands(Map.of()).run("get-account", "--owner", WALLET, "--ledger", server.url() + "/SECRET").err())
        .contains("does not answer").doesNotContain("SECRET");
  }

  @Test
  void there_is_a_completion_for_shells() {
    Answer answer = new Commands(Map.of(), Optional.empty()).run("completion");
    assertThat(answer.exitCode()).isZero();
    assertThat(answer.out()).contains("complete -F _complete_neuron-wallet", "get-sub-account", "--gas-price");
  }
}
