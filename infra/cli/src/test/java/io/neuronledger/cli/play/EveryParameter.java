package io.neuronledger.cli.play;

import static org.assertj.core.api.Assertions.assertThat;

import io.neuronledger.cli.hostile.Target;
import io.neuronledger.client.command.api.UsageApi;
import io.neuronledger.client.command.api.UsageApi.APIReportUsageRequest;
import io.neuronledger.client.query.ApiClient;
import io.neuronledger.client.query.ApiException;
import io.neuronledger.client.query.api.JournalApi.APITransactionEntriesRequest;
import io.neuronledger.client.query.api.ReconciliationApi;
import io.neuronledger.contracts.value.WalletAddress;
import java.lang.reflect.Method;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestMethodOrder;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Each parameter of each read, by the generated client: those with one meaning everywhere are asked here, as the
 * document has them, and the last test finds any that no client was asked with. It comes after {@link Writes}: all
 * blocks of the play are final.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
public abstract class EveryParameter {
  /** Operations of another kind, which tests of their own use. */
  private static final Set<String> ELSEWHERE = Set.of("quarantine", "unpark", "integrity", "rebuild", "beginRebuild",
      "endRebuild", "status", "accessLog", "accountUsageStats", "accountUsageDaily", "accountUsageHistory", "journal",
      "journalOfAll", "statement", "providerStatement", "periods", "period", "freezeReport", "frozenReport",
      "settlementReport", "events", "eventsOfOwner", "alertRules", "alertRule", "alerts", "alert", "alertEvents",
      "alertEventsOfOwner", "webhooks", "webhook", "webhookMessages", "webhookDeliveries");
  /** What no play can show: a comparison that found something, a second one, and wallets with days of use. */
  private static final Set<String> NOT_PLAYED = Set.of("reconciliation with cursor", "reconciliations with cursor",
      "atRisk with cursor");
  /** Of the answers whose lists would else be empty. */
  private static final Map<String, Map<String, Object>> WITH_LINES = Map.of("refunds", Map.of("at_block", 14));
  private static final Set<String> FILTERS = Set.of("owner", "provider", "service", "model", "source", "api_key_id",
      "type", "kind", "state", "request_id");
  /** Values that every line of the answers has that do not show them, but for the key, which none has. */
  private static final Map<String, Object> COMMON = Map.of("service", PlayedLedger.INFERENCE, "source",
      "direct", "api_key_id", "nobody");
  private static final long BLOCK = 34;
  private static final Pattern ADDRESS = Pattern.compile("\"(0x[0-9a-fA-F]{40})\"");
  private static final String TWIN = "_0g";
  private static final int LARGE_PAGE = 500;
  private static final int ZERO_G_DIGITS = 18;
  private static final ObjectMapper JSON = ApiClient.createDefaultObjectMapper();

  private final PlayedLedger played;
  private final Map<String, Object> required;

  protected EveryParameter(PlayedLedger played) {
    this.played = played;
    String settled = played.transaction(33);
    required = Map.of("owner", PlayedLedger.CAROL, "provider", PlayedLedger.C, "service", PlayedLedger.INFERENCE,
        "hash", settled, "number", BLOCK - 1, "id", "33-0-0-0", "q", settled, "at", played.time(BLOCK));
  }

  private static List<Target.Operation> reads() {
    return Target.of("ledger-query", "http://127.0.0.1:1").operations().stream()
        .filter(each -> each.method().equals("GET") && !each.tag().equals("exports") && !ELSEWHERE.contains(each.id()))
        .toList();
  }

  private static Set<String> queries(Target.Operation operation) {
    Set<String> names = new TreeSet<>();
    operation.parameters().stream().filter(each -> each.place().equals("query"))
        .forEach(each -> names.add(each.name()));
    return names;
  }

  private Stream<DynamicTest> each(String parameter, Check check) {
    return reads().stream().filter(each -> queries(each).contains(parameter))
        .map(each -> DynamicTest.dynamicTest(each.id(), () -> check.on(each)));
  }

