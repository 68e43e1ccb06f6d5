package io.neuronledger.query.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.neuronledger.contracts.usage.Units;
import io.neuronledger.contracts.usage.UsageSource;
import io.neuronledger.contracts.value.Hash;
import io.neuronledger.contracts.value.Neuron;
import io.neuronledger.contracts.value.ServiceName;
import io.neuronledger.contracts.value.SubAccountId;
import io.neuronledger.contracts.value.WalletAddress;
import io.neuronledger.contracts.view.entry.EntriesPage;
import io.neuronledger.contracts.view.entry.EntryAnswer;
import io.neuronledger.contracts.view.entry.EntryId;
import io.neuronledger.contracts.view.entry.EntryView;
import io.neuronledger.contracts.view.entry.OwnedEntriesPage;
import io.neuronledger.query.audit.journal.EntryFilter;
import io.neuronledger.query.audit.journal.EvidenceKind;
import io.neuronledger.query.fixture.AccountEventScript;
import io.neuronledger.query.fixture.Chain;
import io.neuronledger.query.fixture.Meters;
import io.neuronledger.query.fixture.QueryFixture;
import io.neuronledger.query.fixture.Wallets;
import io.neuronledger.query.request.Page;
import io.neuronledger.query.request.Period;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jooq.DSLContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * A long journal, as many usage reports as entries, and some reversals and resolutions, among those of other owners:
 * each page has the lines that match, and the rows that the database reads for it, as it counts them itself, are
 * bounded whatever the filter, its matches and the place of the page. The bounds are the same for every length, and far
 * below the shortest: {@code -Drows=1000000} makes a million entries, a multiple of 100,000 in any case, and prints
 * what a page takes, for information only.
 */
class MillionEntriesIT {
  private static final int ENTRIES = Integer.getInteger("rows", 200_000);
  private static final boolean IS_TIMED = Integer.getInteger("rows") != null;
  /** All lengths cover the same days. */
  private static final int SECONDS_PER_ENTRY = Math.max(1, 1_000_000 / ENTRIES);
  private static final int FIRST_SEQ = 1_000;
  /** Every so many entries there are one deposit, one reversal and two resolutions. */
  private static final int SELDOM_EVERY = ENTRIES / 50;
  /** Those of a provider, of a service and with evidence that are rare. */
  private static final int RARE_PROVIDER_EVERY = ENTRIES / 10;
  private static final int RARE_SERVICE_EVERY = ENTRIES / 20;
  private static final int RARE_EVIDENCE_EVERY = 7 * ENTRIES / 100;
  /** The reports of one event. */
  private static final int REPORTS = 4;
  private static final int LIMIT = 50;
  /** Those of other owners: without them a table is so small that it is read as a whole. */
  private static final int OTHER_RESOLUTIONS = 5_000;
  /** A page of each of the five sources, what decides where it ends, and some lookups. */
  private static final long PAGE_MAX = 6L * LIMIT + 20;
  /** What a page looks at among the entries and among the reports, and a page of each of the other sources. */
  private static final long ROWS_MAX = 2 * 5_000 + PAGE_MAX;
  /** The rows of one range of an index by block, which has 32 pages. */
  private static final long BLOCK_RANGE_MAX = 1_000;
  private static final ServiceName OFTEN = ServiceName.of("inference-v1.0");
  private static final ServiceName SELDOM = ServiceName.of("fine-tuning-v1.0");
  private static final SubAccountId BUSY = new SubAccountId(Wallets.wallet(1), Wallets.wallet(7), OFTEN);
  private static final WalletAddress RARE_PROVIDER = Wallets.wallet(8);
  private static final WalletAddress NO_PROVIDER = Wallets.wallet(9);

  private static final int NTH_TRANSACTION = ENTRIES / 10;
  private static final Hash TRANSACTION = new Hash("0x%064x".formatted(NTH_TRANSACTION));
  private static final EntryFilter ALL = EntryFilter.all();
  private static final Set<String> OFF_CHAIN =
      Set.of("usage-recorded.v1", "usage-reversed.v1", "discrepancy-resolved.v1", "difference-resolved.v1");

  private static QueryFixture fixture;
  /** By the rule that the statements of {@link #seed} follow, in the order of the journal. */
  private static final List<Line> LINES = lines();

