package io.neuronledger.query.usage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.neuronledger.contracts.usage.ApiKeyId;
import io.neuronledger.contracts.usage.ModelName;
import io.neuronledger.contracts.usage.NeuronSum;
import io.neuronledger.contracts.usage.Units;
import io.neuronledger.contracts.usage.UsageLine;
import io.neuronledger.contracts.usage.UsageSource;
import io.neuronledger.contracts.value.Neuron;
import io.neuronledger.contracts.value.SubAccountId;
import io.neuronledger.contracts.value.WalletAddress;
import io.neuronledger.contracts.view.usage.AccountUsageHistory;
import io.neuronledger.contracts.view.usage.AccountUsageStats;
import io.neuronledger.contracts.view.usage.UsagePage;
import io.neuronledger.contracts.view.usage.UsageStats;
import io.neuronledger.contracts.view.usage.account.AccountDailyStats;
import io.neuronledger.foundation.access.caller.Caller;
import io.neuronledger.foundation.problem.ProblemCode;
import io.neuronledger.foundation.problem.Refusal;
import io.neuronledger.query.fixture.AccountEventScript;
import io.neuronledger.query.fixture.QueryFixture;
import io.neuronledger.query.fixture.Wallets;
import io.neuronledger.query.request.Page;
import io.neuronledger.query.request.Period;
import io.neuronledger.query.usage.Requests.Request;
import io.neuronledger.query.usage.account.AccountHistory;
import java.math.BigInteger;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class UsageQuestionsIT {
  private static final UsageFilter ALL = UsageFilter.all();
  private static final LocalDate SECOND_DAY = LocalDate.parse("2026-01-02");
  private static final LocalDate THIRD_DAY = LocalDate.parse("2026-01-03");
  private static QueryFixture fixture;
  private static Requests requests;

  @BeforeAll
  static void open() {
    fixture = new QueryFixture(1);
    requests = new Requests(fixture, 400, 42);
  }

  @AfterAll
  static void close() {
    fixture.close();
  }

  @Test
  void the_pages_have_the_whole_history_newest_first() {
    assertThat(pages(ALL, 7)).isEqualTo(ids(request -> true));
    assertThat(pages(ALL, 400)).isEqualTo(ids(request -> true));
    assertThat(page(ALL, 400, Optional.empty()).nextCursor()).isEmpty();
    assertThat(page(ALL, 399, Optional.empty()).nextCursor()).isPresent();
  }

  @Test
  void every_filter_returns_the_matching_requests() {
    assertThat(pages(filter(Set.of(UsageSource.ROUTER), Set.of(), period(null, null)), 50))
        .isEqualTo(ids(request -> request.line().source() == UsageSource.ROUTER));
    assertThat(pages(filter(Set.of(), Set.of(new ApiKeyId("key-2")), period(null, null)), 50))
        .isEqualTo(ids(request -> request.line().apiKeyId().equals(Optional.of(new ApiKeyId("key-2")))));
    assertThat(pages(filter(Set.of(), Set.of(), period(SECOND_DAY, THIRD_DAY)), 50))
        .isEqualTo(ids(request -> !day(request).isBefore(SECOND_DAY) && !day(request).isAfter(THIRD_DAY)));
    UsageFilter narrow = new UsageFilter(Set.of(Wallets.wallet(8)),
        Set.of(Requests.METERS.getLast().service()), Set.of(new ModelName("flux")), Set.of(),
        Set.of(), period(null, SECOND_DAY));
    List<String> expected = ids(request -> request.meter().equals(Requests.METERS.getLast())
        && request.line().model().value().equals("flux") && !day(request).isAfter(SECOND_DAY));
    assertThat(expected).isNotEmpty();
    assertThat(pages(narrow, 3)).isEqualTo(expected);
  }

  @Test
  void a_line_has_all_reported_values() {
    UsagePage.Line shown = page(ALL, 1, Optional.empty()).usage().getFirst();
    Request reported = requests.newestFirst(request -> true).getFirst();

    assertThat(new UsageLine(shown.request().requestId(), shown.request().model(), shown.request().units(),
        shown.request().fee(), shown.request().when(), shown.request().source(), shown.request().apiKeyId(),
        shown.request().replaces()))
        .isEqualTo(reported.line());
    assertThat(shown.request().provider()).isEqualTo(reported.meter().provider());
    assertThat(shown.request().service()).isEqualTo(reported.meter().service());
  }

  @Test
  void the_sums_are_those_of_the_requests_in_total_per_day_and_per_model() {
    UsageStats stats = fixture.ownerReads().answer(Requests.OWNER, QueryFixture.NOW,
        (at, db) -> new StatsQueries().stats(Requests.OWNER, ALL, at, db));

    assertThat(stats.total().requests()).isEqualTo(400);
    assertThat(stats.total().cost()).isEqualTo(cost(request -> true));
    assertThat(stats.total().inputTokens()).isEqualTo(tokens(request -> true, Units.Tokens::input));
    assertThat(stats.total().outputTokens()).isEqualTo(tokens(request -> true, Units.Tokens::output));
    assertThat(stats.total().totalTokens())
        .isEqualTo(stats.total().inputTokens().add(stats.total().outputTokens()));
    assertThat(stats.days()).extracting(UsageStats.Day::date).containsExactly(LocalDate.parse("2026-01-01"), SECOND_DAY,
        THIRD_DAY, LocalDate.parse("2026-01-04"));
    for (UsageStats.Day day : stats.days()) {
      assertThat(day.sums().cost()).isEqualTo(cost(request -> day(request).equals(day.date())));
      assertThat(day.sums().requests()).isEqualTo(ids(request -> day(request).equals(day.date())).size());
    }
    assertThat(stats.models()).hasSize(6);
    for (UsageStats.Model model : stats.models()) {
      assertThat(model.sums().cost()).isEqualTo(cost(request -> request.line().model().equals(model.model())
          && request.meter().provider().equals(model.provider())));
    }
  }

  @Test
  void the_routers_stats_have_prompt_and_completion_tokens() {
    AccountFilter since = new AccountFilter(Requests.OWNER,
        filter(Set.of(), Set.of(), period(THIRD_DAY, null)));
    AccountUsageStats stats = fixture.ownerReads().answer(Requests.OWNER, QueryFixture.NOW,
        (at, db) -> new StatsQueries().accountStats(since, at, db));

    Predicate<Request> wanted = request -> !day(request).isBefore(THIRD_DAY);
    assertThat(stats.totalRequests()).isEqualTo(ids(wanted).size());
    assertThat(stats.promptTokens()).isEqualTo(tokens(wanted, Units.Tokens::input));
    assertThat(stats.completionTokens()).isEqualTo(tokens(wanted, Units.Tokens::output));
    assertThat(stats.totalCost()).isEqualTo(cost(wanted));
  }

  /** By day and model, over all providers; the rows add up to the sums. */
  @Test
  void the_routers_days_are_those_of_the_requests() {
    AccountFilter since = new AccountFilter(Requests.OWNER, filter(Set.of(), Set.of(), period(SECOND_DAY, THIRD_DAY)));
    AccountDailyStats daily = fixture.ownerReads().answer(Requests.OWNER, QueryFixture.NOW,
        (at, db) -> new StatsQueries().accountDaily(since, at, db));

    assertThat(daily.data()).isNotEmpty().isSortedAccordingTo(Comparator.comparing(AccountDailyStats.Row::date)
        .thenComparing(row -> row.modelId().value()));
    assertThat(daily.data()).extracting(AccountDailyStats.Row::date).containsOnly(SECOND_DAY, THIRD_DAY);
    for (AccountDailyStats.Row row : daily.data()) {
      Predicate<Request> wanted = request -> day(request).equals(row.date())
          && request.line().model().equals(row.modelId());
      assertThat(row.requestCount()).isEqualTo(ids(wanted).size());
      assertThat(row.cost()).isEqualTo(cost(wanted));
      assertThat(row.inputTokens()).isEqualTo(tokens(wanted, Units.Tokens::input));
      assertThat(row.cachedTokens()).isEqualTo(tokens(wanted, Units.Tokens::cachedInput));
      assertThat(row.outputTokens()).isEqualTo(tokens(wanted, Units.Tokens::output));
      assertThat(row.canonicalId()).isEqualTo(row.modelId());
    }
    assertThat(daily.data().stream().mapToLong(AccountDailyStats.Row::requestCount).sum())
        .isEqualTo(ids(request -> !day(request).isBefore(SECOND_DAY) && !day(request).isAfter(THIRD_DAY)).size());
  }

  /** For offsets into any hour. */
  @Test
  void the_routers_history_begins_at_any_offset() {
    List<String> all = ids(request -> true);
    for (int offset = 0; offset <= all.size() + 1; offset += 3) {
      AccountUsageHistory page = history(ALL, 5, offset);
      assertThat(page.total()).isEqualTo(400);
      assertThat(page.items()).extracting(item -> item.requestId().value()).as("offset %d", offset)
          .isEqualTo(all.subList(Math.min(offset, all.size()), Math.min(offset + 5, all.size())));
    }
    UsageFilter some = filter(Set.of(UsageSource.DIRECT), Set.of(new ApiKeyId("key-1")),
        period(SECOND_DAY, null));
    List<String> left = ids(request -> request.line().source() == UsageSource.DIRECT
        && request.line().apiKeyId().equals(Optional.of(new ApiKeyId("key-1")))
        && !day(request).isBefore(SECOND_DAY));
    assertThat(left).hasSizeGreaterThan(20);
    for (int offset = 0; offset < left.size(); offset++) {
      assertThat(history(some, 4, offset).items()).extracting(item -> item.requestId().value())
          .isEqualTo(left.subList(offset, Math.min(offset + 4, left.size())));
    }
  }

  @Test
  void an_unknown_wallet_is_not_found() {
    assertUnknown(fixture, Wallets.wallet(99));
  }

  @Test
  void a_wallet_with_a_settlement_of_a_block_that_was_never_sealed_is_not_found() {
    WalletAddress owner = Wallets.wallet(1);
    SubAccountId id = new SubAccountId(owner, Wallets.wallet(7), Requests.METERS.getLast().service());
    try (QueryFixture other = new QueryFixture(1)) {
      AccountEventScript script = AccountEventScript.started(0, 1).seal().deposit(owner, Neuron.parse("9"))
          .transfer(id, Neuron.parse("9")).settle(id, Neuron.parse("9"));
      other.process(script.records());
      assertUnknown(other, owner);
      other.process(script.retract(2).records());
      assertUnknown(other, owner);
    }
  }

  private static void assertUnknown(QueryFixture asked, WalletAddress owner) {
    assertThatThrownBy(() -> asked.ownerReads().answer(owner, QueryFixture.NOW,
        (at, db) -> new UsageQueries().page(owner, ALL, RequestFilter.ANY, Caller.LOCAL,
            new Page(10, Optional.empty()), at, db)))
        .isInstanceOfSatisfying(Refusal.class,
            refused -> assertThat(refused.code()).isEqualTo(ProblemCode.LEDGER_NOT_FOUND));
  }

  @Test
  void a_cursor_of_another_list_is_refused() {
    for (String cursor : List.of("", "x", "!", Page.cursor("entries1", "a", "b", "c"), Page.cursor("usage1", "a"),
        Page.cursor("usage1", "a", "b", "c"))) {
      assertThatThrownBy(() -> page(ALL, 5, Optional.of(cursor))).isInstanceOfSatisfying(Refusal.class,
          refused -> assertThat(refused.code()).isEqualTo(ProblemCode.BAD_CURSOR));
    }
  }

  private static AccountUsageHistory history(UsageFilter filter, int limit, int offset) {
    return fixture.ownerReads().answer(Requests.OWNER, QueryFixture.NOW, (at, db) ->
        new AccountHistory().page(new AccountFilter(Requests.OWNER, filter), limit, offset, at, db));
  }

  private static List<String> pages(UsageFilter filter, int limit) {
    List<String> ids = new ArrayList<>();
    Optional<String> cursor = Optional.empty();
    do {
      UsagePage page = page(filter, limit, cursor);
      page.usage().forEach(line -> ids.add(line.request().requestId().value()));
      cursor = page.nextCursor();
    } while (cursor.isPresent());
    return ids;
  }

  private static UsagePage page(UsageFilter filter, int limit, Optional<String> cursor) {
    return fixture.ownerReads().answer(Requests.OWNER, QueryFixture.NOW,
        (at, db) -> new UsageQueries().page(Requests.OWNER, filter, RequestFilter.ANY, Caller.LOCAL,
            new Page(limit, cursor), at, db));
  }

  private static UsageFilter filter(Set<UsageSource> source, Set<ApiKeyId> key, Period period) {
    return new UsageFilter(Set.of(), Set.of(), Set.of(), source, key, period);
  }

  private static Period period(@Nullable LocalDate from,
      @Nullable LocalDate to) {
    return new Period(Optional.ofNullable(from), Optional.ofNullable(to));
  }

  private static LocalDate day(Request request) {
    return request.line().when().atZone(ZoneOffset.UTC).toLocalDate();
  }

  private static List<String> ids(Predicate<Request> filter) {
    return requests.newestFirst(filter).stream().map(request -> request.line().requestId().value()).toList();
  }

  private static NeuronSum cost(Predicate<Request> filter) {
    return requests.newestFirst(filter).stream().map(request -> NeuronSum.of(request.line().fee()))
        .reduce(NeuronSum.ZERO, NeuronSum::plus);
  }

  private static BigInteger tokens(Predicate<Request> filter, ToLongFunction<Units.Tokens> count) {
    return BigInteger.valueOf(requests.newestFirst(filter).stream().map(request -> request.line().units())
        .filter(Units.Tokens.class::isInstance).map(Units.Tokens.class::cast).mapToLong(count).sum());
  }
}