  /** What holds of an operation. */
  @FunctionalInterface
  private interface Check {
    void on(Target.Operation operation) throws ReflectiveOperationException;
  }

  @TestFactory
  @Order(1)
  Stream<DynamicTest> a_time_is_a_block_and_a_final_one_stays() {
    long last = played.lastOfTheSecondOf(BLOCK);
    return each("at_block", operation -> {
      JsonNode then = ask(operation, Map.of("at_block", last));
      assertThat(then.at("/as_of/block").asLong()).isEqualTo(last);
      assertThat(ask(operation, Map.of("at_time", played.time(BLOCK)))).isEqualTo(then);
      assertThat(ask(operation, Map.of("at_block", last, "finality", "finalized"))).isEqualTo(then);
    });
  }

  @TestFactory
  @Order(2)
  Stream<DynamicTest> what_is_read_already_is_not_waited_for() throws Exception {
    String token = new UsageApi(played.provider()).reportUsage(APIReportUsageRequest.newBuilder()
        .usageReport(Writes.report(played, "every-parameter", 1, Writes.SECOND)).build()).getToken();
    return each("min_token", operation -> {
      JsonNode now = ask(operation, Map.of("min_token", token, "wait", 30));
      assertThat(ask(operation, Map.of("min_block", BLOCK, "wait", 0))).isEqualTo(now);
      assertThat(ask(operation, Map.of())).isEqualTo(now);
    });
  }

  @TestFactory
  @Order(3)
  Stream<DynamicTest> each_amount_has_its_twin_in_0g() {
    return each("unit", operation -> {
      JsonNode inNeuron = ask(operation, with(operation, Map.of("unit", "neuron")));
      assertThat(inNeuron.toString()).doesNotContain(TWIN + "\"");
      JsonNode both = ask(operation, with(operation, Map.of("unit", "0G")));
      List<String> twins = new ArrayList<>();
      removeTwins(both, twins);
      assertThat(twins).isNotEmpty();
      assertThat(both).isEqualTo(inNeuron);
    });
  }

  private static void removeTwins(JsonNode node, List<String> removed) {
    node.forEach(each -> removeTwins(each, removed));
    if (node instanceof ObjectNode object) {
      for (String name : List.copyOf(object.propertyNames())) {
        if (name.endsWith(TWIN)) {
          String inNeuron = object.path(name.substring(0, name.length() - TWIN.length())).asString();
          String inZeroG = object.path(name).asString();
          assertThat(new BigDecimal(inZeroG).movePointRight(ZERO_G_DIGITS).toBigIntegerExact()).as(name)
              .hasToString(inNeuron);
          removed.add(name);
          object.remove(name);
        }
      }
    }
  }

  @TestFactory
  @Order(4)
  Stream<DynamicTest> pages_are_the_list() {
    return each("cursor", operation -> {
      JsonNode whole = ask(operation, with(operation, Map.of("limit", LARGE_PAGE)));
      String list = lists(whole).max(Comparator.comparingInt(name -> whole.path(name).size())).orElseThrow();
      int limit = Math.max(1, whole.path(list).size() / 3);
      List<JsonNode> paged = new ArrayList<>();
      JsonNode page = ask(operation, with(operation, Map.of("limit", limit)));
      page.path(list).forEach(paged::add);
      while (page.path("has_more").asBoolean(false)) {
        page = ask(operation, with(operation,
            Map.of("limit", limit, "cursor", page.path("next_cursor").asString())));
        page.path(list).forEach(paged::add);
      }
      assertThat(paged).isEqualTo(elements(whole.path(list)));
    });
  }

  private static Map<String, Object> with(Target.Operation operation, Map<String, Object> parameters) {
    Map<String, Object> all = new LinkedHashMap<>(WITH_LINES.getOrDefault(operation.id(), Map.of()));
    all.putAll(parameters);
    return all;
  }

  private static Stream<String> lists(JsonNode answer) {
    return answer.propertyNames().stream().filter(name -> answer.path(name).isArray());
  }