  /**
   * A line as it was made.
   *
   * @param nth of the entry or report that it belongs to: its amount, and its time
   */
  private record Line(EntryId id, String type, int nth) {
    boolean isOfChain() {
      return !OFF_CHAIN.contains(type);
    }

    boolean hasSubAccount() {
      return !type.equals("funds-deposited.v1");
    }

    WalletAddress provider() {
      return nth % RARE_PROVIDER_EVERY == 7 && !type.endsWith("resolved.v1") ? RARE_PROVIDER : BUSY.provider();
    }

    ServiceName service() {
      return nth % RARE_SERVICE_EVERY == 11 && !type.endsWith("resolved.v1") ? SELDOM : OFTEN;
    }

    boolean hasRareEvidence() {
      return nth % RARE_EVIDENCE_EVERY == 13;
    }

    boolean hasAmount() {
      return !type.equals("discrepancy-resolved.v1");
    }
  }

  private static List<Line> lines() {
    List<Line> lines = new ArrayList<>();
    for (int n = 0; n <= ENTRIES; n++) {
      lines.add(new Line(new EntryId(0, FIRST_SEQ + 2L * n),
          n % SELDOM_EVERY == 1 ? "funds-deposited.v1" : "fees-settled.v1", n));
      for (int report = 0; report < REPORTS && n % REPORTS == 0 && n + report <= ENTRIES; report++) {
        lines.add(new Line(new EntryId(0, FIRST_SEQ + 2L * n + 1, OptionalInt.of(report)), "usage-recorded.v1",
            n + report));
      }
      switch (n % SELDOM_EVERY) {
        case 1 -> lines.add(new Line(new EntryId(0, FIRST_SEQ + 2L * n + 1), "discrepancy-resolved.v1", n));
        case 2 -> lines.add(new Line(new EntryId(0, FIRST_SEQ + 2L * n + 1), "difference-resolved.v1", n));
        case 3 -> lines.add(new Line(new EntryId(0, FIRST_SEQ + 2L * n + 1), "usage-reversed.v1", n));
        default -> { }
      }
    }
    return lines;
  }

