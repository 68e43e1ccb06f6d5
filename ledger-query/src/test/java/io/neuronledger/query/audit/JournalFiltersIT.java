package io.neuronledger.query.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.neuronledger.contracts.event.Evidence;
import io.neuronledger.contracts.event.LedgerEvent;
import io.neuronledger.contracts.topic.AccountRecord;
import io.neuronledger.contracts.usage.NeuronSum;
import io.neuronledger.contracts.usage.UsageLine;
import io.neuronledger.contracts.value.Hash;
import io.neuronledger.contracts.value.Neuron;
import io.neuronledger.contracts.value.ServiceName;
import io.neuronledger.contracts.value.SubAccountId;
import io.neuronledger.contracts.value.WalletAddress;
import io.neuronledger.contracts.view.entry.EntriesPage;
import io.neuronledger.contracts.view.entry.EntryView;
import io.neuronledger.contracts.view.usage.UsageEntry;
import io.neuronledger.foundation.problem.ProblemCode;
import io.neuronledger.foundation.problem.Refusal;
import io.neuronledger.query.audit.journal.EntryFilter;
import io.neuronledger.query.audit.journal.EvidenceKind;
import io.neuronledger.query.audit.journal.SeqRange;
import io.neuronledger.query.fixture.Chain;
import io.neuronledger.query.fixture.History;
import io.neuronledger.query.fixture.Meters;
import io.neuronledger.query.fixture.PartitionStream;
import io.neuronledger.query.fixture.QueryFixture;
import io.neuronledger.query.fixture.Wallets;
import io.neuronledger.query.problem.BadCursor;
import io.neuronledger.query.request.Period;
import java.math.BigInteger;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Random histories with forks: every filter, both directions and every page size beside a plain definition. */
class JournalFiltersIT {
  private static final List<EvidenceKind> KINDS = List.of(EvidenceKind.values());
  private static final int FILTERS = 25;
  private static final List<String> OFF_CHAIN =
      List.of("usage-recorded.v1", "usage-reversed.v1", "discrepancy-resolved.v1", "difference-resolved.v1");

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void pages_of_a_filter_are_the_entries_that_match_it(long seed) {
    Random random = new Random(seed);
    History history = History.of(seed, 0, 1, 400);
    try (QueryFixture fixture = new QueryFixture(1)) {
      fixture.process(history.records());
      int matched = 0;
      Set<String> types = new HashSet<>();
      for (WalletAddress owner : history.owners()) {
        List<EntryView> whole = JournalPages.all(fixture, owner, EntryFilter.all(), JournalPages.OLDEST_FIRST, 500);
        assertThat(whole).isNotEmpty().isSortedAccordingTo(Comparator.comparing(EntryView::id));
        assertThat(whole).extracting(EntryView::id).doesNotHaveDuplicates();
        assertThat(JournalPages.all(fixture, owner, EntryFilter.all(), EntryOrder.NEWEST_FIRST, 7))
            .isEqualTo(whole.reversed());
        assertRangesHoldTheirPeriods(fixture, owner, whole, random);
        for (int i = 0; i < FILTERS; i++) {
          EntryFilter filter = filter(whole, random);
          List<EntryView> expected = whole.stream().filter(entry -> matches(entry, filter)).toList();
          int limit = 1 + random.nextInt(20);
          assertThat(JournalPages.all(fixture, owner, filter, JournalPages.OLDEST_FIRST, limit)).as("%s", filter)
              .isEqualTo(expected);
          assertThat(JournalPages.all(fixture, owner, filter, EntryOrder.NEWEST_FIRST, limit)).as("%s", filter)
              .isEqualTo(expected.reversed());
          EntriesPage counted =
              JournalPages.page(fixture, owner, filter, new EntryOrder(false, true), limit, Optional.empty());
          assertThat(counted.count()).isEqualTo(OptionalLong.of(expected.size()));
          matched += expected.size();
          expected.forEach(entry -> types.add(entry.type()));
        }
      }
      assertThat(matched).isGreaterThan(500);
      assertThat(types).containsAll(OFF_CHAIN);
    }
  }

