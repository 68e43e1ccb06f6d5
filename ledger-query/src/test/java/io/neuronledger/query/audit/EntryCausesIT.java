package io.neuronledger.query.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.neuronledger.contracts.event.Cause;
import io.neuronledger.contracts.event.Evidence;
import io.neuronledger.contracts.event.LedgerEvent;
import io.neuronledger.contracts.event.Rule;
import io.neuronledger.contracts.event.UsageEvent;
import io.neuronledger.contracts.topic.AccountRecord;
import io.neuronledger.contracts.topic.Partitions;
import io.neuronledger.contracts.usage.DifferenceKey;
import io.neuronledger.contracts.usage.NeuronSum;
import io.neuronledger.contracts.usage.RequestId;
import io.neuronledger.contracts.usage.SettlementId;
import io.neuronledger.contracts.usage.Units;
import io.neuronledger.contracts.usage.UsageLine;
import io.neuronledger.contracts.usage.UsageSource;
import io.neuronledger.contracts.value.Hash;
import io.neuronledger.contracts.value.Neuron;
import io.neuronledger.contracts.value.ServiceName;
import io.neuronledger.contracts.value.SubAccountId;
import io.neuronledger.contracts.value.WalletAddress;
import io.neuronledger.contracts.view.entry.EntryAnswer;
import io.neuronledger.contracts.view.entry.EntryId;
import io.neuronledger.contracts.view.entry.EntryView;
import io.neuronledger.contracts.view.entry.OwnedEntriesPage;
import io.neuronledger.foundation.problem.Refusal;
import io.neuronledger.query.audit.journal.EntryFilter;
import io.neuronledger.query.fixture.AccountEventScript;
import io.neuronledger.query.fixture.Chain;
import io.neuronledger.query.fixture.Meters;
import io.neuronledger.query.fixture.PartitionStream;
import io.neuronledger.query.fixture.QueryFixture;
import io.neuronledger.query.fixture.Wallets;
import io.neuronledger.query.problem.BadCursor;
import io.neuronledger.query.request.Page;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** One entry with what caused it, and the entries of a transaction and of a block. */
class EntryCausesIT {
  private static final Page ALL = new Page(500, Optional.empty());
  private static final WalletAddress OWNER = Wallets.wallet(1);
  private static final WalletAddress OTHER = Wallets.wallet(2);
  private static final SubAccountId ID =
      new SubAccountId(OWNER, Wallets.wallet(7), ServiceName.of("inference-v1.0"));

  private QueryFixture fixture;
  private final AccountEventScript script = AccountEventScript.started(0, 1).seal();

  @BeforeEach
  void open() {
    fixture = new QueryFixture(1);
  }

  @AfterEach
  void close() {
    fixture.close();
  }

  private EntryAnswer one(long seq, Page page) {
    EntryCauses causes = new EntryCauses(QueryFixture.JSON);
    assertThat(causes.ownerOf(new EntryId(0, seq), fixture.db())).hasValue(OWNER);
    return fixture.ownerReads().answer(OWNER, QueryFixture.NOW,
        (at, db) -> causes.one(OWNER, new EntryId(0, seq), page, at, db).orElseThrow());
  }

  private AccountRecord last() {
    return script.records().getLast();
  }