  @BeforeAll
  static void seed() {
    fixture = new QueryFixture(1);
    Units images = new Units.Images(1, Neuron.parse("1"));
    fixture.process(AccountEventScript.started(0, 1).deposit(BUSY.owner(), Neuron.parse("9"))
        .transfer(BUSY, Neuron.parse("4")).settle(BUSY, Neuron.parse("1"))
        .add(new Meters().recorded(BUSY, List.of(Meters.line("sample", Chain.blockTime(1), "m", images,
            UsageSource.DIRECT, Optional.empty())))).seal().records());
    String rare = HexFormat.of().formatHex(RARE_PROVIDER.bytes());
    // In the order of the blocks, whatever the plan of the join: a range with rows of all blocks is read for each.
    fixture.db().execute("""
        INSERT INTO entry SELECT CASE WHEN n > %2$d
              THEN decode(lpad(to_hex(n / 100), 40, '0'), 'hex') ELSE sample.owner END,
          %1$d + 2 * n, 0, sample.type,
          CASE WHEN sample.provider IS NULL THEN NULL WHEN n %% %6$d = 7 THEN decode('%3$s', 'hex')
            ELSE sample.provider::bytea END,
          CASE WHEN sample.service IS NOT NULL AND n %% %7$d = 11 THEN 'fine-tuning-v1.0' ELSE sample.service END,
          n, 1 + n / 4, timestamptz '2026-01-01 00:00:00Z' + n * interval '%9$d seconds',
          decode(lpad(to_hex(n / 2), 64, '0'), 'hex'), CASE WHEN n %% %8$d = 13 THEN 'unexplained' ELSE 'log' END,
          FALSE, sample.payload
        FROM generate_series(0, %4$d) AS n JOIN entry AS sample ON sample.type =
          CASE WHEN n %% %5$d = 1 THEN 'funds-deposited.v1' ELSE 'fees-settled.v1' END AND sample.seq < %1$d
        ORDER BY n"""
        .formatted(FIRST_SEQ, ENTRIES, rare, ENTRIES + ENTRIES / 5, SELDOM_EVERY, RARE_PROVIDER_EVERY,
            RARE_SERVICE_EVERY, RARE_EVIDENCE_EVERY, SECONDS_PER_ENTRY));
    // By no index: a scan of the one by id stays open meanwhile, and keeps that index from splitting its buckets.
    fixture.db().execute("""
        WITH sample AS MATERIALIZED (SELECT * FROM usage_request)
        INSERT INTO usage_request (owner, completed_at, provider, request_id, service, source, model, unit,
          input_tokens, cached_input_tokens, output_tokens, images, seconds, cache_write_tokens, clips, unverified_fee,
          price, fee, partition, line, seq, recorded_at, reversed_seq, reversed_at, reversed_by, reversal_reason)
        SELECT CASE WHEN n > %2$d THEN decode(lpad(to_hex(n / 100), 40, '0'), 'hex') ELSE owner END,
          timestamptz '2026-01-01 00:00:00Z' + n * interval '%9$d seconds',
          CASE WHEN n %% %6$d = 7 THEN decode('%3$s', 'hex') ELSE provider::bytea END, 'r-' || n,
          CASE WHEN n %% %7$d = 11 THEN 'fine-tuning-v1.0' ELSE service END, source, model, unit, 0, 0, 0, 1, 0, 0,
          0, 0, n, n,
          0, n %% 4, %1$d + 2 * (n - n %% 4) + 1, timestamptz '2026-02-01 00:00:00Z',
          CASE WHEN n %% %5$d = 3 THEN %1$d + 2 * n + 1 END,
          CASE WHEN n %% %5$d = 3 THEN timestamptz '2026-01-01 00:00:00Z' + n * interval '%9$d seconds' END,
          CASE WHEN n %% %5$d = 3 THEN 'ann' END, CASE WHEN n %% %5$d = 3 THEN 'wrong' END
        FROM generate_series(0, %4$d) AS n CROSS JOIN sample"""
        .formatted(FIRST_SEQ, ENTRIES, rare, ENTRIES + ENTRIES / 5, SELDOM_EVERY, RARE_PROVIDER_EVERY,
            RARE_SERVICE_EVERY, RARE_EVIDENCE_EVERY, SECONDS_PER_ENTRY));
    String owner = HexFormat.of().formatHex(BUSY.owner().bytes());
    fixture.db().execute("""
        INSERT INTO discrepancy_resolution SELECT CASE WHEN n > %2$d THEN decode(lpad(to_hex(n), 40, '0'), 'hex')
            ELSE decode('%3$s', 'hex') END,
          %1$d + 2 * n + 1, 0, 'a-rule:1-2-3-0:%4$s', 'resolved', 'known', 'ann',
          timestamptz '2026-01-01 00:00:00Z' + n * interval '%7$d seconds'
        FROM (SELECT generate_series(1, %2$d, %6$d)
          UNION ALL SELECT generate_series(%2$d + 1, %2$d + %5$d)) AS made (n)"""
        .formatted(FIRST_SEQ, ENTRIES, owner, BUSY, OTHER_RESOLUTIONS, SELDOM_EVERY, SECONDS_PER_ENTRY));
    fixture.db().execute("""
        INSERT INTO difference_resolution SELECT CASE WHEN n > %2$d THEN decode(lpad(to_hex(n), 40, '0'), 'hex')
            ELSE decode('%3$s', 'hex') END,
          %1$d + 2 * n + 1, 0, decode('%4$s', 'hex'), 'inference-v1.0', 'usage-overdue', '', 'resolved', n, 'known',
          'ann', timestamptz '2026-01-01 00:00:00Z' + n * interval '%7$d seconds'
        FROM (SELECT generate_series(2, %2$d, %6$d)
          UNION ALL SELECT generate_series(%2$d + 1, %2$d + %5$d)) AS made (n)"""
        .formatted(FIRST_SEQ, ENTRIES, owner, HexFormat.of().formatHex(BUSY.provider().bytes()), OTHER_RESOLUTIONS,
            SELDOM_EVERY, SECONDS_PER_ENTRY));
    fixture.owner().execute("DELETE FROM entry WHERE seq < " + FIRST_SEQ);
    fixture.owner().execute("DELETE FROM usage_request WHERE seq < " + FIRST_SEQ);
    fixture.db().execute("""
        INSERT INTO block SELECT n, decode(lpad(to_hex(n), 64, '0'), 'hex'),
          timestamptz '2026-01-01 00:00:00Z' + n * interval '%d seconds' FROM generate_series(2, %d) AS n"""
        .formatted(4 * SECONDS_PER_ENTRY, ENTRIES));
    fixture.db().execute("UPDATE blocks_position SET newest_block = " + ENTRIES);
    fixture.db().execute("UPDATE partition SET sealed_block = " + ENTRIES + ", sealed_seq = " + 3 * ENTRIES
        + ", next_seq = " + (3 * ENTRIES + 1));
    for (String table : List.of("entry", "usage_request", "block", "discrepancy_resolution", "difference_resolution")) {
      fixture.owner().execute("VACUUM ANALYZE " + table);
    }
  }

