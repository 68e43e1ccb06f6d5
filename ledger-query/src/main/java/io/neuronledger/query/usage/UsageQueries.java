package io.neuronledger.query.usage;

import static io.neuronledger.query.db.Tables.LEDGER_STATE;
import static io.neuronledger.query.db.Tables.USAGE_REQUEST;
import static org.jooq.impl.DSL.and;
import static org.jooq.impl.DSL.noCondition;
import static org.jooq.impl.DSL.or;
import static org.jooq.impl.DSL.row;

import io.neuronledger.contracts.usage.RequestId;
import io.neuronledger.contracts.usage.UsageSource;
import io.neuronledger.contracts.value.SubAccountId;
import io.neuronledger.contracts.value.WalletAddress;
import io.neuronledger.contracts.view.price.PriceCheck;
import io.neuronledger.contracts.view.usage.UsageEntry;
import io.neuronledger.contracts.view.usage.UsagePage;
import io.neuronledger.foundation.access.caller.Caller;
import io.neuronledger.foundation.access.caller.Scope;
import io.neuronledger.foundation.problem.ProblemCode;
import io.neuronledger.foundation.problem.Refusal;
import io.neuronledger.query.asof.ReadPoint;
import io.neuronledger.query.price.PriceChecks;
import io.neuronledger.query.request.Page;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Record;

/** Reads an owner's requests, newest first, along their primary key. */
final class UsageQueries {
  private static final String LIST = "usage1";
  private static final int CURSOR_PARTS = 3;

  /** @param caller finance learns who reversed a request, nobody else does */
  UsagePage page(WalletAddress owner, UsageFilter filter, RequestFilter request, Caller caller, Page page,
      ReadPoint at, DSLContext db) {
    boolean showsWho = caller.scopes().contains(Scope.FINANCE_READ);
    Condition wanted = and(filter.ofRequests(owner), of(request),
        page.after(LIST, CURSOR_PARTS).map(UsageQueries::older).orElse(noCondition()));
    List<Record> rows = List.copyOf(requests(wanted, db).limit(page.limit() + 1).fetch());
    if (rows.isEmpty() && page.cursor().isEmpty()) {
      requireKnown(owner, at, db);
    }
    List<Record> shown = rows.subList(0, Math.min(page.limit(), rows.size()));
    List<UsageEntry> entries = shown.stream().map(row -> UsageRows.entry(row, showsWho)).toList();
    return new UsagePage(at.asOf(), at.quarantined(), owner, lines(entries, owner, at, db), rows.size() > page.limit(),
        rows.size() > page.limit() ? Optional.of(cursor(shown.getLast())) : Optional.empty());
  }

  private static Condition of(RequestFilter request) {
    return request.requestId().map(id -> USAGE_REQUEST.REQUEST_ID.eq(id.value())).orElse(noCondition())
        .and(request.state().isEmpty() ? noCondition() : or(request.state().stream().map(UsageRows::are).toList()));
  }

  private static org.jooq.SelectSeekStepN<? extends Record> requests(Condition wanted, DSLContext db) {
    return db.selectFrom(USAGE_REQUEST).where(wanted).orderBy(List.of(USAGE_REQUEST.COMPLETED_AT.desc(),
        USAGE_REQUEST.PROVIDER.desc(), USAGE_REQUEST.REQUEST_ID.desc()));
  }

  private static Condition older(List<String> after) {
    try {
      return row(USAGE_REQUEST.COMPLETED_AT, USAGE_REQUEST.PROVIDER, USAGE_REQUEST.REQUEST_ID).lt(
          Page.instant(after.get(0)), WalletAddress.parse(after.get(1)), new RequestId(after.get(2)).value());
    } catch (IllegalArgumentException e) {
      throw Page.badCursor();
    }
  }

  private static String cursor(Record last) {
    return Page.cursor(LIST, last.get(USAGE_REQUEST.COMPLETED_AT).toString(),
        last.get(USAGE_REQUEST.PROVIDER).toString(), last.get(USAGE_REQUEST.REQUEST_ID));
  }

  private static List<UsagePage.Line> lines(List<UsageEntry> entries, WalletAddress owner, ReadPoint at,
      DSLContext db) {
    List<UsageEntry> direct = entries.stream().filter(entry -> entry.source() == UsageSource.DIRECT).toList();
    Set<SubAccountId> opened = direct.isEmpty() ? Set.of() : OpenedSubAccounts.of(owner, at, db);
    Iterator<PriceCheck> checks = PriceChecks.of(direct, at.asOf(), db).iterator();
    return entries.stream().map(entry -> entry.source() == UsageSource.DIRECT
        ? new UsagePage.Line(entry,
            Optional.of(opened.contains(new SubAccountId(entry.owner(), entry.provider(), entry.service()))),
            Optional.of(checks.next()))
        : new UsagePage.Line(entry, Optional.empty(), Optional.empty())).toList();
  }

  /**
   * Refuses an owner with neither usage nor a ledger: the address is most likely mistyped. Usage that was reversed
   * was reported all the same.
   */
  static void requireKnown(WalletAddress owner, ReadPoint at, DSLContext db) {
    boolean known = db.fetchExists(db.selectFrom(USAGE_REQUEST).where(USAGE_REQUEST.OWNER.eq(owner)))
        || db.fetchExists(db.selectFrom(LEDGER_STATE).where(LEDGER_STATE.OWNER.eq(owner),
            at.sees(LEDGER_STATE)));
    if (!known) {
      throw Refusal.at(at.asOf(), ProblemCode.LEDGER_NOT_FOUND,
          "no ledger of " + owner + " was opened up to block " + at.block() + ", and no usage was reported");
    }
  }
}
