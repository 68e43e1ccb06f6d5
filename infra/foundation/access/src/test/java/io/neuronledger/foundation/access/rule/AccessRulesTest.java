package io.neuronledger.foundation.access.rule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.neuronledger.contracts.value.WalletAddress;
import io.neuronledger.foundation.access.caller.Caller;
import io.neuronledger.foundation.access.caller.Scope;
import io.neuronledger.foundation.problem.ProblemCode;
import java.net.URI;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.mock.web.MockHttpServletRequest;

/** The rules of the published documents, operation by operation, and how a request finds its rule. */
class AccessRulesTest {
  private static final String OWN = "0x00000000000000000000000000000000000000aa";
  private static final String OTHER = "0x00000000000000000000000000000000000000bb";
  private static final AccessRules QUERY = AccessRules.ofDocument("/openapi/ledger-query.v1.yaml");
  private static final AccessRules COMMAND = AccessRules.ofDocument("/openapi/ledger-command.v1.yaml");
  private static final AccessRules INDEXER = AccessRules.ofDocument("/openapi/chain-indexer.v1.yaml");

  /** A second look at who may do what: a change of a document's security is a change of this table. */
  @Test
  void every_operation_has_the_rule_that_is_meant() {
    Map<String, String> meant = new TreeMap<>();
    meant.put("GET /actuator/health/liveness", "open");
    meant.put("GET /actuator/health/readiness", "open");
    for (String document : List.of("/openapi.yaml", "/docs", "/docs/{file}", "/problems", "/problems/{code}")) {
      meant.put("GET " + document, "open");
    }
    meant.put("GET /actuator/health", "metrics:read");
    meant.put("GET /actuator/prometheus", "metrics:read");
    assertThat(described(INDEXER)).isEqualTo(with(meant, "POST /v1/admin/reconciliations", "admin"));
    assertThat(described(COMMAND)).isEqualTo(with(meant,
        "POST /v1/usage", "usage:write",
        "POST /v1/usage/batch", "usage:write",
        "POST /v1/usage/corrections", "usage:write or finance:write",
        "POST /v1/discrepancies/{key}/resolution", "finance:write",
        "POST /v1/discrepancies/{key}/resolution/approval", "finance:write",
        "POST /v1/discrepancies/{key}/resolution/revocation", "finance:write",
        "POST /v1/periods/{period}/closing", "finance:write",
        "POST /v1/periods/{period}/closing/approval", "finance:write",
        "POST /v1/periods/{period}/reopening", "finance:write",
        "POST /v1/periods/{period}/reopening/approval", "finance:write",
        "POST /v1/periods/{period}/revocation", "finance:write",
        "POST /v1/keys", "admin",
        "GET /v1/keys", "admin",
        "GET /v1/keys/{id}", "admin",
        "DELETE /v1/keys/{id}", "admin",
        "POST /v1/keys/{id}/rotations", "admin",
        "POST /v1/sign-in/nonces", "open",
        "POST /v1/sign-in", "open",
        "GET /v1/sign-in/keys", "open",
        "GET /v1/admin/integrity", "admin",
        "GET /v1/admin/quarantine", "admin",
        "POST /v1/admin/unpark", "admin"));
    assertThat(described(QUERY)).isEqualTo(with(meant,
        "GET /dashboard.json", "open",
        "GET /v1/blocks", "any",
        "GET /v1/ledgers", "ledger:read",
        "GET /v1/ledgers/{owner}", "ledger:read or ledger:read:own",
        "GET /v1/ledgers/{owner}/sub-accounts", "ledger:read or ledger:read:own",
        "GET /v1/ledgers/{owner}/sub-accounts/{provider}/{service}", "ledger:read or ledger:read:own",
        "GET /v1/ledgers/{owner}/entries", "ledger:read or ledger:read:own",
        "GET /v1/ledgers/{owner}/journal", "ledger:read or ledger:read:own",
        "GET /v1/ledgers/{owner}/statement", "ledger:read or ledger:read:own",
        "GET /v1/ledgers/{owner}/events", "events:subscribe or ledger:read:own",
        "GET /v1/events", "events:subscribe",
        "GET /v1/ledgers/{owner}/alerts/events", "events:subscribe or ledger:read:own",
        "GET /v1/alerts/events", "events:subscribe",
        "GET /v1/alerts", "events:subscribe or ledger:read:own",
        "GET /v1/alerts/{id}", "events:subscribe or ledger:read:own",
        "GET /v1/alert-rules", "events:subscribe or ledger:read:own",
        "POST /v1/alert-rules", "events:subscribe or ledger:read:own",
        "GET /v1/alert-rules/{id}", "events:subscribe or ledger:read:own",
        "PATCH /v1/alert-rules/{id}", "events:subscribe or ledger:read:own",
        "DELETE /v1/alert-rules/{id}", "events:subscribe or ledger:read:own",
        "POST /v1/alert-rules/{id}/test", "events:subscribe or ledger:read:own",
        "POST /v1/ledgers/{owner}/webhooks", "events:subscribe or ledger:read:own",
        "POST /v1/webhooks", "events:subscribe",
        "GET /v1/webhooks", "any or admin",
        "GET /v1/webhooks/{id}", "any or admin",
        "PATCH /v1/webhooks/{id}", "any",
        "DELETE /v1/webhooks/{id}", "any or admin",
        "POST /v1/webhooks/{id}/secret/rotations", "any",
        "POST /v1/webhooks/{id}/test", "any",
        "POST /v1/webhooks/{id}/replays", "any",
        "GET /v1/webhooks/{id}/messages", "any or admin",
        "POST /v1/webhooks/{id}/messages/{message}/retries", "any",
        "GET /v1/webhooks/{id}/deliveries", "any or admin",
        "GET /v1/entries/{entry}", "ledger:read or ledger:read:own",
        "GET /v1/transactions/{hash}/entries", "ledger:read",
        "GET /v1/blocks/{number}/entries", "ledger:read",
        "GET /v1/ledgers/{owner}/usage", "ledger:read or ledger:read:own",
        "GET /v1/ledgers/{owner}/usage/stats", "ledger:read or ledger:read:own",
        "GET /v1/account/usage/stats", "ledger:read or ledger:read:own",
        "GET /v1/account/usage/daily", "ledger:read or ledger:read:own",
        "GET /v1/account/usage/history", "ledger:read or ledger:read:own",
        "GET /v1/providers/{provider}", "ledger:read",
        "GET /v1/providers", "ledger:read",
        "GET /v1/services", "ledger:read",
        "GET /v1/models", "ledger:read",
        "GET /v1/prices", "ledger:read",
        "POST /v1/prices/quote", "ledger:read",
        "GET /v1/search", "ledger:read or ledger:read:own",
        "GET /v1/totals", "finance:read",
        "GET /v1/refunds", "ledger:read",
        "GET /v1/ledgers/{owner}/admission", "ledger:read or ledger:read:own",
        "GET /v1/ledgers/{owner}/runway", "ledger:read or ledger:read:own",
        "GET /v1/accounts/at-risk", "ledger:read",
        "POST /v1/accounts/at-risk/exports", "ledger:read",
        "GET /v1/status", "any",
        "GET /v1/caller", "any",
        "GET /v1/settlements", "finance:read",
        "GET /v1/settlements/{id}", "finance:read",
        "GET /v1/discrepancies", "finance:read",
        "GET /v1/reconciliation/chain", "finance:read",
        "GET /v1/reconciliation/chain/{run}", "finance:read",
        "GET /v1/reports/settlement", "finance:read",
        "GET /v1/periods", "finance:read",
        "GET /v1/periods/{period}", "finance:read",
        "POST /v1/periods/{period}/reports", "finance:write",
        "GET /v1/periods/{period}/reports/{hash}", "finance:read",
        "POST /v1/ledgers/exports", "ledger:read",
        "POST /v1/ledgers/{owner}/entries/exports", "ledger:read or ledger:read:own",
        "POST /v1/transactions/{hash}/entries/exports", "ledger:read",
        "POST /v1/blocks/{number}/entries/exports", "ledger:read",
        "POST /v1/ledgers/{owner}/usage/exports", "ledger:read or ledger:read:own",
        "POST /v1/providers/exports", "ledger:read",
        "POST /v1/services/exports", "ledger:read",
        "POST /v1/models/exports", "ledger:read",
        "POST /v1/prices/exports", "ledger:read",
        "POST /v1/totals/exports", "finance:read",
        "POST /v1/settlements/exports", "finance:read",
        "POST /v1/settlements/{id}/exports", "finance:read",
        "POST /v1/refunds/exports", "ledger:read",
        "POST /v1/discrepancies/exports", "finance:read",
        "POST /v1/reconciliation/chain/exports", "finance:read",
        "POST /v1/reconciliation/chain/{run}/exports", "finance:read",
        "POST /v1/reports/settlement/exports", "finance:read",
        "GET /v1/exports", "any",
        "GET /v1/exports/{id}", "any or admin",
        "DELETE /v1/exports/{id}", "any or admin",
        "GET /v1/exports/{id}/content", "any",
        "GET /v1/exports/{id}/content.sha256", "any",
        "GET /v1/exports/{id}/content.json", "any",
        "GET /v1/reports/journal", "finance:read",
        "GET /v1/providers/{provider}/statement", "finance:read",
        "GET /v1/admin/quarantine", "admin",
        "POST /v1/admin/unpark", "admin",
        "GET /v1/admin/integrity", "admin",
        "GET /v1/admin/rebuild", "admin",
        "POST /v1/admin/rebuild", "admin",
        "DELETE /v1/admin/rebuild", "admin",
        "GET /v1/access-log", "access-log:read"));
  }