  @AfterAll
  static void close() {
    fixture.close();
  }

  private static EntryFilter of(Set<String> types, Optional<WalletAddress> provider, Optional<ServiceName> service,
      Set<EvidenceKind> evidence) {
    return new EntryFilter(types, provider, service, Optional.empty(), Optional.empty(), Optional.empty(), evidence,
        ALL.period());
  }

  private static EntryFilter ofTypes(String... types) {
    return of(Set.of(types), Optional.empty(), Optional.empty(), Set.of());
  }

  private static EntryFilter of(WalletAddress provider) {
    return of(Set.of(), Optional.of(provider), Optional.empty(), Set.of());
  }

  private static EntryFilter of(ServiceName service) {
    return of(Set.of(), Optional.empty(), Optional.of(service), Set.of());
  }

  private static EntryFilter of(EvidenceKind evidence) {
    return of(Set.of(), Optional.empty(), Optional.empty(), Set.of(evidence));
  }

  private static EntryFilter between(Optional<Neuron> min, Optional<Neuron> max) {
    return new EntryFilter(Set.of(), Optional.empty(), Optional.empty(), min, max, Optional.empty(), Set.of(),
        ALL.period());
  }

  private static EntryFilter in(String start, String end, String... types) {
    return new EntryFilter(Set.of(types), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(),
        Optional.empty(), Set.of(), new Period(Optional.of(LocalDate.parse(start)), Optional.of(LocalDate.parse(end))));
  }

  @Test
  void a_page_without_a_filter_reads_itself() {
    assertFlat("all", ALL, _ -> true, PAGE_MAX, true);
  }

  @Test
  void a_rare_value_is_found_at_once_and_one_that_is_not_there_too() {
    for (String type : List.of("funds-deposited.v1", "ledger-closed.v1", "usage-reversed.v1", "discrepancy-resolved.v1",
        "difference-resolved.v1")) {
      assertFlat(type, ofTypes(type), line -> line.type().equals(type), PAGE_MAX, true);
    }
    Set<String> rare = Set.of("funds-deposited.v1", "ledger-rewound.v1", "usage-reversed.v1", "difference-resolved.v1");
    assertFlat("four types", of(rare, Optional.empty(), Optional.empty(), Set.of()),
        line -> rare.contains(line.type()), PAGE_MAX, true);
    assertFlat("rare evidence", of(EvidenceKind.UNEXPLAINED), line -> line.isOfChain() && line.hasRareEvidence(),
        PAGE_MAX, true);
    assertFlat("no evidence", of(EvidenceKind.SNAPSHOT), _ -> false, PAGE_MAX, true);
    assertFlat("a transaction", new EntryFilter(Set.of(), Optional.empty(), Optional.empty(), Optional.empty(),
        Optional.empty(), Optional.of(TRANSACTION), Set.of(), ALL.period()),
        line -> line.isOfChain() && line.nth() / 2 == NTH_TRANSACTION, PAGE_MAX, true);
  }

  @Test
  void a_frequent_value_is_read_like_the_whole() {
    assertFlat("settlements", ofTypes("fees-settled.v1"), line -> line.type().equals("fees-settled.v1"), PAGE_MAX,
        true);
    assertFlat("reports", ofTypes("usage-recorded.v1"), line -> line.type().equals("usage-recorded.v1"), PAGE_MAX,
        true);
    assertFlat("provider", of(BUSY.provider()), line -> line.hasSubAccount() && line.provider().equals(BUSY.provider()),
        PAGE_MAX + LIMIT, true);
    assertFlat("service", of(OFTEN), line -> line.hasSubAccount() && line.service().equals(OFTEN), PAGE_MAX + LIMIT,
        true);
    assertFlat("log", of(EvidenceKind.LOG), line -> line.isOfChain() && !line.hasRareEvidence(), PAGE_MAX, true);
    assertFlat("large amounts", between(Optional.of(Neuron.parse("10")), Optional.empty()),
        line -> line.hasAmount() && line.nth() >= 10, PAGE_MAX + LIMIT, true);
  }

