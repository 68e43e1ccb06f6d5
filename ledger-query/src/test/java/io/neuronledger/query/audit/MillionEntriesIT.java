package io.neuronledger.query.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.neuronledger.contracts.value.Hash;
import io.neuronledger.contracts.value.Neuron;
import io.neuronledger.contracts.value.ServiceName;
import io.neuronledger.contracts.value.SubAccountId;
import io.neuronledger.contracts.value.WalletAddress;
import io.neuronledger.contracts.view.entry.EntriesPage;
import io.neuronledger.contracts.view.entry.EntryAnswer;
import io.neuronledger.contracts.view.entry.EntryId;
import io.neuronledger.contracts.view.entry.OwnedEntriesPage;
import io.neuronledger.query.fixture.AccountEventScript;
import io.neuronledger.query.fixture.QueryFixture;
import io.neuronledger.query.fixture.Wallets;
import io.neuronledger.query.request.Page;
import io.neuronledger.query.request.Period;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.jooq.DSLContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * A journal of a million entries among those of other owners: the rows that the database reads for a page, as it
 * counts them itself, are bounded whatever the filter, its matches and the place of the page. Times are printed for
 * information only.
 */
class MillionEntriesIT {
  private static final int ENTRIES = 1_000_000;
  private static final int FIRST_SEQ = 1_000;
  private static final int LIMIT = 50;
  /** Twice what a page looks at, once for its entries and once for its end, and some lookups. */
  private static final long ROWS_MAX = 2 * 5_000 + 20 * LIMIT;
  /** The entries of one range of the index of blocks, which has 32 pages. */
  private static final long BLOCK_RANGE_MAX = 1_000;
  private static final ServiceName OFTEN = ServiceName.of("inference-v1.0");
  private static final ServiceName SELDOM = ServiceName.of("fine-tuning-v1.0");
  private static final SubAccountId BUSY = new SubAccountId(Wallets.wallet(1), Wallets.wallet(7), OFTEN);
  private static final WalletAddress RARE_PROVIDER = Wallets.wallet(8);
  private static final WalletAddress NO_PROVIDER = Wallets.wallet(9);

  private static final Hash TRANSACTION = new Hash("0x" + "0".repeat(59) + "186a0");
  private static final EntryFilter ALL = EntryFilter.all();

  private static QueryFixture fixture;