  @TestFactory
  @Order(5)
  Stream<DynamicTest> a_period_without_end_is_everything() {
    return each("start_date", operation -> {
      JsonNode all = ask(operation, Map.of());
      JsonNode period = ask(operation, Map.of("start_date", "1970-01-01", "end_date", "9999-12-31"));
      ((ObjectNode) period).remove(List.of("start_date", "end_date"));
      assertThat(period).isEqualTo(all);
      JsonNode before = ask(operation, Map.of("start_date", "1970-01-01", "end_date", "1970-01-01"));
      assertThat(lists(before).filter(name -> !name.equals("services"))).allMatch(name -> before.path(name).isEmpty());
    });
  }

  /** A filter by what lines have keeps those lines; with several values those that have one of them. */
  @TestFactory
  @Order(6)
  Stream<DynamicTest> a_filter_keeps_the_lines_that_have_one_of_the_values() {
    return reads().stream().flatMap(operation -> queries(operation).stream().filter(FILTERS::contains)
        .filter(name -> !required(operation).containsKey(name)).map(name ->
            DynamicTest.dynamicTest(operation.id() + " by " + name, () -> checkFilter(operation, name))));
  }

  private void checkFilter(Target.Operation operation, String name) throws ReflectiveOperationException {
    Map<String, Object> limit = with(operation,
        queries(operation).contains("limit") ? Map.of("limit", LARGE_PAGE) : Map.of());
    JsonNode all = ask(operation, limit);
    List<String> lists = lists(all).filter(list -> elements(all.path(list)).stream().anyMatch(line -> line.has(name)))
        .toList();
    if (lists.isEmpty() && COMMON.containsKey(name)) {
      checkCommon(operation, name, all);
    }
    Set<String> values = new LinkedHashSet<>();
    lists.forEach(list -> all.path(list).forEach(line -> values.add(line.path(name).asString(""))));
    values.remove("");
    for (Set<String> chosen : chosen(List.copyOf(values), isOne(operation, name))) {
      Map<String, Object> filter = new LinkedHashMap<>(limit);
      filter.put(name, of(operation, name, chosen));
      JsonNode found = ask(operation, filter);
      Predicate<JsonNode> has = line -> chosen.contains(line.path(name).asString(""));
      for (String list : lists) {
        assertThat(elements(found.path(list))).as("%s of %s", list, filter)
            .isEqualTo(elements(all.path(list)).stream().filter(has).toList());
      }
    }
  }

  private void checkCommon(Target.Operation operation, String name, JsonNode all) throws ReflectiveOperationException {
    JsonNode found = ask(operation, Map.of(name, of(operation, name, Set.of(String.valueOf(COMMON.get(name))))));
    lists(all).forEach(list -> assertThat(found.path(list)).isEqualTo(
        name.equals("api_key_id") ? JSON.createArrayNode() : all.path(list)));
  }

  private static Object of(Target.Operation operation, String name, Set<String> values) {
    return isOne(operation, name) ? values.iterator().next() : List.copyOf(values);
  }

  /** Each value alone, and the first two together where it takes several. */
  private static List<Set<String>> chosen(List<String> values, boolean one) {
    List<Set<String>> chosen = new ArrayList<>();
    values.forEach(value -> chosen.add(Set.of(value)));
    if (values.size() > 1 && !one) {
      chosen.add(Set.of(values.get(0), values.get(1)));
    }
    return chosen;
  }

  private static boolean isOne(Target.Operation operation, String name) {
    return setter(request(operation), name).getParameterTypes()[0] != List.class;
  }

  @Test
  @Order(7)
  void no_parameter_of_a_read_is_left() {
    List<String> left = new ArrayList<>();
    for (Target.Operation operation : reads()) {
      Set<String> asked = played.asked().of(operation);
      queries(operation).stream().filter(name -> !asked.contains(name))
          .map(name -> operation.id() + " with " + name).filter(each -> !NOT_PLAYED.contains(each))
          .forEach(left::add);
      if (!played.asked().has(operation)) {
        left.add(operation.id());
      }
    }
    assertThat(left).isEmpty();
  }