  /** By the scopes alone, so that a new operation is recorded by itself. */
  @Test
  void what_belongs_to_finance_and_administrators_is_recorded() {
    for (AccessRules rules : List.of(QUERY, COMMAND, INDEXER)) {
      for (AccessRule rule : rules.all()) {
        assertThat(rule.isRecorded(EnumSet.allOf(Scope.class))).as("%s", rule).isEqualTo(
            Objects.requireNonNull(described(rules).get(rule.method() + " " + rule.path()))
                .matches(".*(finance:read|finance:write|admin|access-log:read).*"));
        assertThat(rule.operation().id()).as("%s", rule).isNotEmpty();
        boolean isOfWallets = rule.alternatives().stream().anyMatch(Set.of(Scope.LEDGER_READ_OWN)::containsAll);
        assertThat(isOfWallets && rule.isRecorded(Set.of(Scope.LEDGER_READ_OWN)))
            .as("%s: requests of wallets are not recorded", rule).isFalse();
      }
    }
  }

  /** What shows administrators more than others is recorded of administrators. */
  @Test
  void of_what_any_caller_may_ask_the_administrators_requests_are_recorded() {
    for (String operation : List.of("GET /v1/exports/{id}", "DELETE /v1/exports/{id}")) {
      AccessRule rule = QUERY.all().stream().filter(each -> operation.equals(each.method() + " " + each.path()))
          .findFirst().orElseThrow();
      assertThat(rule.isRecorded(Set.of(Scope.ADMIN))).as(operation).isTrue();
      assertThat(rule.isRecorded(EnumSet.complementOf(EnumSet.of(Scope.ADMIN)))).as(operation).isFalse();
    }
  }