  @Test
  void a_settlement_comes_with_its_requests_and_what_people_decided() {
    Units one = new Units.Images(1, Neuron.parse("10"));
    script.deposit(OWNER, Neuron.parse("1000")).transfer(ID, Neuron.parse("500"))
        .add(new Meters().recorded(ID, List.of(
            Meters.line("r-1", Chain.blockTime(1), "m", one, UsageSource.DIRECT, Optional.empty()),
            Meters.line("r-2", Chain.blockTime(1).plusSeconds(1), "m", one, UsageSource.DIRECT, Optional.empty()))))
        .settle(ID, Neuron.parse("25"));
    long seq = last().seq();
    Cause cause = ((LedgerEvent.FeesSettled) last().event()).cause();
    SettlementId settlement = new SettlementId(cause.position(), cause.branch());
    String key = "settlement-within-balance:" + settlement + ":sub-account";
    script.add(new LedgerEvent.DiscrepancyFound(OWNER, key, Rule.ACCOUNT_IS_OPEN, Optional.of(ID), "at most 5", "6",
        cause));
    script.add(new LedgerEvent.DiscrepancyFound(OWNER, "other:2-1-1-1:x", Rule.ACCOUNT_IS_OPEN, Optional.of(ID), "a",
        "b", cause));
    script.seal();
    script.add(new LedgerEvent.DiscrepancyResolved(OWNER, key, "known", "ann", PartitionStream.RECORDED_AT));
    DifferenceKey difference = new DifferenceKey(DifferenceKey.Kind.UNREPORTED, Optional.of(settlement), ID);
    script.add(new UsageEvent.DifferenceResolved(OWNER, difference, NeuronSum.of(Neuron.parse("5")), "paid elsewhere",
        "bob", PartitionStream.RECORDED_AT.plusSeconds(1)));
    fixture.process(script.records());

    EntryAnswer answer = one(seq, new Page(1, Optional.empty()));
    assertThat(answer.entry().id()).isEqualTo(new EntryId(0, seq));
    assertThat(answer.settlement()).hasValueSatisfying(of -> {
      assertThat(of.id()).isEqualTo(settlement);
      assertThat(of.requests()).isEqualTo(2);
      assertThat(of.unreported()).isEqualTo(NeuronSum.of(Neuron.parse("5")));
    });
    assertThat(answer.matchedRequests()).extracting(each -> each.requestId().value()).containsExactly("r-1");
    assertThat(answer.hasMore()).isTrue();
    EntryAnswer second = one(seq, new Page(1, answer.nextCursor()));
    assertThat(second.matchedRequests()).extracting(each -> each.requestId().value()).containsExactly("r-2");
    assertThat(second.hasMore()).isFalse();
    assertThat(answer.discrepancies()).extracting(EntryAnswer.Discrepancy::key).containsExactly(key);
    assertThat(answer.resolutions()).extracting(EntryView.Resolution::reason)
        .containsExactly("known", "paid elsewhere");
    assertThat(answer.resolutions().getLast().key()).isEqualTo(difference.toString());
    assertThat(QueryFixture.JSON.writeValueAsString(answer)).doesNotContain("\"ann\"", "\"bob\"");
    assertThatThrownBy(() -> one(seq - 2, new Page(1, answer.nextCursor()))).isInstanceOf(BadCursor.class);
  }

  @Test
  void a_report_comes_with_what_corrected_it_and_waits_for_the_entries_before_it() {
    Meters meters = new Meters();
    UsageLine wrong = Meters.line("r-2", Chain.blockTime(1), 30);
    script.deposit(OWNER, Neuron.parse("1000")).seal()
        .add(meters.recorded(ID, List.of(Meters.line("r-1", Chain.blockTime(1), 20), wrong)));
    EntryId recorded = new EntryId(0, last().seq(), OptionalInt.of(1));
    fixture.process(script.records());
    assertThat(line(recorded).entry().request()).hasValueSatisfying(of -> {
      assertThat(of.requestId()).hasToString("r-2");
      assertThat(of.reversal()).isEmpty();
    });
    assertThat(line(recorded).corrections()).isEmpty();
    assertThat(line(recorded).entry().amount()).hasValue(Neuron.parse("30"));

    int known = script.records().size();
    script.deposit(OWNER, Neuron.parse("1")).add(meters.reversed(ID, wrong, Optional.of("r-3")));
    EntryId reversed = new EntryId(0, last().seq());
    script.add(meters.recorded(ID, List.of(new UsageLine(new RequestId("r-3"), wrong.model(), wrong.units(),
        wrong.fee(), wrong.when(), wrong.source(), Optional.empty(), Optional.of(wrong.requestId())))));
    EntryId replacement = new EntryId(0, last().seq(), OptionalInt.of(0));
    String key = "refund-within-free:1-2-3-0:" + ID;
    script.add(new LedgerEvent.DiscrepancyResolved(OWNER, key, "known", "ann", PartitionStream.RECORDED_AT));
    EntryId resolved = new EntryId(0, last().seq());
    fixture.process(script.records().subList(known, script.records().size()));
    for (EntryId waiting : List.of(reversed, replacement, resolved)) {
      assertThatThrownBy(() -> line(waiting)).isInstanceOf(Refusal.class).hasMessageContaining("there is no entry");
    }
    assertThat(line(recorded).entry().request().orElseThrow().reversal()).isEmpty();

    script.seal();
    fixture.process(List.of(last()));
    assertThat(line(recorded).corrections()).extracting(EntryView::id).containsExactly(reversed, replacement);
    assertThat(line(reversed).corrections()).extracting(EntryView::id).containsExactly(recorded, replacement);
    assertThat(line(replacement).corrections()).extracting(EntryView::id).containsExactly(recorded, reversed);
    assertThat(line(recorded).entry().request().orElseThrow().reversal()).hasValueSatisfying(
        of -> assertThat(of.replacedBy()).hasValue(new RequestId("r-3")));
    EntryView resolution = line(resolved).entry();
    assertThat(resolution.provider()).hasValue(ID.provider());
    assertThat(resolution.service()).hasValue(ID.service());
    assertThat(resolution.resolution()).hasValueSatisfying(of -> assertThat(of.key()).isEqualTo(key));
    for (EntryId none : List.of(new EntryId(0, recorded.seq()), new EntryId(0, recorded.seq(), OptionalInt.of(2)),
        new EntryId(0, reversed.seq(), OptionalInt.of(0)), new EntryId(1, reversed.seq()))) {
      assertThatThrownBy(() -> line(none)).as("%s", none).isInstanceOf(Refusal.class);
    }
    assertThat(QueryFixture.JSON.writeValueAsString(line(resolved))).doesNotContain("\"ann\"");
  }