  private static void assertRangesHoldTheirPeriods(QueryFixture fixture, WalletAddress owner, List<EntryView> whole,
      Random random) {
    List<EntryView> ofChain = whole.stream().filter(entry -> entry.blockTime().isPresent()).toList();
    for (int i = 0; i < FILTERS && !ofChain.isEmpty(); i++) {
      Instant from = time(any(ofChain, random)).plusSeconds(random.nextInt(3) - 1);
      Instant until = time(any(ofChain, random)).plusSeconds(random.nextInt(3) - 1);
      SeqRange range = new EntryPeriod(owner, fixture.db())
          .within(Optional.of(from), Optional.of(until));
      List<EntryView> inside = ofChain.stream()
          .filter(entry -> entry.id().seq() >= range.from() && entry.id().seq() < range.until()).toList();
      assertThat(inside).as("%s to %s", from, until).containsAll(ofChain.stream()
          .filter(entry -> !time(entry).isBefore(from) && time(entry).isBefore(until)).toList());
      // Where a fork took back an edge it has others too, but it neither begins nor ends with one.
      if (!inside.isEmpty()) {
        assertThat(time(inside.getFirst())).isAfterOrEqualTo(from);
        assertThat(time(inside.getLast())).isBefore(until);
      }
    }
  }

  /** The time by which a period finds an entry. */
  private static Instant time(EntryView entry) {
    return entry.blockTime().or(() -> entry.request().map(UsageEntry::when)
        .filter(_ -> entry.type().equals("usage-recorded.v1"))).orElse(entry.recordedAt());
  }

  /** As the journal's document defines it. */
  private static boolean matches(EntryView entry, EntryFilter filter) {
    boolean isOfChain = !OFF_CHAIN.contains(entry.type());
    String evidence = isOfChain ? entry.evidence().map(JournalFiltersIT::kind).orElse("none") : "";
    Optional<BigInteger> amount = entry.amount().map(Neuron::value)
        .or(() -> entry.resolution().flatMap(EntryView.Resolution::amount).map(NeuronSum::value));
    return (filter.types().isEmpty() || filter.types().contains(entry.type()))
        && (filter.provider().isEmpty() || filter.provider().equals(entry.provider()))
        && (filter.service().isEmpty() || filter.service().equals(entry.service()))
        && (filter.evidence().isEmpty() || filter.evidence().stream().anyMatch(kind -> kind.word().equals(evidence)))
        && filter.minAmount().map(min -> amount.filter(of -> of.compareTo(min.value()) >= 0).isPresent()).orElse(true)
        && filter.maxAmount().map(max -> amount.filter(of -> of.compareTo(max.value()) <= 0).isPresent()).orElse(true)
        && filter.transaction().map(hash -> transaction(entry).equals(Optional.of(hash))).orElse(true)
        && filter.period().from().map(from -> !time(entry).isBefore(from)).orElse(true)
        && filter.period().until().map(until -> time(entry).isBefore(until)).orElse(true);
  }

  private static String kind(Evidence evidence) {
    return evidence.getClass().getSimpleName().toLowerCase(Locale.ROOT);
  }

  private static Optional<Hash> transaction(EntryView entry) {
    return entry.evidence().flatMap(evidence -> evidence instanceof Evidence.Log log
        ? Optional.of(log.transactionHash()) : Optional.empty());
  }

  /** Values of the journal itself, so that most filters match something. */
  private static EntryFilter filter(List<EntryView> whole, Random random) {
    EntryView one = any(whole, random);
    EntryView other = any(whole, random);
    Set<String> types = new HashSet<>();
    while (random.nextInt(3) == 0) {
      types.add(any(whole, random).type());
    }
    List<Neuron> amounts = new ArrayList<>();
    one.amount().filter(_ -> random.nextInt(3) == 0).ifPresent(amounts::add);
    other.amount().filter(_ -> random.nextInt(3) == 0).ifPresent(amounts::add);
    amounts.sort(Neuron::compareTo);
    Instant first = time(one).isBefore(time(other)) ? time(one) : time(other);
    Instant last = time(one).isBefore(time(other)) ? time(other) : time(one);
    return new EntryFilter(types,
        one.provider().filter(_ -> random.nextInt(4) == 0),
        one.service().filter(_ -> random.nextInt(4) == 0),
        amounts.isEmpty() ? Optional.empty() : Optional.of(amounts.getFirst()),
        amounts.size() < 2 ? Optional.empty() : Optional.of(amounts.getLast()),
        transaction(one).filter(_ -> random.nextInt(8) == 0),
        random.nextInt(5) == 0 ? Set.of(KINDS.get(random.nextInt(KINDS.size()))) : Set.of(),
        new Period(day(first).filter(_ -> random.nextInt(3) == 0), day(last).filter(_ -> random.nextInt(3) == 0)));
  }