  @Test
  void a_period_of_entries_is_found_by_halving() {
    String type = "fees-settled.v1";
    assertFlat("days", in("2026-01-03", "2026-01-09", type), line -> line.type().equals(type) && isOf(line, 2, 8), 800,
        true);
    assertFlat("before the first", in("2025-01-01", "2025-12-31", type), _ -> false, 400, true);
    assertFlat("after the last", in("2027-01-01", "2027-12-31", type), _ -> false, 400, true);
  }

  /** The days of the first and the last, from 0. */
  private static boolean isOf(Line line, int first, int last) {
    return line.nth() * SECONDS_PER_ENTRY >= 86_400 * first && line.nth() * SECONDS_PER_ENTRY < 86_400 * (last + 1);
  }

  /** No index is by provider, service or amount: a page looks at so many lines, and says where to go on. */
  @Test
  void a_search_without_an_index_ends_each_page_after_so_many_lines() {
    assertFlat("rare provider", of(RARE_PROVIDER),
        line -> line.hasSubAccount() && line.provider().equals(RARE_PROVIDER), ROWS_MAX, false);
    assertFlat("no provider", of(NO_PROVIDER), _ -> false, ROWS_MAX, false);
    assertFlat("rare service", of(SELDOM), line -> line.hasSubAccount() && line.service().equals(SELDOM), ROWS_MAX,
        false);
    assertFlat("no service", of(ServiceName.of("x")), _ -> false, ROWS_MAX, false);
    assertFlat("small amounts", between(Optional.empty(), Optional.of(Neuron.parse("10"))),
        line -> line.hasAmount() && line.nth() <= 10, ROWS_MAX, false);
    assertFlat("no amount", between(Optional.of(Neuron.MAX), Optional.empty()), _ -> false, ROWS_MAX, false);
    assertFlat("no trace", of(EvidenceKind.TRACE), _ -> false, ROWS_MAX, false);
    assertFlat("days of all", in("2026-01-03", "2026-01-09"), line -> isOf(line, 2, 8), ROWS_MAX + 400, false);
  }

  /** The first page, one in the middle and the last one, in both directions. */
  private static void assertFlat(String what, EntryFilter filter, Predicate<Line> matches, long rowsMax,
      boolean isWhole) {
    for (EntryOrder order : List.of(EntryOrder.NEWEST_FIRST, JournalPages.OLDEST_FIRST)) {
      List<OptionalLong> places = new ArrayList<>(List.of(OptionalLong.empty()));
      for (long nth : List.of(ENTRIES / 2L, ENTRIES - 252L, 248L)) {
        places.add(OptionalLong.of(FIRST_SEQ + 2 * nth + 1));
      }
      for (OptionalLong place : places) {
        Optional<String> cursor = place.stream().mapToObj(seq -> Page.cursor("entries3", BUSY.owner().value(),
            order.word(), String.valueOf(seq), "2")).findFirst();
        AtomicLong rows = new AtomicLong();
        EntriesPage page = fixture.ownerReads().answer(BUSY.owner(), QueryFixture.NOW, (at, db) -> counting(rows, db,
            () -> new EntryQueries(QueryFixture.JSON)
                .page(BUSY.owner(), filter, order, new Page(LIMIT, cursor), at, db)));
        String where = what + " " + order + " " + place;
        assertThat(rows).as(where).hasValueLessThanOrEqualTo(rowsMax);
        List<EntryId> expected = expected(matches, order, place);
        assertThat(page.entries()).as(where).extracting(EntryView::id).isEqualTo(
            isWhole ? expected : expected.subList(0, Math.min(page.entries().size(), expected.size())));
        assertThat(page.hasMore() || page.entries().size() == expected.size()).as(where).isTrue();
        if (IS_TIMED) {
          System.out.printf("%s, %s: %d entries, %,d rows read, %.1f ms%n", what, order.word(), page.entries().size(),
              rows.get(), millis(() -> JournalPages.asked(fixture, BUSY.owner(), filter, order, LIMIT, cursor)));
        }
      }
    }
  }

