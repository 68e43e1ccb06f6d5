package io.neuronledger.query.audit;

import static io.neuronledger.query.db.Tables.BLOCKS_POSITION;
import static io.neuronledger.query.db.Tables.DISCREPANCY;
import static io.neuronledger.query.db.Tables.ENTRY;
import static io.neuronledger.query.db.Tables.PARTITION;
import static org.jooq.impl.DSL.falseCondition;
import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.trueCondition;

import io.neuronledger.contracts.balance.RefundReduction;
import io.neuronledger.contracts.event.Cause;
import io.neuronledger.contracts.event.EventNames;
import io.neuronledger.contracts.event.LedgerEvent;
import io.neuronledger.contracts.usage.SettlementId;
import io.neuronledger.contracts.value.RefundId;
import io.neuronledger.contracts.value.SubAccountId;
import io.neuronledger.contracts.value.WalletAddress;
import io.neuronledger.contracts.view.AsOf;
import io.neuronledger.contracts.view.entry.EntryAnswer;
import io.neuronledger.contracts.view.entry.EntryAnswer.Discrepancy;
import io.neuronledger.contracts.view.entry.EntryId;
import io.neuronledger.contracts.view.entry.EntryView;
import io.neuronledger.contracts.view.settlement.SettlementAnswer;
import io.neuronledger.contracts.view.settlement.SettlementView;
import io.neuronledger.foundation.problem.ProblemCode;
import io.neuronledger.foundation.problem.Refusal;
import io.neuronledger.query.asof.ReadPoint;
import io.neuronledger.query.asof.Visibility;
import io.neuronledger.query.audit.journal.EntryTypes;
import io.neuronledger.query.audit.journal.OffChainLines;
import io.neuronledger.query.blocks.SealedBlocks;
import io.neuronledger.query.projection.EntryPayload;
import io.neuronledger.query.request.Page;
import io.neuronledger.query.settlement.SettlementQueries;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Record;
import tools.jackson.databind.json.JsonMapper;

/** Reads one entry with what caused it and what followed. */
final class EntryCauses {
  private static final int SHOWN_MAX = 50;

  private final EntryReader reader;
  private final SettlementQueries settlements = new SettlementQueries();

  EntryCauses(JsonMapper json) {
    this.reader = new EntryReader(json);
  }

  /** The owner of an entry that the answers of its partition show; of what comes from off chain, shown or not. */
  Optional<WalletAddress> ownerOf(EntryId id, DSLContext db) {
    return db.select(ENTRY.OWNER).from(ENTRY)
        .join(PARTITION).on(PARTITION.PARTITION_.eq(ENTRY.PARTITION)).crossJoin(BLOCKS_POSITION)
        .join(SealedBlocks.of(PARTITION.CHAIN_NEXT)).on(trueCondition())
        .where(hasId(id), Visibility.sees(ENTRY.SEQ, ENTRY.BLOCK, SealedBlocks.SEALED.BLOCK_))
        .limit(1).fetchOptional(ENTRY.OWNER).or(() -> OffChainLines.ownerOf(id, db));
  }

  private static Condition hasId(EntryId id) {
    return id.report().isPresent() ? falseCondition()
        : ENTRY.PARTITION.eq(id.partition()).and(ENTRY.SEQ.eq(id.seq()));
  }

  static Refusal notFound(EntryId id, AsOf asOf) {
    return Refusal.at(asOf, ProblemCode.ENTRY_NOT_FOUND, "there is no entry " + id + " up to block " + asOf.block());
  }

  /**
   * @param page of the requests that a settlement covers
   * @return empty unless the owner has the entry at this point
   */
  Optional<EntryAnswer> one(WalletAddress owner, EntryId id, Page page, ReadPoint at, DSLContext db) {
    Optional<Record> row = db.select(ENTRY.fields()).from(ENTRY)
        .where(hasId(id), ENTRY.OWNER.eq(owner), at.sees(ENTRY)).fetchOptional().map(found -> found);
    return row.map(found -> ofChain(owner, id, found, page, at, db)).or(() -> offChain(owner, id, page, at, db));
  }

  /** What comes from off chain has no pages. */
  private static Optional<EntryAnswer> offChain(WalletAddress owner, EntryId id, Page page, ReadPoint at,
      DSLContext db) {
    OffChainLines lines = new OffChainLines(owner, at, db);
    return Optional.of(id).filter(known -> known.partition() == at.partition())
        .flatMap(known -> lines.one(known, db)).map(line -> {
          if (page.cursor().isPresent()) {
            throw Page.badCursor();
          }
          return new EntryAnswer(at.asOf(), at.quarantined(), owner, line, List.of(), false, List.of(),
              Optional.empty(), List.of(), List.of(), lines.corrections(line, SHOWN_MAX, db), Optional.empty(),
              List.of(), false, Optional.empty());
        });
  }

  private EntryAnswer ofChain(WalletAddress owner, EntryId id, Record row, Page page, ReadPoint at, DSLContext db) {
    if (!(EntryPayload.read(row).event() instanceof LedgerEvent.Posted event)) {
      throw new IllegalStateException("not an entry: " + id);
    }
    Optional<SettlementAnswer> settlement = settlements.ofEntry(id, page, at, db);
    if (settlement.isEmpty() && page.cursor().isPresent()) {
      throw Page.badCursor();
    }
    List<EntryView> siblings = siblings(row, at, db);
    List<Discrepancy> discrepancies = discrepancies(owner, event.cause(), at, db);
    Optional<String> next = settlement.flatMap(SettlementAnswer::nextCursor);
    return new EntryAnswer(at.asOf(), at.quarantined(), owner, reader.view(row),
        siblings.subList(0, Math.min(SHOWN_MAX, siblings.size())), siblings.size() > SHOWN_MAX,
        refundRequests(row, event, at, db), retraction(row, at, db), discrepancies,
        resolutions(owner, discrepancies, settlement.map(SettlementAnswer::settlement), db), List.of(),
        settlement.map(SettlementAnswer::settlement),
        settlement.map(SettlementAnswer::matchedRequests).orElse(List.of()), next.isPresent(), next);
  }