  private static Optional<LocalDate> day(Instant time) {
    return Optional.of(LocalDate.ofInstant(time, ZoneOffset.UTC));
  }

  private static EntryView any(List<EntryView> whole, Random random) {
    return whole.get(random.nextInt(whole.size()));
  }

  /** What a fork takes back stays, marked, and what is new comes after it: in either order no page is read again. */
  @ParameterizedTest
  @ValueSource(longs = {4, 5})
  void a_fork_between_two_pages_repeats_and_loses_nothing(long seed) {
    History history = History.of(seed, 0, 1, 200);
    try (QueryFixture fixture = new QueryFixture(1)) {
      fixture.process(history.records());
      WalletAddress owner = history.owners().getFirst();
      List<EntryView> before = JournalPages.all(fixture, owner, EntryFilter.all(), JournalPages.OLDEST_FIRST, 500);
      EntriesPage newest = JournalPages.page(fixture, owner, EntryFilter.all(), EntryOrder.NEWEST_FIRST, 5,
          Optional.empty());
      EntriesPage oldest = JournalPages.page(fixture, owner, EntryFilter.all(), JournalPages.OLDEST_FIRST,
          before.size() - 3, Optional.empty());
      int known = history.script().records().size();
      SubAccountId id = new SubAccountId(owner, Wallets.wallet(7), ServiceName.of("inference-v1.0"));
      Meters meters = new Meters();
      UsageLine report = Meters.line("between", Chain.blockTime(1), 3);
      history.script().add(meters.recorded(id, List.of(report, Meters.line("second", Chain.blockTime(1), 4))))
          .deposit(owner, Neuron.parse("4")).seal().add(meters.reversed(id, report, Optional.empty()))
          .retract(history.script().block() - 2)
          .add(new LedgerEvent.DiscrepancyResolved(owner, "x", "known", "ann", PartitionStream.RECORDED_AT))
          .add(new LedgerEvent.DiscrepancyResolutionRevoked(owner, "x", "not yet", "ben",
              PartitionStream.RECORDED_AT))
          .deposit(owner, Neuron.parse("5")).seal();
      fixture.process(history.script().records().subList(known, history.script().records().size()));
      assertThat(ids(rest(fixture, owner, EntryOrder.NEWEST_FIRST, newest)))
          .isEqualTo(ids(before.reversed().subList(5, before.size())));
      List<EntryView> after = JournalPages.all(fixture, owner, EntryFilter.all(), JournalPages.OLDEST_FIRST, 500);
      assertThat(ids(after)).startsWith(ids(before).toArray());
      assertThat(after.subList(before.size(), after.size())).extracting(EntryView::type)
          .containsExactly("usage-recorded.v1", "usage-recorded.v1", "funds-deposited.v1", "usage-reversed.v1",
              "ledger-rewound.v1", "discrepancy-resolved.v1", "discrepancy-resolution-revoked.v1",
              "funds-deposited.v1");
      assertThat(JournalPages.all(fixture, owner, new EntryFilter(Set.of("discrepancy-resolution-revoked.v1"),
          Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Set.of(),
          new Period(Optional.empty(), Optional.empty())), JournalPages.OLDEST_FIRST, 500))
          .extracting(entry -> entry.resolution().orElseThrow().reason()).containsExactly("not yet");
      assertThat(rest(fixture, owner, JournalPages.OLDEST_FIRST, oldest))
          .isEqualTo(after.subList(before.size() - 3, after.size()));
    }
  }

