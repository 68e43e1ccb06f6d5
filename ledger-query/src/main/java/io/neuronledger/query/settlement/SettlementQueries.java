package io.neuronledger.query.settlement;

import static io.neuronledger.query.db.Tables.BLOCKS_POSITION;
import static io.neuronledger.query.db.Tables.ENTRY;
import static io.neuronledger.query.db.Tables.PARTITION;
import static io.neuronledger.query.db.Tables.SETTLEMENT;
import static io.neuronledger.query.db.Tables.USAGE_METER;
import static io.neuronledger.query.db.Tables.USAGE_REQUEST;
import static org.jooq.impl.DSL.and;
import static org.jooq.impl.DSL.condition;
import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.jsonGetAttribute;
import static org.jooq.impl.DSL.lateral;
import static org.jooq.impl.DSL.noCondition;
import static org.jooq.impl.DSL.row;
import static org.jooq.impl.DSL.select;
import static org.jooq.impl.DSL.trueCondition;

import io.neuronledger.contracts.usage.RequestId;
import io.neuronledger.contracts.usage.SettlementId;
import io.neuronledger.contracts.usage.UsageSource;
import io.neuronledger.contracts.value.ChainPosition;
import io.neuronledger.contracts.value.SettlementNonce;
import io.neuronledger.contracts.value.WalletAddress;
import io.neuronledger.contracts.view.AsOf;
import io.neuronledger.contracts.view.entry.EntryId;
import io.neuronledger.contracts.view.settlement.SettlementAnswer;
import io.neuronledger.contracts.view.settlement.SettlementState;
import io.neuronledger.contracts.view.settlement.SettlementView;
import io.neuronledger.contracts.view.settlement.SettlementsPage;
import io.neuronledger.foundation.problem.ProblemCode;
import io.neuronledger.foundation.problem.Refusal;
import io.neuronledger.query.asof.ReadPoint;
import io.neuronledger.query.asof.Visibility;
import io.neuronledger.query.blocks.SealedBlocks;
import io.neuronledger.query.projection.EntryPayload;
import io.neuronledger.query.request.Page;
import io.neuronledger.query.usage.UsageRows;
import java.util.List;
import java.util.Optional;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.JSON;
import org.jooq.OrderField;
import org.jooq.Record;
import org.jooq.SelectJoinStep;
import org.jooq.Table;

/** Answers questions about settlements and the requests they cover. */
public final class SettlementQueries {
  private static final String LIST = "settlements1";
  private static final String REQUESTS = "matched1";
  /** The cause of the settlement, from the entry with the same owner and seq. */
  private static final Field<JSON> CAUSE = field(
      select(jsonGetAttribute(jsonGetAttribute(ENTRY.PAYLOAD, "event"), "cause"))
          .from(ENTRY).where(ENTRY.OWNER.eq(SETTLEMENT.OWNER), ENTRY.SEQ.eq(SETTLEMENT.SEQ))).as("cause");

  private static final Field<Boolean> QUARANTINED =
      field(condition(Visibility.quarantined("settlement.owner"))).as("quarantined");

  private static final List<OrderField<?>> NEWEST_FIRST =
      List.of(SETTLEMENT.BLOCK.desc(), SETTLEMENT.TRANSACTION_INDEX.desc(), SETTLEMENT.STEP.desc());

  /** The rows that {@link #view} reads. */
  static SelectJoinStep<Record> settlements(DSLContext db) {
    return settlements(SETTLEMENT, db);
  }

  private static SelectJoinStep<Record> settlements(Table<?> from, DSLContext db) {
    return db.select(SETTLEMENT.fields()).select(CAUSE, QUARANTINED).from(from);
  }

  /** The settlements up to the answer's block that are not retracted, newest first. */
  SettlementsPage page(SettlementFilter filter, Page page, AsOf asOf, DSLContext db) {
    Condition after = page.after(LIST, 1).map(SettlementQueries::olderThan).orElse(noCondition());
    Condition listed = and(filter.upTo(asOf.block()), after, SETTLEMENT.RETRACTED.isFalse(),
        SETTLEMENT.STATE.isNotNull());
    int limit = page.limit() + 1;
    List<Record> rows = List.copyOf(filter.owner()
        .map(owner -> settlements(newestOfEach(listed, limit), db).where(USAGE_METER.OWNER.eq(owner)))
        .orElseGet(() -> settlements(db).where(listed))
        .orderBy(NEWEST_FIRST).limit(limit).fetch());
    List<SettlementView> shown = rows.stream().limit(page.limit()).map(SettlementQueries::view).toList();
    return new SettlementsPage(asOf, shown, rows.size() > page.limit(), rows.size() > page.limit()
        ? Optional.of(Page.cursor(LIST, shown.getLast().id().toString()))
        : Optional.empty());
  }

