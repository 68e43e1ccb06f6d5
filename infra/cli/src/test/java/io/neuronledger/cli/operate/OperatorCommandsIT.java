package io.neuronledger.cli.operate;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import io.neuronledger.cli.Cli;
import io.neuronledger.cli.operate.FakeServices.Asked;
import io.neuronledger.wallet.option.Surroundings;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The commands of operators as they are typed, on services that answer with the examples of their documents. */
class OperatorCommandsIT {
  private static final String RULE = "7d1cd3a2-5f0e-4c53-9a0a-6f3a2b1c0d9e";
  private static final String KEY = "0123456789abcdef";
  private static final String OWNER = "0x70997970C51812dc3A010C7d01b50e0d17dc79C8";
  private static final String PROVIDER = "0x90F79bf6EB2c4f870365E785982E1f101E93b906";
  private static final Map<String, String> ENVIRONMENT = Map.of("NEURON_LEDGER_TOKEN", "nlk_of_ann");
  private static final String REPORT = "{\"as_of\":{\"block\":34,\"block_hash\":\"0x" + "ab".repeat(32)
      + "\",\"block_time\":\"2026-11-01T00:00:03Z\",\"finalized\":true,\"behind\":false},\"period\":\"2026-10\","
      + "\"previous\":\"" + "cd".repeat(32) + "\",\"positions\":[7,9],\"rows\":[],\"row_count\":0,"
      + "\"checksum\":\"sha256:" + "ef".repeat(32) + "\"}";
  private static final Pattern FIRST_CELL = Pattern.compile("(?m)^\\| ([^|]*`[^|]*) \\|");
  private static final Pattern CODE = Pattern.compile("`([^`]+)`");
  private static final String HEADING = "### Operations without one of these commands";

  private final FakeServices services = new FakeServices();
  private final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-11-28T12:00:00.5Z"));
  /** Of all calls of a test: to make it takes ten times as long as a call. */
  private final CommandLine program = Cli.commandLine(new Surroundings(
      name -> Optional.ofNullable(ENVIRONMENT.get(name)), now::get, wait -> now.updateAndGet(time -> time.plus(wait)),
      prompt -> Optional.empty(), this::answerTo));

  /** The answer to every question; empty where there is nobody to ask. */
  private Optional<String> typed = Optional.empty();

  @TempDir
  private Path folder;

  private record Answer(int exitCode, String out, String err) {
    JsonNode json() {
      return JsonMapper.shared().readTree(out);
    }
  }

  @AfterEach
  void stop() {
    services.close();
  }

  private Answer run(String words) {
    return run(words.split(" "));
  }

  private Answer run(String... words) {
    return runOn(services.options(), words);
  }

  private Optional<String> answerTo(String prompt) {
    return typed;
  }