  /** The first matching lines after the third report of an event, or from the beginning. */
  private static List<EntryId> expected(Predicate<Line> matches, EntryOrder order, OptionalLong place) {
    EntryId after = new EntryId(0, place.orElse(0), OptionalInt.of(2));
    Stream<Line> lines = (order.ascending() ? LINES : LINES.reversed()).stream();
    return lines.filter(line -> place.isEmpty() || (order.ascending() == (line.id().compareTo(after) > 0)
            && line.id().compareTo(after) != 0))
        .filter(matches).limit(LIMIT).map(Line::id).toList();
  }

  /** Counts what the database read in this transaction, by the plans that it chose. */
  private static <T> T counting(AtomicLong rows, DSLContext db, Supplier<T> question) {
    long before = rowsRead(db);
    T answer = question.get();
    rows.set(rowsRead(db) - before);
    return answer;
  }

  private static long rowsRead(DSLContext db) {
    return db.fetchSingle("""
        SELECT sum(coalesce(idx_tup_fetch, 0) + coalesce(seq_tup_read, 0))::bigint AS rows
        FROM pg_stat_xact_user_tables
        WHERE relid IN ('entry'::regclass, 'usage_request'::regclass, 'discrepancy_resolution'::regclass,
          'difference_resolution'::regclass)""").get("rows", Long.class);
  }

  private static double millis(Runnable asked) {
    double best = Double.MAX_VALUE;
    for (int i = 0; i < 3; i++) {
      long start = System.nanoTime();
      asked.run();
      best = Math.min(best, (System.nanoTime() - start) / 1e6);
    }
    return best;
  }

  @Test
  void the_entries_of_a_transaction_and_of_a_block_are_read_alone() {
    for (Page page : List.of(new Page(2, Optional.empty()), new Page(500, Optional.empty()))) {
      AtomicLong rows = new AtomicLong();
      OwnedEntriesPage ofBlock = fixture.globalReads().answer(QueryFixture.NOW, (asOf, db) -> counting(rows, db,
          () -> new OwnedEntries(QueryFixture.JSON).ofBlock(ENTRIES / 8, page, asOf, db)));
      assertThat(ofBlock.entries()).hasSize(Math.min(4, page.limit()));
      assertThat(rows).hasValueLessThan(10 + BLOCK_RANGE_MAX);
      OwnedEntriesPage ofTransaction = fixture.globalReads().answer(QueryFixture.NOW, (asOf, db) -> counting(rows, db,
          () -> new OwnedEntries(QueryFixture.JSON).ofTransaction(TRANSACTION, page, asOf, db)));
      assertThat(ofTransaction.entries()).hasSize(2);
      assertThat(rows).hasValueLessThan(10);
    }
  }

  @Test
  void one_entry_and_its_causes_are_looked_up() {
    AtomicLong rows = new AtomicLong();
    for (EntryId id : List.of(new EntryId(0, FIRST_SEQ), new EntryId(0, FIRST_SEQ + ENTRIES),
        new EntryId(0, FIRST_SEQ + 2 * ENTRIES), new EntryId(0, FIRST_SEQ + 1, OptionalInt.of(3)),
        new EntryId(0, FIRST_SEQ + ENTRIES + 1, OptionalInt.of(0)),
        new EntryId(0, FIRST_SEQ + 2 * (SELDOM_EVERY + 3) + 1), new EntryId(0, FIRST_SEQ + 2 * (SELDOM_EVERY + 1) + 1),
        new EntryId(0, FIRST_SEQ + 2 * (SELDOM_EVERY + 2) + 1))) {
      EntryCauses causes = new EntryCauses(QueryFixture.JSON);
      EntryAnswer answer = fixture.ownerReads().answer(BUSY.owner(), QueryFixture.NOW, (at, db) -> counting(rows, db,
          () -> causes.one(BUSY.owner(), id, new Page(LIMIT, Optional.empty()), at, db).orElseThrow()));
      assertThat(answer.entry().id()).isEqualTo(id);
      assertThat(rows).as("%s", id).hasValueLessThan(15);
      Optional<WalletAddress> owner = fixture.ownerReads().answer(BUSY.owner(), QueryFixture.NOW,
          (_, db) -> counting(rows, db, () -> causes.ownerOf(id, db)));
      assertThat(owner).hasValue(BUSY.owner());
      assertThat(rows).as("the owner of %s", id).hasValueLessThan(15);
    }
  }
}