  /** The newest settlements of each sub-account: no index is by owner only, and a wallet has few sub-accounts. */
  private static Table<?> newestOfEach(Condition listed, int limit) {
    return USAGE_METER.crossJoin(lateral(select(SETTLEMENT.fields()).from(SETTLEMENT)
        .where(SETTLEMENT.OWNER.eq(USAGE_METER.OWNER), SETTLEMENT.PROVIDER.eq(USAGE_METER.PROVIDER),
            SETTLEMENT.SERVICE.eq(USAGE_METER.SERVICE), listed)
        .orderBy(NEWEST_FIRST).limit(limit).asTable(SETTLEMENT.getName())));
  }

  private static Condition olderThan(List<String> after) {
    try {
      ChainPosition last = SettlementId.parse(after.getFirst()).position();
      return row(SETTLEMENT.BLOCK, SETTLEMENT.TRANSACTION_INDEX, SETTLEMENT.STEP)
          .lt(last.block(), last.transaction(), last.step());
    } catch (IllegalArgumentException e) {
      throw Page.badCursor();
    }
  }

  /** The owner of a settlement that the answers of its partition show. */
  Optional<WalletAddress> ownerOf(SettlementId id, DSLContext db) {
    return db.select(SETTLEMENT.OWNER).from(SETTLEMENT)
        .join(PARTITION).on(PARTITION.PARTITION_.eq(SETTLEMENT.PARTITION)).crossJoin(BLOCKS_POSITION)
        .join(SealedBlocks.of(PARTITION.CHAIN_NEXT)).on(trueCondition())
        .where(hasId(id), Visibility.sees(SETTLEMENT.SEQ, SETTLEMENT.BLOCK, SealedBlocks.SEALED.BLOCK_))
        .limit(1).fetchOptional(SETTLEMENT.OWNER);
  }

  WalletAddress requireOwnerOf(SettlementId id, AsOf asOf, DSLContext db) {
    return ownerOf(id, db).orElseThrow(() -> notFound(id, asOf));
  }

  /** Includes retracted settlements. */
  SettlementAnswer one(WalletAddress owner, SettlementId id, Page page, ReadPoint at, DSLContext db) {
    return settlements(db)
        .where(hasId(id), SETTLEMENT.OWNER.eq(owner), at.seesOfAnyBranch(SETTLEMENT))
        .limit(1).fetchOptional().map(settlement -> answer(settlement, page, at, db))
        .orElseThrow(() -> notFound(id, at.asOf()));
  }

  /** The settlement of a journal entry; empty if the entry is of another type. */
  public Optional<SettlementAnswer> ofEntry(EntryId entry, Page page, ReadPoint at, DSLContext db) {
    return settlements(db)
        .where(SETTLEMENT.PARTITION.eq(entry.partition()), SETTLEMENT.SEQ.eq(entry.seq()),
            at.seesOfAnyBranch(SETTLEMENT))
        .fetchOptional().map(settlement -> answer(settlement, page, at, db));
  }

  private static SettlementAnswer answer(Record settlement, Page page, ReadPoint at, DSLContext db) {
    SettlementView view = view(settlement);
    if (view.requests() == 0) {
      return new SettlementAnswer(at.asOf(), view, List.of(), false, Optional.empty());
    }
    Condition after = page.after(REQUESTS, 2).map(SettlementQueries::laterThan).orElse(noCondition());
    List<Record> rows = List.copyOf(db.selectFrom(USAGE_REQUEST)
        .where(covered(settlement), after)
        .orderBy(USAGE_REQUEST.COMPLETED_AT, USAGE_REQUEST.REQUEST_ID)
        .limit(page.limit() + 1).fetch());
    List<Record> shown = rows.subList(0, Math.min(page.limit(), rows.size()));
    return new SettlementAnswer(at.asOf(), view, shown.stream().map(UsageRows::entry).toList(),
        rows.size() > page.limit(), rows.size() > page.limit()
            ? Optional.of(Page.cursor(REQUESTS, shown.getLast().get(USAGE_REQUEST.COMPLETED_AT).toString(),
                shown.getLast().get(USAGE_REQUEST.REQUEST_ID)))
            : Optional.empty());
  }

