package io.neuronledger.query.runway;

import static org.assertj.core.api.Assertions.assertThat;

import io.neuronledger.contracts.value.Neuron;
import io.neuronledger.contracts.value.ServiceName;
import io.neuronledger.contracts.value.SubAccountId;
import io.neuronledger.contracts.value.WalletAddress;
import io.neuronledger.contracts.view.runway.AtRiskPage;
import io.neuronledger.query.export.job.ExportedPage;
import io.neuronledger.query.fixture.AccountEventScript;
import io.neuronledger.query.fixture.Plans;
import io.neuronledger.query.fixture.QueryFixture;
import io.neuronledger.query.fixture.Wallets;
import io.neuronledger.query.request.Page;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jooq.DSLContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Many sub-accounts, of which one in twenty is in use: {@code -Drows=1000000} makes a million of them. */
class ManySubAccountsIT {
  private static final int MANY = Integer.getInteger("rows", 20_000);
  private static final int IN_USE = MANY / 20;
  private static final int HOURS = 24;
  private static final long ROWS_OF_ONE_MAX = 100;
  private static final Pattern ARRAY = Pattern.compile("'\\{[^']*\\}'");
  private static final SubAccountId FIRST =
      new SubAccountId(Wallets.wallet(1), Wallets.wallet(7), ServiceName.of("inference-v1.0"));

  private static QueryFixture fixture;

  @BeforeAll
  static void seed() {
    fixture = new QueryFixture(1);
    fixture.process(AccountEventScript.started(0, 1).deposit(FIRST.owner(), Neuron.parse("9"))
        .transfer(FIRST, Neuron.parse("4")).seal(2_000).records());
    String provider = HexFormat.of().formatHex(FIRST.provider().bytes());
    String owner = "decode(lpad(to_hex(n), 40, '0'), 'hex'), decode('" + provider + "', 'hex'), 'inference-v1.0'";
    fixture.db().execute("INSERT INTO sub_account_state SELECT " + owner
        + ", 1, 1, 0, TRUE, n, 0, FALSE, '[]'::jsonb FROM generate_series(2, " + MANY + ") AS n");
    fixture.db().execute("INSERT INTO usage_meter SELECT " + owner
        + ", 0, 1, 1, 0, 0, 0, 0, 0, 0 FROM generate_series(2, " + MANY + ") AS n");
    fixture.db().execute("INSERT INTO usage_hour SELECT decode(lpad(to_hex(n), 40, '0'), 'hex'),"
        + " timestamptz '2026-01-13T00:00:00Z' + hour * interval '1 hour', decode('" + provider
        + "', 'hex'), 'inference-v1.0', 'model-a', 'direct', '', 1, 0, 0, 0, 0, 1, 0, 0, 1, 0"
        + " FROM generate_series(2, " + IN_USE + ") AS n, generate_series(0, " + (HOURS - 1) + ") AS hour");
    for (String table : List.of("sub_account_state", "usage_meter", "usage_hour")) {
      fixture.owner().execute("VACUUM ANALYZE " + table);
    }
  }

  @AfterAll
  static void close() {
    fixture.close();
  }

  /** Of each sub-account at most the entry of an index, and of one in use its hours besides. */
  @Test
  void what_is_not_in_use_costs_a_lookup() {
    List<String> statements = new ArrayList<>();
    AtRiskPage page = Plans.recording(fixture.db(), statements, db -> fixture.globalReads().answer(QueryFixture.NOW,
        (asOf, _) -> new AtRiskQueries(Neuron.parse("1000000000")).page(new AtRiskFilter(Duration.ofDays(3)),
            new Page(50, Optional.empty()), asOf, db)));
    assertThat(page.subAccounts()).hasSize(50);
    assertThat(Plans.rowsRead(fixture.db(), statements.getLast())).as(statements.getLast())
        .isLessThan(MANY * 2L + IN_USE * (HOURS + 10L));
  }

  @Test
  void an_export_reads_them_once() {
    List<String> statements = new ArrayList<>();
    ExportedPage<AtRiskPage.Line> page = Plans.recording(fixture.db(), statements, db -> fixture.globalReads()
        .answer(QueryFixture.NOW, (asOf, _) -> new AtRiskQueries(Neuron.parse("1000000000"))
            .exported(new AtRiskFilter(Duration.ofDays(3)), asOf, db)));
    assertThat(page.rows()).hasSize(IN_USE - 1).isSortedAccordingTo(Comparator.comparing(AtRiskPage.Line::owner));
    assertThat(page.next()).isEmpty();
    assertThat(statements).hasSize(1);
  }

  /** Also by the plan that the database makes once for whatever owners. */
  @Test
  void one_owners_are_found_without_reading_the_others() {
    Set<WalletAddress> owners = Set.of(new WalletAddress("0x" + "0".repeat(39) + "2"));
    List<String> statements = new ArrayList<>();
    List<AtRiskPage.Line> lines = Plans.recording(fixture.db(), statements, db -> fixture.globalReads()
        .answer(QueryFixture.NOW, (asOf, _) -> new AtRiskQueries(Neuron.parse("1000000000"))
            .of(owners, Duration.ofDays(3), asOf, db)));
    assertThat(lines).hasSize(1);
    Matcher literal = ARRAY.matcher(statements.getLast());
    assertThat(literal.find()).as(statements.getLast()).isTrue();
    String given = literal.group();
    long rows = fixture.db().transactionResult(transaction -> {
      DSLContext db = transaction.dsl();
      db.execute("SET LOCAL plan_cache_mode = force_generic_plan");
      db.execute("PREPARE of_owners (bytea[]) AS " + statements.getLast().replace(given, "$1"));
      return Plans.rowsRead(db, "EXECUTE of_owners (" + given + ")");
    });
    assertThat(rows).isLessThan(ROWS_OF_ONE_MAX);
  }
}