  /** The reports and decisions of the issue, in ledger-command. */
  @Test
  @Order(8)
  void no_write_is_left() {
    assertThat(Target.of("ledger-command", "http://127.0.0.1:1").operations().stream()
        .filter(each -> each.tag().equals("usage") || each.id().equals("resolveDiscrepancy"))
        .filter(each -> !played.asked().has(each)).map(Target.Operation::id)).isEmpty();
  }

  private Map<String, Object> required(Target.Operation operation) {
    Map<String, Object> values = new LinkedHashMap<>();
    operation.parameters().stream()
        .filter(each -> each.place().equals("path") || each.name().equals("q") || each.name().equals("at")
            || (operation.id().equals("admission") && Set.of("provider", "service").contains(each.name())))
        .forEach(each -> values.put(each.name(), value(each.name())));
    return values;
  }

  private Object value(String name) {
    try {
      return switch (name) {
        case "entry" -> entry();
        case "run" -> new ReconciliationApi(played.query()).reconciliations(
            ReconciliationApi.APIReconciliationsRequest.newBuilder().build()).getRuns().getFirst().getRun();
        default -> Objects.requireNonNull(required.get(name), name);
      };
    } catch (ApiException e) {
      throw new IllegalStateException(e);
    }
  }

  private String entry() throws ApiException {
    return played.journal().transactionEntries(APITransactionEntriesRequest.newBuilder()
        .hash(played.transaction(33)).build()).getEntries().getFirst().getId();
  }

  /** The answer as JSON, with all addresses in the form of EIP-55, without how the chain's head is doing. */
  private JsonNode ask(Target.Operation operation, Map<String, Object> optional) throws ReflectiveOperationException {
    Class<?> api = api(operation);
    Class<?> request = request(operation);
    Object builder = request.getMethod("newBuilder").invoke(null);
    Map<String, Object> values = new LinkedHashMap<>(required(operation));
    values.putAll(optional);
    for (Map.Entry<String, Object> value : values.entrySet()) {
      Method setter = setter(request, value.getKey());
      setter.invoke(builder, JSON.<Object>convertValue(value.getValue(),
          JSON.constructType(setter.getGenericParameterTypes()[0])));
    }
    Object built = builder.getClass().getMethod("build").invoke(builder);
    Object client = api.getConstructor(ApiClient.class).newInstance(played.query());
    JsonNode answer = JSON.valueToTree(api.getMethod(operation.id(), request).invoke(client, built));
    assertThat(ADDRESS.matcher(answer.toString()).results().map(found -> found.group(1)))
        .allMatch(address -> WalletAddress.typed(address).checksummed().equals(address));
    if (answer.path("as_of") instanceof ObjectNode asOf) {
      asOf.remove(List.of("behind", "guard"));
    }
    return answer;
  }

  private static Class<?> api(Target.Operation operation) {
    return named("io.neuronledger.client.query.api." + capitalized(operation.tag()) + "Api");
  }

  private static Class<?> request(Target.Operation operation) {
    return named(api(operation).getName() + "$API" + capitalized(operation.id()) + "Request");
  }

  private static Class<?> named(String name) {
    try {
      return Class.forName(name);
    } catch (ClassNotFoundException e) {
      throw new IllegalStateException("no client of the operation", e);
    }
  }

  private static Method setter(Class<?> request, String parameter) {
    Class<?> builder = named(request.getName() + "$Builder");
    StringBuilder name = new StringBuilder();
    for (String word : parameter.split("_", -1)) {
      name.append(name.isEmpty() ? word : capitalized(word));
    }
    String wanted = parameter.equals("wait") ? "waitSeconds" : name.toString();
    return Stream.of(builder.getMethods()).filter(each -> each.getName().equals(wanted)
        && each.getParameterCount() == 1).findFirst().orElseThrow();
  }

  private static String capitalized(String word) {
    return Character.toUpperCase(word.charAt(0)) + word.substring(1);
  }

  private static List<JsonNode> elements(JsonNode list) {
    return StreamSupport.stream(list.spliterator(), false).toList();
  }
}