  private EntryAnswer line(EntryId id) {
    return fixture.ownerReads().answer(OWNER, QueryFixture.NOW,
        (at, db) -> new EntryCauses(QueryFixture.JSON).one(OWNER, id, ALL, at, db)
            .orElseThrow(() -> EntryCauses.notFound(id, at.asOf())));
  }

  /** The sub-account of a broken rule is in its key, and only there. */
  @Test
  void a_resolution_is_found_by_the_sub_account_of_its_discrepancy() {
    script.deposit(OWNER, Neuron.parse("1")).seal();
    List<SubAccountId> all = List.of(ID, new SubAccountId(OWNER, ID.provider(), ServiceName.of("100%_a\\b:c")),
        new SubAccountId(OWNER, Wallets.wallet(8), ServiceName.of("c")));
    for (SubAccountId id : all) {
      script.add(new LedgerEvent.DiscrepancyResolved(OWNER, "a-rule:1-2-3-0:" + id, "known", "ann",
          PartitionStream.RECORDED_AT));
    }
    script.add(new LedgerEvent.DiscrepancyResolved(OWNER, "a-rule:1-2-3-0:ledger:" + OWNER, "known", "ann",
        PartitionStream.RECORDED_AT));
    fixture.process(script.records());
    for (SubAccountId id : all) {
      assertThat(resolved(Optional.of(id.provider()), Optional.of(id.service()))).containsExactly(id);
      assertThat(resolved(Optional.empty(), Optional.of(id.service()))).containsExactly(id);
    }
    assertThat(resolved(Optional.of(ID.provider()), Optional.empty())).containsExactly(all.get(0), all.get(1));
    assertThat(resolved(Optional.empty(), Optional.of(ServiceName.of("100__a\\b:c")))).isEmpty();
    assertThat(resolved(Optional.empty(), Optional.of(ServiceName.of("b:c")))).isEmpty();
  }

  private List<SubAccountId> resolved(Optional<WalletAddress> provider, Optional<ServiceName> service) {
    EntryFilter filter = new EntryFilter(Set.of("discrepancy-resolved.v1"), provider, service, Optional.empty(),
        Optional.empty(), Optional.empty(), Set.of(), EntryFilter.all().period());
    return JournalPages.all(fixture, OWNER, filter, JournalPages.OLDEST_FIRST, 10).stream().map(entry ->
        new SubAccountId(OWNER, entry.provider().orElseThrow(), entry.service().orElseThrow())).toList();
  }

  @Test
  void a_claimable_refund_comes_with_its_request() {
    script.deposit(OWNER, Neuron.parse("1000")).transfer(ID, Neuron.parse("500")).request(ID, Neuron.parse("3"))
        .request(ID, Neuron.parse("4"));
    LedgerEvent.RefundRequested request = (LedgerEvent.RefundRequested) last().event();
    long requested = last().seq();
    script.seal();
    script.add(new LedgerEvent.RefundClaimable(OWNER, ID.provider(), ID.service(), request.refund(), request.amount(),
        request.requestedAt(), Duration.ofMinutes(10), request.after(), Optional.empty(), script.cause()));
    long claimable = last().seq();
    script.seal();
    fixture.process(script.records());
    assertThat(one(claimable, ALL).refundRequests()).extracting(EntryView::id)
        .containsExactly(new EntryId(0, requested));
    assertThat(one(requested, ALL).refundRequests()).isEmpty();
  }

  @Test
  void a_retracted_entry_names_what_took_it_back() {
    script.deposit(OWNER, Neuron.parse("1")).seal().deposit(OWNER, Neuron.parse("2"));
    long retracted = last().seq();
    script.seal().retract(3);
    long rewind = last().seq();
    script.deposit(OWNER, Neuron.parse("3"));
    long kept = last().seq();
    script.seal().deposit(OWNER, Neuron.parse("4")).seal().retract(4).deposit(OWNER, Neuron.parse("5")).seal();
    fixture.process(script.records());
    assertThat(one(retracted, ALL).retractedBy()).hasValueSatisfying(by ->
        assertThat(by.id()).isEqualTo(new EntryId(0, rewind)));
    assertThat(one(kept, ALL).retractedBy()).isEmpty();
    assertThat(owned(block(3))).containsExactly(new EntryId(0, retracted), new EntryId(0, rewind),
        new EntryId(0, kept));
  }