  /** Whoever exports a list of all owners has seen each of them. */
  @Test
  void what_reads_a_list_of_all_owners_is_about_all() {
    for (AccessRule rule : QUERY.all()) {
      boolean isOfAll = Set.of("GET /v1/settlements", "POST /v1/settlements/exports",
          "GET /v1/periods/{period}/reports/{hash}").contains(rule.method() + " " + rule.path());
      if (isOfAll || Set.of("POST /v1/settlements/{id}/exports", "POST /v1/admin/unpark", "GET /v1/settlements/{id}",
          "GET /v1/periods/{period}", "POST /v1/periods/{period}/reports")
          .contains(rule.method() + " " + rule.path())) {
        assertThat(rule.isOfAll()).as("%s", rule).isEqualTo(isOfAll);
      }
    }
  }

  private static Map<String, String> with(Map<String, String> common, String... more) {
    Map<String, String> all = new TreeMap<>(common);
    for (int i = 0; i < more.length; i += 2) {
      all.put(more[i], more[i + 1]);
    }
    return all;
  }

  private static Map<String, String> described(AccessRules rules) {
    Map<String, String> described = new TreeMap<>();
    rules.all().forEach(rule -> described.put(rule.method() + " " + rule.path(), rule.isOpen() ? "open"
        : rule.alternatives().stream().map(AccessRulesTest::described).collect(Collectors.joining(" or "))));
    return described;
  }

  private static String described(Set<Scope> scopes) {
    return scopes.isEmpty() ? "any" : scopes.stream().map(Scope::tag).sorted().collect(Collectors.joining(" and "));
  }

  /** Who has all other scopes is refused, so no scope contains another one. */
  @Test
  void only_the_scopes_of_the_rule_are_enough() {
    List<String> checked = new ArrayList<>();
    for (AccessRules rules : List.of(QUERY, COMMAND, INDEXER)) {
      for (AccessRule rule : rules.all()) {
        MockHttpServletRequest request = request(rule.method(), filled(rule));
        Set<Scope> named = new TreeSet<>();
        rule.alternatives().forEach(named::addAll);
        Set<Scope> others = new TreeSet<>(Set.of(Scope.values()));
        others.removeAll(named);
        if (!rule.alternatives().contains(Set.<Scope>of()) && !named.isEmpty()) {
          assertThat(refusal(rules, request, caller(others, Optional.of(OWN)))).as("%s", rule)
              .contains(ProblemCode.INSUFFICIENT_SCOPE);
          assertThat(refusal(rules, request, caller(Set.of(), Optional.of(OWN)))).as("%s", rule)
              .contains(ProblemCode.INSUFFICIENT_SCOPE);
        }
        for (Set<Scope> scopes : rule.alternatives()) {
          assertThat(refusal(rules, request, caller(scopes, Optional.of(OWN)))).as("%s", rule).isEmpty();
        }
        checked.add(rule.toString());
      }
    }
    assertThat(checked).hasSizeGreaterThan(30);
  }

