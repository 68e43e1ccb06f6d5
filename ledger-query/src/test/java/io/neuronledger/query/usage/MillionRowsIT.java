package io.neuronledger.query.usage;

import static org.assertj.core.api.Assertions.assertThat;

import io.neuronledger.contracts.usage.ApiKeyId;
import io.neuronledger.contracts.view.usage.AccountUsageHistory;
import io.neuronledger.foundation.access.caller.Caller;
import io.neuronledger.query.fixture.AccountEventScript;
import io.neuronledger.query.fixture.Plans;
import io.neuronledger.query.fixture.QueryFixture;
import io.neuronledger.query.fixture.Wallets;
import io.neuronledger.query.request.Page;
import io.neuronledger.query.request.Period;
import io.neuronledger.query.usage.account.AccountHistory;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * The rows that the database reads for answers about an owner with many requests, counted in its query plans:
 * {@code -Drows=1000000} makes a million. Times are printed for information only.
 */
class MillionRowsIT {
  private static final int REQUESTS = Integer.getInteger("rows", 200_000);
  /** One request every three seconds. */
  private static final int PER_HOUR = 1_200;
  private static final String OWNER = HexFormat.of().formatHex(Requests.OWNER.bytes());

  private static QueryFixture fixture;

  @BeforeAll
  static void seed() {
    fixture = new QueryFixture(1);
    fixture.process(AccountEventScript.started(0, 1).seal().records());
    fixture.db().execute("""
        INSERT INTO usage_request (owner, completed_at, provider, request_id, service, source, model, api_key_id, unit,
          input_tokens, cached_input_tokens, output_tokens, images, seconds, cache_write_tokens, clips, unverified_fee,
          price, cached_input_price, output_price, fee,
          partition, line, seq, recorded_at)
        SELECT decode('%s', 'hex'), timestamptz '2026-01-01 00:00:00Z' + n * interval '3 seconds',
          decode(lpad(to_hex(n %% 3), 40, '0'), 'hex'), 'r-' || n, 'inference-v1.0',
          CASE WHEN n %% 4 = 0 THEN 'router' ELSE 'direct' END, 'model-' || n %% 4,
          CASE WHEN n %% 1000 = 0 THEN 'rare' END, 'tokens', 100, 0, 10, 0, 0, 0, 0, 0, 7, 1, 10, 800, 0, 0, n,
          now()
        FROM generate_series(0, %d) AS n""".formatted(OWNER, REQUESTS - 1));
    fixture.db().execute("""
        INSERT INTO usage_hour SELECT owner, date_trunc('hour', completed_at, 'UTC'), provider, service, model, source,
          coalesce(api_key_id, ''), count(*), sum(input_tokens), 0, 0, sum(output_tokens), 0, 0, 0, sum(fee), 0
        FROM usage_request GROUP BY 1, 2, 3, 4, 5, 6, 7""");
    fixture.owner().execute("VACUUM ANALYZE usage_request");
    fixture.owner().execute("VACUUM ANALYZE usage_hour");
  }

  @AfterAll
  static void close() {
    fixture.close();
  }

  @Test
  void the_deepest_offset_reads_at_most_an_hour_and_the_hourly_sums() {
    assertBounded("the deepest page", UsageFilter.all(), REQUESTS - 20, "r-19");
    assertBounded("a page in the middle", UsageFilter.all(), REQUESTS / 2, "r-" + (REQUESTS / 2 - 1));
  }

  @Test
  void a_filtered_offset_is_bounded_too() {
    UsageFilter rare = new UsageFilter(Set.of(), Set.of(), Set.of(), Set.of(),
        Set.of(new ApiKeyId("rare")),
        new Period(Optional.empty(), Optional.empty()));
    assertBounded("the deepest page of one key", rare, REQUESTS / 1_000 - 1, "r-0");
  }

  private static void assertBounded(String what, UsageFilter filter, long offset, String first) {
    List<String> statements = new ArrayList<>();
    long start = System.nanoTime();
    AccountUsageHistory page = Plans.recording(fixture.db(), statements, db -> fixture.ownerReads().answer(
        Requests.OWNER, QueryFixture.NOW, (at, _) -> new AccountHistory()
            .page(new AccountFilter(Requests.OWNER, filter), 20, offset, at, db)));
    System.out.printf("%s of %,d by offset %,d: %.1f ms%n", what, REQUESTS, offset, (System.nanoTime() - start) / 1e6);
    assertThat(page.items().getFirst().requestId()).hasToString(first);
    assertThat(statements).hasSize(3);
    assertThat(Plans.rowsRead(fixture.db(), statements.getLast())).as(statements.getLast())
        .isLessThan(2L * PER_HOUR + 200);
  }

  @Test
  void a_page_after_a_cursor_reads_only_the_page() {
    List<String> statements = new ArrayList<>();
    String cursor = Page.cursor("usage1", "2026-01-04T00:00:00Z", Wallets.wallet(0).value(), "r-0");
    Plans.recording(fixture.db(), statements, db -> fixture.ownerReads().answer(Requests.OWNER, QueryFixture.NOW,
        (at, _) -> new UsageQueries()
            .page(Requests.OWNER, UsageFilter.all(), RequestFilter.ANY, Caller.LOCAL,
                new Page(50, Optional.of(cursor)), at, db)));
    assertThat(Plans.rowsRead(fixture.db(), statements.getFirst())).as(statements.getFirst()).isLessThan(60);
  }
}