  /** A reader with one cursor, while blocks are sealed, taken back and made anew: nothing twice, and nothing lost. */
  @ParameterizedTest
  @ValueSource(longs = {7, 8, 9})
  void a_journal_that_is_read_while_it_grows_is_the_journal(long seed) {
    Random random = new Random(seed);
    List<AccountRecord> records = History.of(seed, 0, 1, 300).records();
    try (QueryFixture fixture = new QueryFixture(1)) {
      Map<WalletAddress, Reader> readers = new LinkedHashMap<>();
      records.forEach(each -> PartitionStream.keyOf(each).ifPresent(owner ->
          readers.computeIfAbsent(owner, of -> new Reader(fixture, of))));
      for (int from = 0; from < records.size();) {
        int to = Math.min(records.size(), from + 1 + random.nextInt(6));
        fixture.process(records.subList(from, to));
        from = to;
        readers.values().forEach(reader -> reader.read(1 + random.nextInt(3)));
      }
      readers.forEach((owner, reader) -> {
        List<EntryView> whole = JournalPages.all(fixture, owner, EntryFilter.all(), JournalPages.OLDEST_FIRST, 500);
        assertThat(reader.read.size()).isGreaterThan(whole.size() / 2);
        assertThat(reader.read).isEqualTo(ids(whole.subList(0, reader.read.size())));
      });
    }
  }

  /** Reads a journal from its beginning for as long as there is more. */
  private static final class Reader {
    private final QueryFixture fixture;
    private final WalletAddress owner;
    private final List<Object> read = new ArrayList<>();
    private Optional<String> cursor = Optional.empty();

    Reader(QueryFixture fixture, WalletAddress owner) {
      this.fixture = fixture;
      this.owner = owner;
    }

    void read(int limit) {
      try {
        EntriesPage page =
            JournalPages.page(fixture, owner, EntryFilter.all(), JournalPages.OLDEST_FIRST, limit, cursor);
        if (page.hasMore()) {
          read.addAll(ids(page.entries()));
          cursor = page.nextCursor();
        }
      } catch (Refusal e) {
        // Nothing is sealed yet, or nothing of this owner.
        assertThat(e.code()).isIn(ProblemCode.NOTHING_SEALED, ProblemCode.LEDGER_NOT_FOUND);
      }
    }
  }

  private static List<EntryView> rest(QueryFixture fixture, WalletAddress owner, EntryOrder order, EntriesPage first) {
    List<EntryView> rest = new ArrayList<>();
    Optional<String> cursor = first.nextCursor();
    while (cursor.isPresent()) {
      EntriesPage page = JournalPages.page(fixture, owner, EntryFilter.all(), order, 2, cursor);
      rest.addAll(page.entries());
      cursor = page.nextCursor();
    }
    return rest;
  }

  private static List<Object> ids(List<EntryView> entries) {
    return entries.stream().<Object>map(EntryView::id).toList();
  }

  @ParameterizedTest
  @ValueSource(longs = 6)
  void a_cursor_is_good_for_its_journal_and_order_only(long seed) {
    History history = History.of(seed, 0, 1, 200);
    try (QueryFixture fixture = new QueryFixture(1)) {
      fixture.process(history.records());
      WalletAddress owner = history.owners().getFirst();
      Optional<String> cursor = JournalPages.page(fixture, owner, EntryFilter.all(), EntryOrder.NEWEST_FIRST, 1,
          Optional.empty()).nextCursor();
      assertThat(cursor).isPresent();
      assertThatThrownBy(() ->
          JournalPages.page(fixture, owner, EntryFilter.all(), JournalPages.OLDEST_FIRST, 1, cursor))
          .isInstanceOf(BadCursor.class).hasMessageContaining("in the same order");
      assertThatThrownBy(() -> JournalPages.page(fixture, history.owners().getLast(), EntryFilter.all(),
          EntryOrder.NEWEST_FIRST, 1, cursor)).isInstanceOf(BadCursor.class);
    }
  }
}