  private static String filled(AccessRule rule) {
    String path = rule.path().getPatternString().replace("{*endpoint}", "prometheus").replace("{owner}", OWN)
        .replaceAll("\\{[a-z]+}", OTHER);
    return path.startsWith("/v1/account/") ? path + "?address=" + OWN
        : path.startsWith("/v1/entries/") || path.startsWith("/v1/alert") ? path + "?owner=" + OWN
        : path.equals("/v1/search") ? path + "?q=1&owner=" + OWN : path;
  }

  @ParameterizedTest
  @ValueSource(strings = {"/v1/ledgers/" + OTHER, "/v1/ledgers/" + OTHER + "/entries",
      "/v1/ledgers/" + OTHER + "/usage?owner=" + OWN, "/v1/ledgers/" + OTHER + "/usage?address=" + OWN,
      "/v1/ledgers/x", "/v1/ledgers/" + OWN + "%20", "/v1/ledgers/" + OTHER + "%2F" + OWN,
      "/v1/account/usage/stats", "/v1/account/usage/stats?address=", "/v1/account/usage/stats?address=" + OTHER,
      "/v1/entries/0-1", "/v1/entries/0-1?owner=", "/v1/entries/0-1?owner=" + OTHER,
      "/v1/entries/0-1?owner=" + OWN + "&owner=" + OTHER,
      "/v1/account/usage/stats?address=" + OWN + "&address=" + OTHER,
      "/v1/account/usage/stats?address=" + OTHER + "&address=" + OWN, "/v1/account/usage/stats?Address=" + OWN})
  void a_bound_caller_reads_no_other_owner(String target) {
    assertThat(refusal(QUERY, request("GET", target), caller(Set.of(Scope.LEDGER_READ_OWN), Optional.of(OWN))))
        .contains(ProblemCode.FOREIGN_OWNER);
  }

  @Test
  void a_bound_caller_reads_its_owner_however_the_address_is_written() {
    Caller caller = caller(Set.of(Scope.LEDGER_READ_OWN), Optional.of(OWN));
    for (String owner : List.of(OWN, "0x" + OWN.substring(2).toUpperCase(Locale.ROOT), OWN.replace("a", "%61"),
        OWN + ";x=" + OTHER)) {
      assertThat(refusal(QUERY, request("GET", "/v1/ledgers/" + owner), caller)).as(owner).isEmpty();
    }
    MockHttpServletRequest byHeader = request("GET", "/v1/account/usage/stats");
    byHeader.addHeader("X-Account-Address", OWN);
    assertThat(refusal(QUERY, byHeader, caller)).isEmpty();
    byHeader.addHeader("x-account-address", OTHER);
    assertThat(refusal(QUERY, byHeader, caller)).contains(ProblemCode.FOREIGN_OWNER);
    MockHttpServletRequest both = request("GET", "/v1/account/usage/stats?address=" + OWN);
    both.addHeader("X-Account-Address", OTHER);
    assertThat(refusal(QUERY, both, caller)).contains(ProblemCode.FOREIGN_OWNER);
  }

  @Test
  void the_scope_without_an_owner_reads_nothing() {
    assertThat(refusal(QUERY, request("GET", "/v1/ledgers/" + OWN), caller(Set.of(Scope.LEDGER_READ_OWN),
        Optional.empty()))).contains(ProblemCode.FOREIGN_OWNER);
    assertThat(refusal(QUERY, request("GET", "/v1/ledgers"), caller(Set.of(Scope.LEDGER_READ_OWN), Optional.of(OWN))))
        .contains(ProblemCode.INSUFFICIENT_SCOPE);
  }

  /** An export keeps them: who has only the bound scope later does not get the content of another owner. */
  @Test
  void a_bound_scope_is_an_alternative_for_the_callers_owner_only() {
    Caller caller = caller(Set.of(Scope.LEDGER_READ), Optional.of(OWN));
    assertThat(alternatives("/v1/ledgers/" + OTHER + "/usage/exports", caller)).containsExactly(
        Set.of(Scope.LEDGER_READ));
    assertThat(alternatives("/v1/ledgers/" + OWN + "/usage/exports", caller)).containsExactlyInAnyOrder(
        Set.of(Scope.LEDGER_READ), Set.of(Scope.LEDGER_READ_OWN));
  }