  private static Condition hasId(SettlementId id) {
    return SETTLEMENT.BLOCK.eq(id.position().block())
        .and(SETTLEMENT.TRANSACTION_INDEX.eq(id.position().transaction()))
        .and(SETTLEMENT.STEP.eq(id.position().step()))
        .and(SETTLEMENT.BRANCH.eq(id.branch()));
  }

  /** The requests from the first covered one to the cursor of the settlement. */
  private static Condition covered(Record settlement) {
    return USAGE_REQUEST.OWNER.eq(settlement.get(SETTLEMENT.OWNER))
        .and(USAGE_REQUEST.PROVIDER.eq(settlement.get(SETTLEMENT.PROVIDER)))
        .and(USAGE_REQUEST.SERVICE.eq(settlement.get(SETTLEMENT.SERVICE)))
        .and(USAGE_REQUEST.SOURCE.eq(UsageSource.DIRECT.word()))
        .and(USAGE_REQUEST.REVERSED_SEQ.isNull()).and(USAGE_REQUEST.SET_APART.isNull())
        .and(row(USAGE_REQUEST.COMPLETED_AT, USAGE_REQUEST.REQUEST_ID)
            .ge(settlement.get(SETTLEMENT.FIRST_AT), settlement.get(SETTLEMENT.FIRST_REQUEST)))
        .and(row(USAGE_REQUEST.COMPLETED_AT, USAGE_REQUEST.REQUEST_ID)
            .le(settlement.get(SETTLEMENT.REACH_AT), settlement.get(SETTLEMENT.REACH_REQUEST)));
  }

  private static Condition laterThan(List<String> after) {
    try {
      return row(USAGE_REQUEST.COMPLETED_AT, USAGE_REQUEST.REQUEST_ID)
          .gt(Page.instant(after.get(0)), new RequestId(after.get(1)).value());
    } catch (IllegalArgumentException e) {
      throw Page.badCursor();
    }
  }

  static SettlementView view(Record row) {
    ChainPosition position = new ChainPosition(row.get(SETTLEMENT.BLOCK), row.get(SETTLEMENT.TRANSACTION_INDEX),
        row.get(SETTLEMENT.STEP));
    return new SettlementView(new SettlementId(position, row.get(SETTLEMENT.BRANCH)), row.get(SETTLEMENT.OWNER),
        row.get(QUARANTINED), row.get(SETTLEMENT.PROVIDER), row.get(SETTLEMENT.SERVICE), row.get(SETTLEMENT.ASKED),
        row.get(SETTLEMENT.AMOUNT), row.get(SETTLEMENT.WRITTEN_OFF),
        row.get(SETTLEMENT.RETRACTED) ? SettlementState.RETRACTED : SettlementState.of(row.get(SETTLEMENT.STATE)),
        row.get(SETTLEMENT.REQUESTS), row.get(SETTLEMENT.FEE_SUM), row.get(SETTLEMENT.DIFFERENCE),
        row.get(SETTLEMENT.INSIDE), row.get(SETTLEMENT.UNREPORTED), position, row.get(SETTLEMENT.BRANCH),
        row.get(SETTLEMENT.BLOCK_HASH), row.get(SETTLEMENT.BLOCK_TIME),
        Optional.ofNullable(row.get(SETTLEMENT.TRANSACTION_HASH)), Optional.ofNullable(row.get(SETTLEMENT.LOG_INDEX)),
        Optional.ofNullable(row.get(CAUSE)).flatMap(cause -> EntryPayload.cause(cause, row.get(SETTLEMENT.BLOCK_TIME),
            Optional.ofNullable(row.get(SETTLEMENT.TRANSACTION_HASH))).evidence()),
        Optional.ofNullable(row.get(SETTLEMENT.NONCE)).map(nonce -> new SettlementNonce(nonce.toBigIntegerExact())));
  }

  private static Refusal notFound(SettlementId id, AsOf asOf) {
    return Refusal.at(asOf, ProblemCode.SETTLEMENT_NOT_FOUND,
        "there is no settlement " + id + " up to block " + asOf.block());
  }
}