  private Answer runOn(Stream<String> options, String... words) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int exitCode = program.setOut(new PrintWriter(out, true))
        .setErr(new PrintWriter(err, true)).execute(Stream.concat(Arrays.stream(words), options)
            .toArray(String[]::new));
    return new Answer(exitCode, out.toString(), err.toString());
  }

  private String hash() {
    return sha256(REPORT.getBytes(StandardCharsets.UTF_8));
  }

  private static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /** One of each command, with what it needs of the services. */
  private List<String> everyCommand() throws IOException {
    services.answer("ledger-query frozenReport", 200, REPORT);
    export("a,b\r\n".getBytes(StandardCharsets.UTF_8), true);
    services.answer("ledger-query accessLog", 200, "{\"service\":\"ledger-query\",\"beginning\":0,\"next\":0,"
        + "\"end\":0,\"records\":[],\"chains\":[],\"faults\":[]}");
    Path correction = Files.writeString(folder.resolve("correction.json"), "{\"reason\":\"wrong\"}");
    String report = " --report " + hash();
    List<String> commands = new ArrayList<>(List.of("status", "status quarantine", "status reconciliations",
        "status reconcile", "keys list", "keys show " + KEY, "keys make --name n --scope ledger:read",
        "keys rotate " + KEY, "keys revoke --yes " + KEY, "alerts list", "alerts show " + RULE, "alerts rules list",
        "alerts rules show " + RULE, "alerts rules make --kind balance-below --balance total --threshold 1.5",
        "alerts rules enable " + RULE, "alerts rules disable " + RULE, "alerts rules mute " + RULE + " --until P1D",
        "alerts rules unmute " + RULE, "alerts rules test " + RULE, "alerts rules delete --yes " + RULE,
        "webhooks list",
        "webhooks show " + RULE, "webhooks make https://example.org/in",
        "webhooks make https://example.org/in --of-owner 0x15d34AAf54267DB7D7c367839AAf71A00a2C6A65",
        "webhooks change " + RULE + " --enabled true", "webhooks rotate-secret " + RULE, "webhooks test " + RULE,
        "webhooks replay " + RULE + " --after beginning", "webhooks messages " + RULE + " --state dead",
        "webhooks retry " + RULE + " m-1", "webhooks deliveries " + RULE, "webhooks delete --yes " + RULE,
        "discrepancies list --state open", "discrepancies resolve k --reason r --amount 3",
        "discrepancies approve k --amount 3 --proposal 1", "discrepancies revoke k --reason r",
        "discrepancies correct-usage " + correction, "close list", "close show 2026-10", "close freeze 2026-10",
        "close report 2026-10" + report, "close propose 2026-10" + report, "close reopen 2026-10 --reason r",
        "close revoke 2026-10 --reason r", "export list", "export show " + RULE, "export wait " + RULE,
        "export download " + RULE + " --to " + folder.resolve("export.csv"), "export delete " + RULE, "logs list",
        "logs verify", "prices --model glm-5-fp8", "quote --model glm-5-fp8 --input 190 --output 5990",
        "admission " + OWNER + " --provider " + PROVIDER + " --service inference-v1.0", "runway " + OWNER));
    for (String list : List.of("ledgers", "ledgers/0x1/entries", "transactions/0x1/entries", "blocks/1/entries",
        "ledgers/0x1/usage", "providers", "services", "models", "prices", "totals", "settlements",
        "settlements/1-0-0-0", "refunds", "discrepancies", "reconciliation/chain", "reconciliation/chain/1-0",
        "reports/settlement")) {
      commands.add("export begin " + list);
    }
    return commands;
  }

  /** Derived from the documents: a new operation fails here until it is decided about. */
  @Test
  void every_operation_has_a_command_or_a_reason() throws IOException {
    for (String command : everyCommand()) {
      assertThat(run(command).exitCode()).as(command + run(command)).isIn(0, 1);
    }
    services.answer("ledger-query period", 200, period("closing-proposed"));
    assertThat(run("close approve 2026-10 --report " + hash()).exitCode()).isZero();
    services.answer("ledger-query period", 200, period("reopening-proposed"));
    assertThat(run("close approve-reopening 2026-10 --report " + hash()).exitCode()).isZero();

    Set<String> asked = ids(services.askedOperations());
    Set<String> reasons = documented();
    Set<String> undecided = ids(services.all());
    assertThat(undecided).containsAll(reasons).hasSizeGreaterThan(80);
    undecided.removeAll(asked);
    undecided.removeAll(reasons);
    assertThat(undecided).as("neither a command nor a line in operations.md").isEmpty();
    reasons.retainAll(asked);
    assertThat(reasons).as("a command, and a line in operations.md that there is none").isEmpty();
  }

  private static Set<String> ids(Set<String> operations) {
    Set<String> ids = new TreeSet<>();
    operations.forEach(each -> ids.add(each.substring(each.indexOf(' ') + 1)));
    return ids;
  }

  private static Set<String> documented() throws IOException {
    String page = Files.readString(Path.of("../../docs/operations.md"));
    String section = page.substring(page.indexOf(HEADING));
    Set<String> ids = new TreeSet<>();
    for (MatchResult cell : FIRST_CELL.matcher(section.substring(0, section.indexOf("\n## "))).results().toList()) {
      CODE.matcher(cell.group(1)).results().forEach(code -> ids.add(code.group(1)));
    }
    return ids;
  }

  @Test
  void every_command_answers_json_and_nothing_else() throws IOException {
    for (String command : everyCommand()) {
      Files.deleteIfExists(folder.resolve("export.csv"));
      Answer answer = run(command + " --json");
      assertThat(answer.json().isObject()).as(command + answer).isTrue();
      assertThat(answer.err()).as(command).isEmpty();
    }
  }

  @Test
  void every_command_explains_itself() throws IOException {
    for (String command : everyCommand()) {
      String name = command.replaceAll(" (-|https|0|7d|2026|k |m-|/|[a-z]+s?(/|$)(?<!list|show)).*", "");
      Answer answer = runOn(Stream.of("--help"), name.split(" "));
      assertThat(answer.exitCode()).as(name + answer).isZero();
      assertThat(answer.out()).contains("Usage: ledger " + name.split(" ", -1)[0]);
    }
  }

  @Test
  void a_list_is_a_table_and_says_that_there_is_more() {
    JsonNode key = services.example("ledger-command listApiKeys").at("/keys/0");
    services.answer("ledger-command listApiKeys", 200, "{\"keys\":[" + key + "," + key + "],\"has_more\":false}");
    Answer all = run("keys list");
    assertThat(all.exitCode()).isZero();
    assertThat(all.out().lines().filter(line -> line.contains(key.path("id").asString()))).hasSize(2);
    assertThat(all.out()).contains("Key", "Scopes", key.path("name").asString()).doesNotContain("There are more");
    Answer first = run("keys list --limit 1");
    assertThat(first.out()).contains("There are more: see --limit.");
    assertThat(run("keys list --limit 1 --json").json().path("has_more").asBoolean()).isTrue();
    assertThat(run("keys list --limit 0").exitCode()).isEqualTo(2);
  }

  /** The largest amount, to the last neuron, in both directions. */
  @Test
  void amounts_are_exact_in_0g_and_in_neuron() {
    String max = "115792089237316195423570985008687907853269984665640564039457.584007913129639935";
    assertThat(run("alerts rules make --kind balance-below --threshold " + max).exitCode()).isZero();
    assertThat(services.last().body()).contains("\"threshold\":\"" + max.replace(".", "") + "\"");
    assertThat(run("alerts rules make --kind balance-below --unit neuron --threshold 7").exitCode()).isZero();
    assertThat(services.last().body()).contains("\"threshold\":\"7\"");
    int asked = services.asked().size();
    Answer refused = run("alerts rules make --kind balance-below --threshold 0.0000000000000000001");
    assertThat(refused.exitCode()).isEqualTo(2);
    assertThat(refused.err()).contains("--threshold").hasLineCount(1);
    assertThat(services.asked()).hasSize(asked);
    services.answer("ledger-query discrepancies", 200, "{\"discrepancies\":[{\"key\":\"k\",\"kind\":"
        + "\"settlement-unreported\",\"state\":\"open\",\"amount\":\"1000000000000000001\","
        + "\"since\":\"2026-10-02T12:00:28Z\"}],\"has_more\":false}");
    assertThat(run("discrepancies list").out()).contains("Amount (0G)", "1.000000000000000001");
    assertThat(run("discrepancies list --unit neuron").out()).contains("Amount (neuron)", "1000000000000000001");
  }

  @Test
  void a_refusal_is_one_sentence_with_code_detail_and_request() {
    services.answer("ledger-command revokeApiKey", 404, "{\"type\":\"about:blank\",\"title\":\"Not found\","
        + "\"status\":404,\"code\":\"api-key-not-found\",\"detail\":\"There is no key\\u001b[2J\","
        + "\"request_id\":\"r-17\"}");
    Answer answer = run("keys revoke --yes " + KEY);
    assertThat(answer.exitCode()).isEqualTo(1);
    assertThat(answer.out()).isEmpty();
    assertThat(answer.err()).contains("api-key-not-found", "There is no key?[2J", "r-17").hasLineCount(1);
    services.answer("ledger-query exportSettlements", 400, "{\"code\":\"parameter-invalid\",\"detail\":\"No such "
        + "state.\",\"request_id\":\"r-18\"}");
    assertThat(run("export begin settlements --filter state=x").err())
        .contains("parameter-invalid", "No such state.", "r-18").hasLineCount(1);
  }

  /** A key may have been made whose secret nobody has; asking again is safe only for what changes nothing. */
  @Test
  void a_change_without_an_answer_is_unknown_and_a_read_has_failed() {
    FakeServices.Answers broken = HttpExchange::close;
    services.answer("ledger-command makeApiKey", broken).answer("ledger-command listApiKeys", 200, "{\"keys\":7}");
    Answer change = run("keys make --name n --scope ledger:read");
    assertThat(change.exitCode()).isEqualTo(3);
    assertThat(change.err()).contains("whether it was done is not known").hasLineCount(1);
    assertThat(run("keys list").exitCode()).isEqualTo(1);
  }

  @Test
  void the_token_comes_from_the_environment_and_nobody_else_is_chosen_with_a_url() {
    assertThat(run("keys list").exitCode()).isZero();
    assertThat(services.asked()).extracting(Asked::token).containsOnly("Bearer nlk_of_ann");
    Answer other = run("keys list --as preparer");
    assertThat(other.exitCode()).isEqualTo(2);
    assertThat(other.err()).contains("NEURON_LEDGER_TOKEN");
    assertThat(runOn(Stream.of("--url", "http://127.0.0.1:1"), "keys", "list").err())
        .contains("without the address of ledger-command").hasLineCount(1);
    assertThat(runOn(Stream.of("--data", folder.toString()), "keys", "list").err()).contains("no stack runs on");
  }

  @ParameterizedTest
  @ValueSource(strings = {"keys", "keys make --name n", "keys make --name n --scope everything",
      "keys make --name n --scope ledger:read --expires tomorrow", "keys rotate", "alerts rules mute " + RULE,
      "alerts list --kind weather", "alerts show 7", "webhooks replay " + RULE, "webhooks replay " + RULE
          + " --after beginning --from 2026-01-01T00:00:00Z", "close propose 2026-10",
      "close propose 2026-10 --report 7",
      "close propose ../x --report abababababababababababababababababababababababababababababababab",
      "export begin ../admin", "export begin settlements --filter state", "logs list --service subscriber",
      "logs verify --service subscriber", "logs list --from 7", "logs list --since yesterday",
      "prices --at-time yesterday", "prices --limit 0", "quote --input 1 --output 1", "quote --model m",
      "quote --model m --input 1", "quote --model m --output 1", "quote --model m --cached 1",
      "quote --model m --images 1 --seconds 1", "quote --model m --input 1 --output 1 --images 1",
      "quote --model m --images many", "admission", "admission " + OWNER + " --service s", "runway",
      "admission " + OWNER + " --provider " + PROVIDER,
      "admission " + OWNER + " --provider " + PROVIDER + " --service s --cost much"})
  void what_is_typed_wrongly_is_refused_before_anything_is_asked(String command) {
    Answer answer = run(command);
    assertThat(answer.exitCode()).as(answer.toString()).isEqualTo(2);
    assertThat(answer.err()).isNotBlank();
    assertThat(services.asked()).isEmpty();
  }

  @Test
  void prices_are_shown_with_their_tiers_in_the_unit_that_was_asked_for() {
    String provider = "0x976EA74026E726554dB657fA54763abd0C3a0aa9";
    Answer answer = run("prices --provider " + provider + " --model glm-5-fp8 --at-time 2026-11-29T06:14:00Z");
    assertThat(answer.exitCode()).as(answer.toString()).isZero();
    assertThat(services.last().path()).contains("provider=" + provider, "model=glm-5-fp8",
        "at_time=2026-11-29T06%3A14");
    assertThat(answer.out()).contains("Input Price (0G)", "Cache Hit Price (0G)", "0.0000001", "0.00000032", "Tiers",
        "32768", "0.00000064");
    assertThat(run("prices --unit neuron").out()).contains("Output Price (neuron)", "320000000000", "640000000000");
    assertThat(run("prices --json").json().at("/prices/0/tiers/1/output_price").asString()).isEqualTo("640000000000");
    services.answer("ledger-query prices", 200, "{\"prices\":[],\"has_more\":false}");
    assertThat(run("prices").out()).contains("None.").doesNotContain("Tiers");
  }

  @Test
  void admission_says_what_is_missing_and_what_the_owner_does_about_it() {
    String asked = "admission " + OWNER + " --provider " + PROVIDER + " --service inference-v1.0 --cost 0.5";
    Answer answer = run(asked);
    assertThat(answer.exitCode()).as(answer.toString()).isZero();
    assertThat(services.last().path()).contains(OWNER + "/admission", "provider=" + PROVIDER,
        "service=inference-v1.0", "cost=500000000000000000");
    assertThat(answer.out()).contains("Admission of " + OWNER, "minimum-locked", "not-met", "Missing (0G)", "0.9",
        "What the owner does", "transfer-fund", "Refunds that this cancels", "10-0-0-0-0", "0.1");
    assertThat(run(asked + " --json").json().at("/steps/0/action").asString()).isEqualTo("transfer-fund");
  }

  @Test
  void a_runway_has_the_instant_and_its_range() {
    Answer answer = run("runway " + OWNER);
    assertThat(answer.exitCode()).as(answer.toString()).isZero();
    assertThat(services.last().path()).contains(OWNER + "/runway");
    assertThat(answer.out()).contains("Runway of " + OWNER + " at block 33", "running-out", "Burn Per Day (0G)", "0.5",
        "2026-12-01T05:01:01Z", "2026-11-30T19:10:00Z", "2026-12-01T17:40:00Z");
  }

  @Test
  void a_quote_is_asked_for_the_units_that_were_typed() {
    Answer answer = run("quote --model glm-5-fp8 --input 190 --cached 20 --output 5990");
    assertThat(answer.exitCode()).as(answer.toString()).isZero();
    assertThat(JsonMapper.shared().readTree(services.last().body())).isEqualTo(JsonMapper.shared().readTree(
        "{\"model\":\"glm-5-fp8\",\"input_tokens\":190,\"cached_tokens\":20,\"output_tokens\":5990}"));
    assertThat(answer.out()).contains("Quotes for glm-5-fp8 at block", "Fee (0G)", "0.0019358", "Why No Fee");
    assertThat(run("quote --model glm-5-fp8 --images 4").exitCode()).isZero();
    assertThat(services.last().body()).contains("\"images\":4").doesNotContain("tokens");
    assertThat(run("quote --model glm-5-fp8 --seconds 7 --json").json().path("quotes").isArray()).isTrue();
    assertThat(services.last().body()).contains("\"seconds\":7");
  }

  @Test
  void a_secret_is_printed_once_or_is_in_a_private_file_only() throws IOException {
    String secret = services.example("ledger-command makeApiKey").path("secret").asString();
    Answer printed = run("keys make --name n --scope ledger:read");
    assertThat(printed.out()).containsOnlyOnce(secret);
    assertThat(printed.err()).contains("shown this once").doesNotContain(secret);
    assertThat(services.last().body()).contains("\"expires_at\":\"2027-02-26T12:00:00Z\"");
    Path file = folder.resolve("key");
    String words = "keys make --name n --scope ledger:read --secret-file " + file;
    Answer hidden = run(words + " --json");
    assertThat(hidden.out() + hidden.err()).doesNotContain(secret);
    assertThat(file).hasContent(secret);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file))).isEqualTo("rw-------");
    int asked = services.asked().size();
    assertThat(run(words).exitCode()).as("the file exists").isEqualTo(2);
    assertThat(services.asked()).hasSize(asked);
  }

  @Test
  void no_file_is_left_where_no_secret_was_made() {
    services.answer("ledger-command makeApiKey", 403, "{\"code\":\"insufficient-scope\",\"detail\":\"No.\"}");
    Path file = folder.resolve("key");
    assertThat(run("keys make --name n --scope ledger:read --secret-file " + file).exitCode()).isEqualTo(1);
    assertThat(file).doesNotExist();
  }

  /** The generated client cannot send it: it leaves out a null. */
  @Test
  void unmute_sends_a_null() {
    assertThat(run("alerts rules unmute " + RULE).exitCode()).isZero();
    assertThat(services.last().body()).isEqualTo("{\"muted_until\":null}");
    assertThat(run("alerts rules mute " + RULE + " --until PT2H").exitCode()).isZero();
    assertThat(services.last().body()).isEqualTo("{\"muted_until\":\"2026-11-28T14:00:00Z\"}");
  }

  private String period(String kind) {
    return "{\"period\":\"2026-10\",\"state\":\"open\",\"frozen\":[\"" + hash() + "\"],\"decisions\":[{\"number\":41,"
        + "\"kind\":\"" + kind + "\",\"report\":\"" + hash() + "\",\"by\":\"ann\",\"at\":\"2026-11-02T09:12:44Z\"}]}";
  }

  @Test
  void a_period_is_proposed_by_the_bytes_of_its_report() {
    services.answer("ledger-query frozenReport", 200, REPORT);
    assertThat(run("close propose 2026-10 --report " + hash()).exitCode()).isZero();
    JsonNode sent = JsonMapper.shared().readTree(services.last().body()).path("report");
    assertThat(sent.path("hash").asString()).isEqualTo(hash());
    assertThat(sent.path("block").asLong()).isEqualTo(34);
    assertThat(sent.path("previous").asString()).isEqualTo("cd".repeat(32));
    assertThat(sent.path("positions").toString()).isEqualTo("[7,9]");

    services.answer("ledger-query frozenReport", 200, REPORT.replace("34", "35"));
    int asked = services.asked().size();
    Answer other = run("close propose 2026-10 --report " + hash());
    assertThat(other.exitCode()).isEqualTo(1);
    assertThat(other.err()).contains("SHA-256");
    assertThat(services.asked()).as("the report alone").hasSize(asked + 1);
  }

  @Test
  void an_approval_is_sent_only_for_the_proposal_that_waits_by_this_report() {
    services.answer("ledger-query period", 200, period("closing-proposed"));
    assertThat(run("close approve 2026-10 --report " + hash()).exitCode()).isZero();
    assertThat(services.last().body()).contains("\"proposal\":41", hash());
    int sent = services.asked().size();
    Answer other = run("close approve 2026-10 --report " + "ab".repeat(32));
    assertThat(other.exitCode()).isEqualTo(2);
    assertThat(run("close approve-reopening 2026-10 --report " + hash()).exitCode()).isEqualTo(2);
    services.answer("ledger-query period", 200, period("closed"));
    assertThat(run("close approve 2026-10 --report " + hash()).exitCode()).isEqualTo(2);
    assertThat(services.asked().subList(sent, services.asked().size())).extracting(Asked::operation)
        .containsOnly("ledger-query period");
  }

  /** ledger-query knows a proposal a moment after ledger-command: the approval waits for it by its token. */
  @Test
  void an_approval_sees_the_proposal_whose_token_it_was_given() {
    services.answer("ledger-query frozenReport", 200, REPORT).answer("ledger-query period", 200,
        period("closing-proposed"));
    String shown = run("close propose 2026-10 --report " + hash()).out();
    String approval = shown.substring(shown.indexOf("./ledger close approve") + "./ledger ".length()).strip();
    // The example answers another report.
    assertThat(run(approval.replaceFirst("--report \\S+", "--report " + hash())).exitCode()).as(approval).isZero();
    String token = services.example("ledger-command proposeClosing").path("token").asString();
    assertThat(services.asked()).extracting(Asked::path).contains("/v1/periods/2026-10?min_token=" + token);
    services.answer("ledger-query period", 200, period("reopening-proposed"));
    shown = run("close reopen 2026-10 --reason r").out();
    assertThat(shown).contains("./ledger close approve-reopening", " --min-token ");
    assertThat(run("close approve 2026-10 --report " + hash() + " --min-token x&y").exitCode()).isEqualTo(2);
  }

  @Test
  void what_cannot_be_taken_back_is_shown_and_asked_for() {
    for (String command : List.of("keys revoke " + KEY, "webhooks delete " + RULE, "alerts rules delete " + RULE)) {
      typed = Optional.empty();
      assertThat(run(command).err()).contains("no terminal").hasLineCount(1);
      assertThat(run(command + " --json").exitCode()).isEqualTo(2);
      typed = Optional.of("no");
      Answer refused = run(command);
      assertThat(refused.exitCode()).as(command + refused).isEqualTo(2);
      assertThat(refused.err()).contains("Not confirmed. Nothing was changed.");
      assertThat(refused.out()).containsAnyOf("is refused from then on", "are gone for ever", "recovers");
      assertThat(services.last().operation()).doesNotContain("revoke", "delete");
      typed = Optional.of("yes");
      assertThat(run(command).exitCode()).as(command).isZero();
      assertThat(services.last().operation()).matches(".*(revoke|delete).*");
    }
  }

  @Test
  void the_person_who_has_proposed_is_refused_in_the_words_of_the_service() {
    services.answer("ledger-query period", 200, period("closing-proposed")).answer("ledger-command approveClosing", 403,
        "{\"code\":\"second-person-required\",\"detail\":\"ann has proposed it.\",\"request_id\":\"r-1\"}");
    Answer answer = run("close approve 2026-10 --report " + hash());
    assertThat(answer.exitCode()).isEqualTo(1);
    assertThat(answer.err()).contains("second-person-required", "ann has proposed it.", "r-1");
  }

  /** A completed export with this content; unless whole, each body breaks off after three more bytes. */
  private void export(byte[] content, boolean isWhole) {
    String sha = sha256(content);
    services.answer("ledger-query export", 200, "{\"id\":\"" + RULE + "\",\"state\":\"completed\",\"source\":\"/v1/x\","
        + "\"format\":\"csv\",\"created_at\":\"2026-11-02T09:12:44Z\",\"expires_at\":\"2026-11-03T09:12:44Z\"}");
    services.answer("ledger-query exportSidecar", 200, "{\"file_name\":\"x-34.csv\",\"source\":\"/v1/x\","
        + "\"format\":\"csv\",\"rows\":1,\"bytes\":" + content.length + ",\"sha256\":\"" + sha + "\",\"as_of\":"
        + services.example("ledger-query exportSidecar").path("as_of") + "}");
    services.answer("ledger-query exportContent", exchange -> {
      String range = Optional.ofNullable(exchange.getRequestHeaders().getFirst("Range")).orElse("bytes=0-");
      int from = Integer.parseInt(range.replaceAll("\\D", ""));
      exchange.sendResponseHeaders(from == 0 ? 200 : 206, content.length - from);
      int length = isWhole ? content.length - from : Math.min(3, content.length - from);
      exchange.getResponseBody().write(content, from, length);
      exchange.getResponseBody().flush();
    });
  }

  @Test
  void a_download_that_breaks_off_goes_on_and_is_verified() {
    byte[] content = "0123456789".getBytes(StandardCharsets.UTF_8);
    export(content, false);
    Path file = folder.resolve("x.csv");
    Answer answer = run("export download " + RULE + " --to " + file);
    assertThat(answer.exitCode()).as(answer.toString()).isZero();
    assertThat(file).hasBinaryContent(content);
    assertThat(folder.resolve("x.csv.part")).doesNotExist();
    assertThat(folder.resolve("x.csv.json")).content().contains(sha256(content));
    assertThat(services.asked().stream().filter(each -> each.operation().endsWith("exportContent"))).hasSize(4);
    assertThat(run("export download " + RULE + " --to " + file).exitCode()).as("the file exists").isEqualTo(2);
  }

  @Test
  void a_download_that_was_ended_goes_on_where_it_was() throws IOException {
    byte[] content = "0123456789".getBytes(StandardCharsets.UTF_8);
    export(content, true);
    Path file = folder.resolve("x.csv");
    Files.writeString(folder.resolve("x.csv.part"), "01234");
    assertThat(run("export download " + RULE + " --to " + file).exitCode()).isZero();
    assertThat(file).hasBinaryContent(content);
  }

  @Test
  void a_download_with_another_checksum_is_removed() throws IOException {
    export("0123456789".getBytes(StandardCharsets.UTF_8), true);
    Path file = folder.resolve("x.csv");
    Files.writeString(folder.resolve("x.csv.part"), "other");
    Answer answer = run("export download " + RULE + " --to " + file);
    assertThat(answer.exitCode()).isEqualTo(1);
    assertThat(answer.err()).contains("SHA-256", "removed");
    assertThat(file).doesNotExist();
    assertThat(folder.resolve("x.csv.part")).doesNotExist();
  }

  @Test
  void an_export_is_waited_for_and_a_failed_one_is_explained() {
    String running = services.example("ledger-query export").toString()
        .replaceAll("\"state\":\"[a-z]+\"", "\"state\":\"running\"");
    services.answer("ledger-query export", 200, running);
    Instant before = now.get();
    Answer late = run("export wait " + RULE + " --timeout PT5S");
    assertThat(late.exitCode()).isEqualTo(1);
    assertThat(late.err()).contains("PT5S");
    assertThat(now.get()).isEqualTo(before.plus(Duration.ofSeconds(5)));
    services.answer("ledger-query export", 200, running.replace("running", "failed").replaceFirst("}$",
        ",\"failure\":{\"code\":\"export-too-large\",\"detail\":\"More than allowed.\"}}"));
    assertThat(run("export wait " + RULE).err()).contains("export-too-large: More than allowed.");
  }

  @Test
  void a_filter_of_an_export_is_a_parameter_of_its_list() {
    assertThat(run("export", "begin", "settlements", "--format", "xlsx", "--filter", "state=over", "--filter",
        "start_date=2026-11-01&x").exitCode()).isZero();
    assertThat(services.last().path())
        .isEqualTo("/v1/settlements/exports?format=xlsx&state=over&start_date=2026-11-01%26x");
  }

  @Test
  void status_is_1_where_something_needs_attention() {
    String status = services.example("ledger-query status").toString();
    String well = status.replaceAll("\"quarantined_owners\":\\d+", "\"quarantined_owners\":0");
    services.answer("ledger-query status", 200, well);
    assertThat(run("status").exitCode()).as(well).isZero();
    services.answer("ledger-query status", 200, well.replace("\"quarantined_owners\":0", "\"quarantined_owners\":1"));
    assertThat(run("status").exitCode()).isEqualTo(1);
    services.answer("ledger-query status", 200, well.replace("\"state\":\"following\"", "\"state\":\"halted\""));
    assertThat(run("status").exitCode()).isEqualTo(1);
  }
}
