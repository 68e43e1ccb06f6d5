package io.neuronledger.query.settlement.period;

import static org.jooq.impl.DSL.val;

import io.neuronledger.contracts.event.AccountEvent;
import io.neuronledger.contracts.event.AccountEvent.PeriodClosed;
import io.neuronledger.contracts.event.AccountEvent.PeriodClosingProposed;
import io.neuronledger.contracts.event.AccountEvent.PeriodEvent;
import io.neuronledger.contracts.event.AccountEvent.PeriodProposalRevoked;
import io.neuronledger.contracts.event.AccountEvent.PeriodReopened;
import io.neuronledger.contracts.event.AccountEvent.PeriodReopeningProposed;
import io.neuronledger.contracts.period.AccountingPeriod;
import io.neuronledger.contracts.period.FrozenReport;
import io.neuronledger.contracts.period.ReportHash;
import io.neuronledger.contracts.view.period.PeriodState;
import io.neuronledger.contracts.view.period.PeriodView.Decision;
import io.neuronledger.contracts.view.period.PeriodView.Kind;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jooq.DSLContext;
import org.jooq.JSONB;
import tools.jackson.databind.json.JsonMapper;

/**
 * The closed periods, and what was decided about each. Closed periods follow each other without a gap, and only the
 * last one is reopened: ledger-command records nothing else.
 */
final class Books {
  private final SortedMap<AccountingPeriod, FrozenReport> closed = new TreeMap<>();
  private final Map<AccountingPeriod, PeriodState> states = new HashMap<>();
  private final SortedMap<AccountingPeriod, List<Decision>> decisions = new TreeMap<>();
  private Optional<PeriodEvent> proposal = Optional.empty();
  private long number;

  private Books() {}

  /** As of all decisions that the read model has. */
  static Books read(DSLContext db, JsonMapper json) {
    return read(Long.MAX_VALUE, db, json);
  }

  /** @param position in partition 0; as of the decisions before it */
  static Books read(long position, DSLContext db, JsonMapper json) {
    Books books = new Books();
    db.fetch("SELECT event FROM period_decision WHERE seq < {0} ORDER BY seq", val(position)).forEach(row ->
        books.apply((PeriodEvent) json.readValue(row.get("event", JSONB.class).data(), AccountEvent.class)));
    return books;
  }

  private void apply(PeriodEvent event) {
    AccountingPeriod period = event.period();
    number++;
    switch (event) {
      case PeriodClosingProposed proposed -> {
        proposal = Optional.of(proposed);
        add(proposed, Kind.CLOSING_PROPOSED, Optional.of(proposed.report().hash()), Optional.empty());
      }
      case PeriodClosed done -> {
        proposal = Optional.empty();
        closed.put(period, done.report());
        states.put(period, PeriodState.CLOSED);
        add(done, Kind.CLOSED, Optional.of(done.report().hash()), Optional.empty());
      }
      case PeriodReopeningProposed proposed -> {
        proposal = Optional.of(proposed);
        add(proposed, Kind.REOPENING_PROPOSED, Optional.of(proposed.report()), Optional.of(proposed.reason()));
      }
      case PeriodReopened done -> {
        proposal = Optional.empty();
        closed.remove(period);
        states.put(period, PeriodState.REOPENED);
        add(done, Kind.REOPENED, Optional.of(done.report()), Optional.of(done.reason()));
      }
      case PeriodProposalRevoked revoked -> {
        proposal = Optional.empty();
        add(revoked, Kind.PROPOSAL_REVOKED, Optional.empty(), Optional.of(revoked.reason()));
      }
    }
  }

  private void add(PeriodEvent event, Kind kind, Optional<ReportHash> report, Optional<String> reason) {
    decisions.computeIfAbsent(event.period(), _ -> new ArrayList<>())
        .add(new Decision(number, kind, report, reason, event.by(), event.at()));
  }

  PeriodState state(AccountingPeriod period) {
    return proposal.filter(each -> each.period().equals(period))
        .map(each -> each instanceof PeriodReopeningProposed
            ? PeriodState.REOPENING_PROPOSED : PeriodState.CLOSING_PROPOSED)
        .orElse(states.getOrDefault(period, PeriodState.OPEN));
  }

  /** The closed periods, oldest first, each with the report that it is closed by. */
  SortedMap<AccountingPeriod, FrozenReport> closed() {
    return Collections.unmodifiableSortedMap(closed);
  }

  /** The report that the period is closed by, also while its reopening is proposed. */
  Optional<FrozenReport> closedBy(AccountingPeriod period) {
    return Optional.ofNullable(closed.get(period));
  }

  /** The report that the period would be closed by. */
  Optional<FrozenReport> proposed(AccountingPeriod period) {
    return proposal.filter(each -> each.period().equals(period)).filter(PeriodClosingProposed.class::isInstance)
        .map(each -> ((PeriodClosingProposed) each).report());
  }

  Optional<AccountingPeriod> lastClosed() {
    return closed.isEmpty() ? Optional.empty() : Optional.of(closed.lastKey());
  }

  /** The closed periods before this one, each with the report that it is closed by. */
  SortedMap<AccountingPeriod, FrozenReport> closedBefore(AccountingPeriod period) {
    return Collections.unmodifiableSortedMap(closed.headMap(period));
  }

  /** Whether the period is the one after the last closed one, whose report has the adjustments. */
  boolean isNext(AccountingPeriod period) {
    return lastClosed().map(last -> last.next().equals(period)).orElse(false);
  }

  /** The periods that anybody has decided about. */
  Set<AccountingPeriod> periods() {
    return decisions.keySet();
  }

  List<Decision> decisions(AccountingPeriod period) {
    return decisions.getOrDefault(period, List.of());
  }
}
