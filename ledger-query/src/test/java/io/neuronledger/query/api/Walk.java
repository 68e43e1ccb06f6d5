package io.neuronledger.query.api;

import io.neuronledger.contracts.event.Evidence;
import io.neuronledger.contracts.event.LedgerEvent;
import io.neuronledger.contracts.event.PartitionEvent;
import io.neuronledger.contracts.event.UsageEvent;
import io.neuronledger.contracts.topic.AccountRecord;
import io.neuronledger.contracts.topic.WriteToken;
import io.neuronledger.contracts.usage.SettlementId;
import io.neuronledger.contracts.view.entry.EntryId;
import io.neuronledger.query.fixture.History;
import io.neuronledger.query.fixture.PartitionStream;
import io.neuronledger.query.fixture.QueryFixture;
import io.neuronledger.testkit.servers.RawHttp;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Requests for every GET of the document, filled with what some records name. An operation joins by itself; one with a
 * parameter that has no values here fails.
 */
final class Walk {
  /** The fields that are about the progress of the service instead of a block, by path, with the reason. */
  private static final Map<String, Map<String, String>> PROGRESS = Map.of(
      "/v1/status", Map.of("next_seq", "the record that is read next"),
      "/v1/admin/integrity", Map.of("checked", "the number of stored rows, which are checked before any is shown"));
  /**
   * The access log and events are read from their topics, which have no seals to wait for; alerts are judged at seals,
   * and are no state of the chain; an export is a file, made by a list that is asked here itself; webhooks are callers'
   * own.
   */
  private static final List<String> NOT_OF_THE_CHAIN =
      List.of("/v1/access-log", "/v1/exports", "/v1/events", "/v1/ledgers/{owner}/events", "/v1/alert",
          "/v1/ledgers/{owner}/alerts", "/v1/webhooks");
  private static final String JOURNAL = "/v1/ledgers/{owner}/entries";
  private static final String ENTRY = "/v1/entries/{entry}";
  private static final Pattern PLACE = Pattern.compile("\\{([a-z_]+)}");
  /** The account and the time must be named, and no request waits. */
  private static final Set<String> ALWAYS = Set.of("address", "at", "q", "wait");
  private static final int VALUES_MAX = 2;

  private final ApiDocument document;
  private final Random random;
  private final Map<String, List<String>> values = new TreeMap<>();
  private final List<Request> requests = new ArrayList<>();
  private final Set<String> offChain = new TreeSet<>();

  private record Request(String path, String target, String accept) {
    String name() {
      return target + " " + accept;
    }
  }

  /** @param records name the owners, settlements, comparisons and blocks that are asked for */
  Walk(ApiDocument document, List<AccountRecord> records, Random random) {
    this.document = document;
    this.random = random;
    Set<String> owners = new TreeSet<>();
    List<String> settlements = new ArrayList<>();
    List<String> runs = new ArrayList<>();
    List<String> blocks = new ArrayList<>();
    List<String> times = new ArrayList<>();
    List<String> entries = new ArrayList<>();
    List<String> transactions = new ArrayList<>();
    for (AccountRecord each : records) {
      PartitionStream.keyOf(each).ifPresent(owner -> owners.add(owner.value()));
      if (each.event() instanceof LedgerEvent.Posted posted) {
        entries.add(new EntryId(each.partition(), each.seq()).toString());
        posted.cause().evidence().ifPresent(evidence -> {
          if (evidence instanceof Evidence.Log log) {
            transactions.add(log.transactionHash().value());
          }
        });
      }
      switch (each.event()) {
        case UsageEvent.UsageRecorded _ -> offChain.add(new EntryId(each.partition(), each.seq(),
            OptionalInt.of(0)).toString());
        case UsageEvent.UsageReversed _, UsageEvent.DifferenceResolved _, LedgerEvent.BreachDecision _ ->
            offChain.add(new EntryId(each.partition(), each.seq()).toString());
        default -> { }
      }
      if (each.event() instanceof LedgerEvent.FeesSettled settled) {
        settlements.add(new SettlementId(settled.cause().position(), settled.cause().branch()).toString());
      } else if (each.event() instanceof PartitionEvent.ReconciliationEnded end) {
        runs.add(end.run());
      } else if (each.event() instanceof PartitionEvent.BlockSealed seal) {
        blocks.add(String.valueOf(seal.block()));
        times.add(seal.blockTime().toString());
      }
    }
    List<String> someOwners = some(new ArrayList<>(owners));
    values.put("owner", someOwners);
    values.put("address", someOwners);
    values.put("provider", History.providers().stream().map(Object::toString).toList());
    values.put("service", History.SERVICES.stream().map(Object::toString).toList());
    values.put("id", some(settlements));
    values.put("run", some(runs));
    values.put("period", some(times.stream().map(time -> time.substring(0, "2026-01".length())).distinct().toList()));
    values.put("at_block", some(blocks));
    values.put("min_block", some(blocks));
    values.put("min_token", List.of(new WriteToken(31337, new TreeMap<>(Map.of(0, 0L))).toString()));
    values.put("at_time", some(times));
    values.put("detail", List.of("true"));
    values.put("count", List.of("true"));
    values.put("entry", Stream.concat(some(entries).stream(), some(new ArrayList<>(offChain)).stream()).toList());
    values.put("hash", some(transactions));
    values.put("transaction", some(transactions));
    values.put("number", some(blocks));
    values.put("type", List.of("fees-settled.v1", "funds-deposited.v1", "usage-recorded.v1", "usage-reversed.v1",
        "discrepancy-resolved.v1", "difference-resolved.v1"));
    values.put("evidence", List.of("log", "none"));
    values.put("min_amount", List.of("1"));
    values.put("max_amount", List.of("1000000000000000000000000"));
    values.put("at", some(times));
    // An answer gives the cursor; the lists' own tests follow them.
    values.put("cursor", List.of());
    values.put("wait", List.of("0"));
    values.put("limit", List.of("1", "2", "500"));
    values.put("offset", List.of("1"));
    values.put("model", List.of("model-0"));
    values.put("api_key_id", List.of("key-1"));
    values.put("request_id", List.of("r-0"));
    values.put("q", Stream.of(someOwners, some(settlements), some(blocks), List.of("r-0"),
        History.providers().stream().map(Object::toString).toList()).flatMap(List::stream).toList());
    values.put("cost", List.of("7"));
    values.put("within", List.of("720h"));
    values.put("min_total", List.of("5"));
    values.put("min_available", List.of("5"));
    values.put("inactive_since", some(times));
    values.put("start_date", List.of("2026-01-01", "2026-01-02"));
    values.put("known_at", List.of("9999-12-31"));
    values.put("end_date", List.of("2026-01-01", "2026-01-02"));
    document.operations().stream()
        .filter(each -> each.method().equals("GET") && NOT_OF_THE_CHAIN.stream().noneMatch(each.path()::startsWith))
        .forEach(this::add);
  }

