package io.neuronledger.foundation.access.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.neuronledger.contracts.access.AccessEntry;
import io.neuronledger.foundation.access.caller.Caller;
import io.neuronledger.foundation.access.caller.CallerAuthentication;
import io.neuronledger.foundation.access.caller.Scope;
import io.neuronledger.foundation.access.rule.AccessProblems;
import io.neuronledger.foundation.access.rule.AccessRules;
import io.neuronledger.foundation.access.rule.PublishedOperationsFilter;
import jakarta.servlet.ServletException;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.security.core.context.SecurityContextHolder;

/** What is recorded of a request that has passed, and of which one nothing is. */
class AccessLogFilterTest {
  private static final String OWNER = "0x" + "a".repeat(40);

  private final MemoryLog log = new MemoryLog();
  private final AccessProblems problems = new AccessProblems((_, _, _, _) -> null);

  @AfterEach
  void forgetCaller() {
    SecurityContextHolder.clearContext();
  }

  private static Caller caller(Caller.Credential credential) {
    String subject = credential == Caller.Credential.API_KEY ? "nlk_0123456789abcdef" : OWNER;
    return new Caller(subject, credential, Set.of(Scope.FINANCE_READ), Optional.empty(), Optional.empty());
  }

  private List<AccessEntry> sent(String service, MockHttpServletRequest request, Caller caller)
      throws ServletException, IOException {
    SecurityContextHolder.getContext().setAuthentication(new CallerAuthentication(caller, Optional.empty()));
    PublishedOperationsFilter published =
        new PublishedOperationsFilter(AccessRules.ofDocument("/openapi/" + service + ".v1.yaml"), problems);
    AccessLogFilter filter = new AccessLogFilter(log, problems);
    MockHttpServletResponse response = new MockHttpServletResponse();
    published.doFilter(request, response,
        (passed, answer) -> filter.doFilter(passed, answer, (_, _) -> response.setStatus(202)));
    assertThat(response.getStatus()).as("%s goes on", request.getRequestURI()).isEqualTo(202);
    return log.take();
  }

  /** A wallet costs nothing, so that its requests could fill the log, and finance would wait behind them. */
  @ParameterizedTest
  @EnumSource(Caller.Credential.class)
  void requests_of_all_callers_but_wallets_are_recorded(Caller.Credential credential)
      throws ServletException, IOException {
    assertThat(sent("ledger-query", new MockHttpServletRequest("GET", "/v1/settlements"), caller(credential)))
        .hasSize(credential == Caller.Credential.WALLET_TOKEN ? 0 : 2);
  }

  @ParameterizedTest
  @CsvSource({"ledger-query, GET, /v1/discrepancies, , all", "ledger-query, HEAD, /v1/discrepancies, , all",
      "ledger-query, GET, /v1/discrepancies, 0xAB, 0xAB", "ledger-query, GET, /v1/settlements/7, , ",
      "ledger-query, POST, /v1/admin/unpark, , ", "ledger-query, POST, /v1/admin/unpark, 0xAB, 0xAB",
      "ledger-query, DELETE, /v1/admin/rebuild, , ", "ledger-command, GET, /v1/keys, , all",
      "ledger-command, POST, /v1/keys, , ", "ledger-command, DELETE, /v1/keys/0123456789abcdef, , "})
  void all_owners_are_those_of_a_request_that_reads_and_names_nothing(String service, String method, String path,
      String owner, String recorded) throws ServletException, IOException {
    MockHttpServletRequest request = new MockHttpServletRequest(method, path);
    if (owner != null) {
      request.addParameter("owner", owner);
    }
    List<AccessEntry> entries = sent(service, request, caller(Caller.Credential.OIDC_TOKEN));
    List<String> expected = recorded == null ? List.of() : List.of(recorded);
    assertThat(((AccessEntry.Asked) entries.get(0)).owners()).isEqualTo(expected);
    assertThat(((AccessEntry.Answered) entries.get(1)).owners()).isEqualTo(expected);
  }

  /** Everybody sees their own exports, and an administrator those of others. */
  @ParameterizedTest
  @CsvSource({"GET, ADMIN, 2", "DELETE, ADMIN, 2", "GET, FINANCE_READ, 0", "DELETE, FINANCE_READ, 0"})
  void of_what_everybody_may_ask_the_requests_of_administrators_are_recorded(String method, Scope scope, int records)
      throws ServletException, IOException {
    Caller caller = new Caller("root", Caller.Credential.OIDC_TOKEN, Set.of(scope), Optional.empty(),
        Optional.empty());
    assertThat(sent("ledger-query", new MockHttpServletRequest(method, "/v1/exports/7"), caller)).hasSize(records);
  }

  @Test
  void who_names_more_owners_than_are_recorded_asks_about_all() throws ServletException, IOException {
    String[] most = new String[AccessLogFilter.OWNERS_MAX];
    Arrays.fill(most, OWNER);
    MockHttpServletRequest request = new MockHttpServletRequest("GET", "/v1/discrepancies");
    request.addParameter("owner", most);
    Caller caller = caller(Caller.Credential.OIDC_TOKEN);
    assertThat(((AccessEntry.Asked) sent("ledger-query", request, caller).get(0)).owners()).containsExactly(most);
    MockHttpServletRequest more = new MockHttpServletRequest("GET", "/v1/discrepancies");
    more.addParameter("owner", most);
    more.addParameter("owner", OWNER);
    assertThat(((AccessEntry.Asked) sent("ledger-query", more, caller).get(0)).owners())
        .containsExactly(AccessEntry.ALL_OWNERS);
  }

  @ParameterizedTest
  @CsvSource({"1024, ''", "1025, ..."})
  void a_long_path_and_a_long_query_are_cut(int length, String end) throws ServletException, IOException {
    String path = "/v1/settlements/" + "7".repeat(length - "/v1/settlements/".length());
    MockHttpServletRequest request = new MockHttpServletRequest("GET", path);
    request.setQueryString("q".repeat(length));
    AccessEntry.Asked asked =
        (AccessEntry.Asked) sent("ledger-query", request, caller(Caller.Credential.API_KEY)).get(0);
    assertThat(asked.path()).isEqualTo(path.substring(0, 1_024) + end);
    assertThat(asked.query()).contains("q".repeat(1_024) + end);
  }
}