  private static List<Set<Scope>> alternatives(String target, Caller caller) {
    MockHttpServletRequest request = request("POST", target);
    return QUERY.of(request).orElseThrow().alternatives(caller, request);
  }

  /** What the controllers do not match, or would match otherwise, has no rule: it is not reachable. */
  @ParameterizedTest
  @ValueSource(strings = {"/", "/v1", "/v1/ledgers/", "/v1//ledgers", "/V1/ledgers", "/v1/ledgers%2F", "/v2/ledgers",
      "/v1/admin", "/v1/admin/rebuild/", "/error", "/actuator2", "/v1/status.json", "/v1/status/x", "/x/v1/status"})
  void a_path_that_nobody_published_has_no_rule(String target) {
    assertThat(QUERY.of(request("GET", target))).isEmpty();
    assertThat(QUERY.methods(request("GET", target))).isEmpty();
  }

  @Test
  void pages_are_open_where_a_service_has_them() {
    AccessRules withPages = AccessRules.ofDocument("/openapi/ledger-query.v1.yaml", List.of("/", "/assets/{file}"));
    for (String page : List.of("/", "/assets/main.js")) {
      assertThat(withPages.of(request("GET", page)).orElseThrow().isOpen()).as(page).isTrue();
      assertThat(withPages.methods(request("POST", page))).as(page).containsExactly("GET");
      assertThat(QUERY.methods(request("GET", page))).as(page).isEmpty();
    }
    assertThat(withPages.of(request("GET", "/assets/x/main.js"))).isEmpty();
  }

  @Test
  void a_method_that_nobody_published_has_no_rule() {
    for (String method : List.of("PUT", "PATCH", "OPTIONS", "TRACE", "get", "POST")) {
      assertThat(QUERY.of(request(method, "/v1/ledgers"))).as(method).isEmpty();
    }
    assertThat(QUERY.of(request("HEAD", "/v1/ledgers"))).isPresent();
    assertThat(QUERY.of(request("HEAD", "/v1/admin/unpark"))).isEmpty();
    assertThat(QUERY.methods(request("PUT", "/v1/admin/rebuild"))).containsExactly("DELETE", "GET", "POST");
    assertThat(QUERY.of(request("POST", "/actuator/health/liveness"))).isEmpty();
  }

  /** Whatever a setting exposes: only these endpoints of the actuator are reachable. */
  @Test
  void of_the_actuator_only_what_is_documented_has_a_rule() {
    assertThat(QUERY.of(request("GET", "/actuator/health/readiness")).orElseThrow().isOpen()).isTrue();
    for (String path : List.of("/actuator/health", "/actuator/prometheus")) {
      assertThat(QUERY.of(request("GET", path)).orElseThrow().isOpen()).as(path).isFalse();
    }
    for (String path : List.of("/actuator", "/actuator/", "/actuator/env", "/actuator/heapdump", "/actuator/info",
        "/actuator/health/", "/actuator/health/readiness/", "/actuator/health/readiness/database",
        "/actuator/health/liveness%2F")) {
      assertThat(QUERY.of(request("GET", path))).as(path).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"no-security", "no-scheme", "optional", "unknown-scope", "bound-without-parameter",
      "bound-to-unknown", "two-schemes"})
  void a_document_without_a_clear_rule_does_not_start(String document) {
    assertThatThrownBy(() -> AccessRules.ofDocument("/openapi-faulty/" + document + ".yaml"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static Optional<ProblemCode> refusal(AccessRules rules, MockHttpServletRequest request, Caller caller) {
    return rules.of(request).orElseThrow().refusal(caller, request);
  }

  private static Caller caller(Set<Scope> scopes, Optional<String> owner) {
    return new Caller("someone", Caller.Credential.OIDC_TOKEN, scopes, owner.map(WalletAddress::parse),
        Optional.empty());
  }

  private static MockHttpServletRequest request(String method, String target) {
    URI uri = URI.create(target);
    MockHttpServletRequest request = new MockHttpServletRequest(method, uri.getRawPath());
    if (uri.getRawQuery() != null) {
      for (String pair : uri.getRawQuery().split("&", -1)) {
        String[] parts = pair.split("=", 2);
        request.addParameter(parts[0], parts[1]);
      }
    }
    return request;
  }
}