  private List<String> some(List<String> all) {
    List<String> chosen = new ArrayList<>(all);
    Collections.shuffle(chosen, random);
    return List.copyOf(chosen.subList(0, Math.min(VALUES_MAX, chosen.size())));
  }

  private void add(ApiDocument.Operation operation) {
    for (String path : filled(operation.path())) {
      JsonNode content = operation.node().at("/responses/200/content");
      content.propertyNames().forEach(type -> {
        requests.add(new Request(operation.path(), path + query(operation, false), type));
        requests.add(new Request(operation.path(), path + query(operation, true), type));
      });
    }
  }

  private List<String> filled(String path) {
    Matcher place = PLACE.matcher(path);
    if (!place.find()) {
      return List.of(path);
    }
    return valuesOf(place.group(1)).stream()
        .flatMap(value -> filled(place.replaceFirst(Matcher.quoteReplacement(value))).stream()).toList();
  }

  private String query(ApiDocument.Operation operation, boolean filtered) {
    Map<String, String> query = new LinkedHashMap<>();
    for (String name : operation.names("query")) {
      JsonNode schema = document.resolved(
          Objects.requireNonNull(operation.parameters().get("query:" + name)).path("schema"));
      JsonNode value = document.resolved(schema.has("items") ? schema.path("items") : schema);
      List<String> known = value.has("enum")
          ? value.path("enum").valueStream().map(JsonNode::asString).toList() : valuesOf(name);
      if (!known.isEmpty() && (ALWAYS.contains(name) || (filtered && random.nextInt(3) == 0))) {
        query.put(name, known.get(random.nextInt(known.size())));
      }
    }
    return query.isEmpty() ? "" : "?" + String.join("&",
        query.entrySet().stream().map(each -> each.getKey() + "=" + each.getValue()).toList());
  }

  private List<String> valuesOf(String name) {
    List<String> known = values.get(name);
    if (known == null) {
      throw new IllegalStateException("no values of the parameter " + name);
    }
    return known;
  }

  /** The requests for what a journal shows from off chain, which comes after the entries before it. */
  Set<String> journals() {
    return requests.stream().filter(each -> each.path().equals(JOURNAL) || (each.path().equals(ENTRY)
            && offChain.stream().anyMatch(id -> each.target().matches("/v1/entries/" + id + "(\\?.*)?"))))
        .map(Request::name).collect(Collectors.toCollection(TreeSet::new));
  }

  /** The status, headers and body of each answer, by request. */
  Map<String, String> answers(int port) {
    Map<String, String> answers = new LinkedHashMap<>();
    for (Request each : requests) {
      RawHttp.Answer answer = RawHttp.send(port, "GET", each.target(), "Accept: " + each.accept(),
          "X-Request-Id: walk");
      Map<String, String> headers = new TreeMap<>(answer.headers());
      headers.keySet().removeIf(name -> !name.startsWith("Ledger-"));
      answers.put(each.name(),
          answer.status() + " " + headers + " " + withoutProgress(each.path(), answer));
    }
    return answers;
  }

  private static String withoutProgress(String path, RawHttp.Answer answer) {
    Set<String> progress = PROGRESS.getOrDefault(path, Map.of()).keySet();
    if (progress.isEmpty()) {
      return answer.body();
    }
    JsonNode body = QueryFixture.JSON.readTree(answer.body());
    progress.forEach(field -> body.findParents(field).forEach(parent -> ((ObjectNode) parent).remove(field)));
    return body.toString();
  }
}