  @BeforeAll
  static void seed() {
    fixture = new QueryFixture(1);
    fixture.process(AccountEventScript.started(0, 1).deposit(BUSY.owner(), Neuron.parse("9"))
        .transfer(BUSY, Neuron.parse("4")).settle(BUSY, Neuron.parse("1")).seal().records());
    fixture.db().execute("""
        INSERT INTO entry SELECT CASE WHEN n > %2$d
              THEN decode(lpad(to_hex(n / 100), 40, '0'), 'hex') ELSE sample.owner END,
          %1$d + n, 0, sample.type,
          CASE WHEN sample.provider IS NULL THEN NULL WHEN n %% 100000 = 7 THEN decode('%3$s', 'hex')
            ELSE sample.provider::bytea END,
          CASE WHEN sample.service IS NOT NULL AND n %% 50000 = 11 THEN 'fine-tuning-v1.0' ELSE sample.service END,
          n, 1 + n / 4, timestamptz '2026-01-01 00:00:00Z' + n * interval '1 second',
          decode(lpad(to_hex(n / 2), 64, '0'), 'hex'), CASE WHEN n %% 70000 = 13 THEN 'unexplained' ELSE 'log' END,
          FALSE, sample.payload
        FROM generate_series(0, %4$d) AS n JOIN entry AS sample ON sample.type =
          CASE WHEN n %% 20000 = 1 THEN 'funds-deposited.v1' ELSE 'fees-settled.v1' END AND sample.seq < %1$d"""
        .formatted(FIRST_SEQ, ENTRIES, HexFormat.of().formatHex(RARE_PROVIDER.bytes()), ENTRIES + ENTRIES / 5));
    fixture.db().execute("""
        INSERT INTO block SELECT n, decode(lpad(to_hex(n), 64, '0'), 'hex'),
          timestamptz '2026-01-01 00:00:00Z' + n * interval '4 seconds' FROM generate_series(2, %d) AS n"""
        .formatted(ENTRIES));
    fixture.db().execute("UPDATE blocks_position SET newest_block = " + ENTRIES);
    fixture.db().execute("UPDATE partition SET sealed_block = " + ENTRIES + ", sealed_seq = " + 3 * ENTRIES
        + ", next_seq = " + (3 * ENTRIES + 1));
    fixture.owner().execute("VACUUM ANALYZE entry");
    fixture.owner().execute("VACUUM ANALYZE block");
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

  private static EntryFilter between(Optional<Neuron> min, Optional<Neuron> max) {
    return new EntryFilter(Set.of(), Optional.empty(), Optional.empty(), min, max, Optional.empty(), Set.of(),
        ALL.period());
  }

  private static EntryFilter in(LocalDate start, LocalDate end) {
    return new EntryFilter(Set.of(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(),
        Optional.empty(), Set.of(), new Period(Optional.of(start), Optional.of(end)));
  }

  @Test
  void a_page_without_a_filter_reads_itself() {
    assertFlat("all", ALL, 2L * LIMIT + 10, true);
  }

  @Test
  void a_rare_value_is_found_at_once_and_one_that_is_not_there_too() {
    assertFlat("deposits", of(Set.of("funds-deposited.v1"), Optional.empty(), Optional.empty(), Set.of()), 400, true);
    assertFlat("two types", of(Set.of("funds-deposited.v1", "ledger-rewound.v1"), Optional.empty(), Optional.empty(),
        Set.of()), 400, true);
    assertFlat("no type", of(Set.of("ledger-closed.v1"), Optional.empty(), Optional.empty(), Set.of()), 400, true);
    assertFlat("rare evidence", of(Set.of(), Optional.empty(), Optional.empty(), Set.of(EvidenceKind.UNEXPLAINED)), 400,
        true);
    assertFlat("no evidence", of(Set.of(), Optional.empty(), Optional.empty(), Set.of(EvidenceKind.SNAPSHOT)), 400,
        true);
    assertFlat("a transaction", new EntryFilter(Set.of(), Optional.empty(), Optional.empty(), Optional.empty(),
        Optional.empty(), Optional.of(TRANSACTION), Set.of(), ALL.period()), 400, true);
  }

  @Test
  void a_frequent_value_is_read_like_the_whole() {
    assertFlat("settlements", of(Set.of("fees-settled.v1"), Optional.empty(), Optional.empty(), Set.of()), 400, true);
    assertFlat("provider", of(Set.of(), Optional.of(BUSY.provider()), Optional.empty(), Set.of()), 400, true);
    assertFlat("service", of(Set.of(), Optional.empty(), Optional.of(OFTEN), Set.of()), 400, true);
    assertFlat("log", of(Set.of(), Optional.empty(), Optional.empty(), Set.of(EvidenceKind.LOG)), 400, true);
    assertFlat("large amounts", between(Optional.of(Neuron.parse("10")), Optional.empty()), 400, true);
  }

  @Test
  void a_period_is_found_by_halving() {
    assertFlat("days", in(LocalDate.parse("2026-01-03"), LocalDate.parse("2026-01-09")), 800, true);
    assertFlat("before the first", in(LocalDate.parse("2025-01-01"), LocalDate.parse("2025-12-31")), 400, true);
    assertFlat("after the last", in(LocalDate.parse("2027-01-01"), LocalDate.parse("2027-12-31")), 400, true);
  }

  /** No index is by provider, service or amount: a page looks at so many entries, and says where to go on. */
  @Test
  void a_search_without_an_index_ends_each_page_after_so_many_entries() {
    assertFlat("rare provider", of(Set.of(), Optional.of(RARE_PROVIDER), Optional.empty(), Set.of()), ROWS_MAX, false);
    assertFlat("no provider", of(Set.of(), Optional.of(NO_PROVIDER), Optional.empty(), Set.of()), ROWS_MAX, false);
    assertFlat("rare service", of(Set.of(), Optional.empty(), Optional.of(SELDOM), Set.of()), ROWS_MAX, false);
    assertFlat("no service", of(Set.of(), Optional.empty(), Optional.of(ServiceName.of("x")), Set.of()), ROWS_MAX,
        false);
    assertFlat("small amounts", between(Optional.empty(), Optional.of(Neuron.parse("10"))), ROWS_MAX, false);
    assertFlat("no amount", between(Optional.of(Neuron.MAX), Optional.empty()), ROWS_MAX, false);
    assertFlat("no trace", of(Set.of(), Optional.empty(), Optional.empty(), Set.of(EvidenceKind.TRACE)), ROWS_MAX,
        false);
  }

  /** The first page, one in the middle and the last one, in both directions. */
  private static void assertFlat(String what, EntryFilter filter, long rowsMax, boolean isWhole) {
    for (EntryOrder order : List.of(EntryOrder.NEWEST_FIRST, JournalPages.OLDEST_FIRST)) {
      List<Optional<String>> cursors = new ArrayList<>(List.of(Optional.empty()));
      for (int seq : List.of(FIRST_SEQ + ENTRIES / 2, FIRST_SEQ + ENTRIES - 500, FIRST_SEQ + 500)) {
        cursors.add(Optional.of(Page.cursor("entries2", BUSY.owner().value(), order.word(), String.valueOf(seq))));
      }
      for (Optional<String> cursor : cursors) {
        AtomicLong rows = new AtomicLong();
        EntriesPage page = fixture.ownerReads().answer(BUSY.owner(), QueryFixture.NOW, (at, db) -> counting(rows, db,
            () -> new EntryQueries(QueryFixture.JSON)
                .page(BUSY.owner(), filter, order, new Page(LIMIT, cursor), at, db)));
        assertThat(rows).as("%s %s %s", what, order, cursor).hasValueLessThanOrEqualTo(rowsMax);
        assertThat(!isWhole || page.entries().size() == LIMIT || !page.hasMore()).as("%s: a page that is not full",
            what).isTrue();
        System.out.printf("%s, %s: %d entries, %,d rows read, %.1f ms%n", what, order.word(), page.entries().size(),
            rows.get(), millis(() -> JournalPages.asked(fixture, BUSY.owner(), filter, order, LIMIT, cursor)));
      }
    }
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
        SELECT coalesce(idx_tup_fetch, 0) + coalesce(seq_tup_read, 0) AS rows FROM pg_stat_xact_user_tables
        WHERE relid = 'entry'::regclass""").get("rows", Long.class);
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
    for (int seq : List.of(FIRST_SEQ, FIRST_SEQ + ENTRIES / 2, FIRST_SEQ + ENTRIES)) {
      EntryAnswer answer = fixture.ownerReads().answer(BUSY.owner(), QueryFixture.NOW, (at, db) -> counting(rows, db,
          () -> new EntryCauses(QueryFixture.JSON).one(BUSY.owner(), new EntryId(0, seq),
              new Page(LIMIT, Optional.empty()), at, db)));
      assertThat(answer.entry().id()).isEqualTo(new EntryId(0, seq));
      assertThat(rows).as("%d", seq).hasValueLessThan(10);
    }
  }
}