  private List<EntryView> siblings(Record row, ReadPoint at, DSLContext db) {
    return Optional.ofNullable(row.get(ENTRY.TRANSACTION_HASH))
        .map(transaction -> db.select(ENTRY.fields()).from(EntryStreams.ofTransaction(transaction))
            .where(ENTRY.OWNER.eq(row.get(ENTRY.OWNER)), ENTRY.SEQ.ne(row.get(ENTRY.SEQ)), at.sees(ENTRY))
            .orderBy(ENTRY.SEQ).limit(SHOWN_MAX + 1).fetch(reader::view))
        .orElse(List.of());
  }

  /** The requests stand in the blocks that the refunds' ids name; a refund of before the start has none. */
  private List<EntryView> refundRequests(Record row, LedgerEvent.Posted event, ReadPoint at, DSLContext db) {
    Set<RefundId> refunds = refunds(event);
    if (refunds.isEmpty()) {
      return List.of();
    }
    return db.select(ENTRY.fields()).from(ENTRY)
        .where(ENTRY.BLOCK.in(refunds.stream().map(refund -> refund.position().block()).distinct().toList()),
            ENTRY.PARTITION.eq(row.get(ENTRY.PARTITION)), ENTRY.OWNER.eq(row.get(ENTRY.OWNER)),
            ENTRY.TYPE.eq(EventNames.REFUND_REQUESTED), at.sees(ENTRY))
        .orderBy(ENTRY.SEQ).fetch(reader::view).stream()
        .filter(request -> request.details().refund().filter(refunds::contains).isPresent()).toList();
  }

  private static Set<RefundId> refunds(LedgerEvent.Posted event) {
    return switch (event) {
      case LedgerEvent.RefundClaimable of -> Set.of(of.refund());
      case LedgerEvent.RefundRelocked of -> Set.of(of.refund());
      case LedgerEvent.FundsTransferred of -> reduced(of.reduced());
      case LedgerEvent.RefundsCompleted of -> reduced(of.reduced());
      case LedgerEvent.FeesSettled of -> reduced(of.reduced());
      case LedgerEvent.FundsDeposited _, LedgerEvent.RefundRequested _, LedgerEvent.SettlementRejected _,
          LedgerEvent.FundsWithdrawn _, LedgerEvent.SubAccountClosed _, LedgerEvent.LedgerClosed _,
          LedgerEvent.ProviderAcknowledged _, LedgerEvent.Assigned _ -> Set.of();
    };
  }

  private static Set<RefundId> reduced(Optional<List<RefundReduction>> reduced) {
    Set<RefundId> refunds = new HashSet<>();
    reduced.ifPresent(all -> all.forEach(each -> refunds.add(each.refund())));
    return refunds;
  }

  /** A rewind has the first retracted block as its own. */
  private Optional<EntryView> retraction(Record row, ReadPoint at, DSLContext db) {
    if (!row.get(ENTRY.RETRACTED)) {
      return Optional.empty();
    }
    return db.select(ENTRY.fields()).from(ENTRY)
        .where(ENTRY.OWNER.eq(row.get(ENTRY.OWNER)), ENTRY.TYPE.eq(EventNames.LEDGER_REWOUND),
            ENTRY.TYPE.ne(inline(EntryTypes.FREQUENT)), ENTRY.SEQ.gt(row.get(ENTRY.SEQ)),
            ENTRY.BLOCK.le(row.get(ENTRY.BLOCK)), at.sees(ENTRY))
        .orderBy(ENTRY.SEQ).limit(1).fetchOptional().map(reader::view);
  }

  /** The key of a broken rule names the position of the chain event that broke it. */
  private static List<Discrepancy> discrepancies(WalletAddress owner, Cause cause, ReadPoint at, DSLContext db) {
    String where = ":" + new SettlementId(cause.position(), cause.branch()) + ":";
    return db.selectFrom(DISCREPANCY)
        .where(DISCREPANCY.OWNER.eq(owner), DISCREPANCY.BLOCK.eq(cause.position().block()),
            DISCREPANCY.KEY.contains(where), at.sees(DISCREPANCY))
        .orderBy(DISCREPANCY.SEQ)
        .fetch(row -> new Discrepancy(row.get(DISCREPANCY.KEY), row.get(DISCREPANCY.RULE),
            row.get(DISCREPANCY.EXPECTED), row.get(DISCREPANCY.ACTUAL), row.get(DISCREPANCY.RETRACTED)));
  }

  private static List<EntryView.Resolution> resolutions(WalletAddress owner, List<Discrepancy> discrepancies,
      Optional<SettlementView> settlement, DSLContext db) {
    List<EntryView.Resolution> resolutions = new ArrayList<>(
        OffChainLines.resolutions(owner, discrepancies.stream().map(Discrepancy::key).toList(), db));
    settlement.ifPresent(of -> resolutions.addAll(
        OffChainLines.resolutions(new SubAccountId(owner, of.provider(), of.service()), of.id(), db)));
    return resolutions.stream()
        .sorted(Comparator.comparing(EntryView.Resolution::at).thenComparing(EntryView.Resolution::key)).toList();
  }
}