  @Test
  void the_entries_of_a_transaction_are_found_from_one_of_them_and_by_its_hash() {
    script.deposit(OWNER, Neuron.parse("1"));
    LedgerEvent.FundsDeposited first = (LedgerEvent.FundsDeposited) last().event();
    long seq = last().seq();
    for (int i = 0; i < 60; i++) {
      script.add(new LedgerEvent.FundsDeposited(OWNER, OWNER, first.amount(), false, first.after(), Optional.empty(),
          first.cause()));
    }
    script.add(new LedgerEvent.FundsDeposited(OTHER, OTHER, first.amount(), true, first.after(), Optional.empty(),
        first.cause()));
    script.deposit(OTHER, Neuron.parse("2")).seal();
    fixture.process(script.records());
    EntryAnswer answer = one(seq, ALL);
    assertThat(answer.sameTransaction()).hasSize(50).extracting(EntryView::id)
        .startsWith(new EntryId(0, seq + 1)).doesNotContain(answer.entry().id());
    assertThat(answer.sameTransactionHasMore()).isTrue();
    List<EntryId> all = new ArrayList<>();
    Optional<String> cursor = Optional.empty();
    do {
      Page page = new Page(25, cursor);
      OwnedEntriesPage found = fixture.globalReads().answer(QueryFixture.NOW,
          (asOf, db) -> new OwnedEntries(QueryFixture.JSON).ofTransaction(transaction(answer.entry()), page, asOf, db));
      found.entries().forEach(line -> all.add(line.entry().id()));
      assertThat(found.hasMore()).isEqualTo(found.nextCursor().isPresent());
      cursor = found.nextCursor();
    } while (cursor.isPresent());
    assertThat(all).hasSize(62).doesNotHaveDuplicates().startsWith(answer.entry().id());
    assertThat(owned(block(2))).hasSize(63);
  }

  private static Hash transaction(EntryView entry) {
    return ((Evidence.Log) entry.evidence().orElseThrow()).transactionHash();
  }

  @Test
  void the_entries_of_all_partitions_are_shown_up_to_the_block_that_all_have_sealed() {
    fixture.close();
    fixture = new QueryFixture(2);
    Partitions partitions = new Partitions(2);
    List<AccountEventScript> scripts = new ArrayList<>();
    for (int partition = 0; partition < 2; partition++) {
      scripts.add(AccountEventScript.started(partition, 2).seal()
          .deposit(Wallets.inPartition(partition, 0, partitions), Neuron.parse("1")).seal());
    }
    fixture.process(scripts.stream().flatMap(each -> each.records().stream()).toList());
    assertThat(owned(block(2))).extracting(EntryId::partition).containsExactly(0, 1);
    assertThat(owned(block(1))).isEmpty();
    assertThatThrownBy(() -> block(0)).isInstanceOf(Refusal.class).hasMessageContaining("is before block 1");
    assertThatThrownBy(() -> block(3)).isInstanceOf(Refusal.class).hasMessageContaining("is not sealed");
  }

  private OwnedEntriesPage block(long block) {
    return fixture.globalReads().answer(QueryFixture.NOW,
        (asOf, db) -> new OwnedEntries(QueryFixture.JSON).ofBlock(block, ALL, asOf, db));
  }

  private static List<EntryId> owned(OwnedEntriesPage page) {
    return page.entries().stream().map(line -> line.entry().id()).toList();
  }

  @Test
  void an_entry_of_another_owner_or_not_sealed_yet_is_not_found() {
    script.deposit(OTHER, Neuron.parse("1"));
    EntryId foreign = new EntryId(0, last().seq());
    script.deposit(OWNER, Neuron.parse("1")).seal().deposit(OWNER, Neuron.parse("2"));
    EntryId unsealed = new EntryId(0, last().seq());
    fixture.process(script.records());
    EntryCauses causes = new EntryCauses(QueryFixture.JSON);
    assertThat(causes.ownerOf(unsealed, fixture.db())).isEmpty();
    assertThat(causes.ownerOf(foreign, fixture.db())).hasValue(OTHER);
    for (EntryId hidden : List.of(foreign, unsealed, new EntryId(0, 0), new EntryId(5, 3))) {
      Optional<EntryAnswer> found = fixture.ownerReads().answer(OWNER, QueryFixture.NOW,
          (at, db) -> causes.one(OWNER, hidden, ALL, at, db));
      assertThat(found).as(hidden.toString()).isEmpty();
    }
  }
}
