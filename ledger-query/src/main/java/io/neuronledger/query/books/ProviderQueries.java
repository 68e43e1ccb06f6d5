package io.neuronledger.query.books;

import static io.neuronledger.query.db.Tables.SETTLEMENT;
import static org.jooq.impl.DSL.noCondition;

import io.neuronledger.contracts.usage.NeuronSum;
import io.neuronledger.contracts.usage.SettlementId;
import io.neuronledger.contracts.value.ChainPosition;
import io.neuronledger.contracts.value.WalletAddress;
import io.neuronledger.contracts.view.AsOf;
import io.neuronledger.contracts.view.books.ProviderStatementAnswer;
import io.neuronledger.contracts.view.books.ProviderStatementAnswer.Settlement;
import io.neuronledger.contracts.view.settlement.PeriodRow;
import io.neuronledger.foundation.problem.ProblemCode;
import io.neuronledger.foundation.problem.Refusal;
import io.neuronledger.query.request.Period;
import io.neuronledger.query.settlement.period.PeriodFilter;
import io.neuronledger.query.settlement.period.RecordsThen;
import io.neuronledger.query.settlement.period.Reporting;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Record;

/** Reads a provider's statement: the rows of the period report, and the settlements that make them up. */
final class ProviderQueries {
  private static final int FETCH_SIZE = 1_000;

  private final Reporting reporting;
  private final int linesMax;

  ProviderQueries(Reporting reporting) {
    this(reporting, StatementQueries.LINES_MAX);
  }

  /** @param linesMax the most settlements, sub-accounts and lines of usage of a statement, of each; above zero */
  ProviderQueries(Reporting reporting, int linesMax) {
    this.reporting = reporting;
    this.linesMax = linesMax;
  }

  /** @throws Refusal if nothing is known of the provider, or the period has too many settlements or sub-accounts */
  ProviderStatementAnswer statement(WalletAddress provider, StatementFilter filter, AsOf newest, DSLContext db) {
    Period period = filter.period();
    List<PeriodRow> accounts = new ArrayList<>();
    Reporting.Point point = reporting.rows(new PeriodFilter(Set.of(provider), period, true, filter.knownAt()), newest,
        db, row -> add(row, accounts, "sub-accounts"));
    AsOf asOf = point.asOf();
    Condition settled = point.then().map(RecordsThen::settled)
        .orElseGet(() -> SETTLEMENT.RETRACTED.isFalse().and(SETTLEMENT.STATE.isNotNull()));
    if (accounts.isEmpty() && !isKnown(provider, settled, point, db)) {
      throw Refusal.at(newest, ProblemCode.PROVIDER_NOT_FOUND,
          "neither usage nor a settlement of " + provider + " is known");
    }
    List<Settlement> settlements = new ArrayList<>();
    try (Stream<Record> rows = db.select(SETTLEMENT.fields()).from(SETTLEMENT)
        .where(SETTLEMENT.PROVIDER.eq(provider), settled,
            SETTLEMENT.BLOCK.le(asOf.block()), period.from().map(SETTLEMENT.BLOCK_TIME::ge).orElse(noCondition()),
            period.until().map(SETTLEMENT.BLOCK_TIME::lt).orElse(noCondition()))
        .orderBy(SETTLEMENT.BLOCK, SETTLEMENT.TRANSACTION_INDEX, SETTLEMENT.STEP)
        .fetchSize(FETCH_SIZE).fetchStream()) {
      rows.map(ProviderQueries::settlement).forEach(each -> add(each, settlements, "settlements"));
    }
    return new ProviderStatementAnswer(asOf, provider, filter.knownAt(), period.startDate(), period.endDate(),
        total(provider, accounts), accounts,
        UsageLines.OF_PROVIDER.read(provider, period, point.then(), linesMax, db), settlements,
        List.of("/v1/reports/settlement?by=sub-account&provider=" + provider.checksummed()
                + StatementQueries.days(period.startDate(), period.endDate())
                + filter.knownAt().map(day -> "&known_at=" + day).orElse(""),
            "/v1/settlements?provider=" + provider.checksummed()));
  }

  private static boolean isKnown(WalletAddress provider, Condition settled, Reporting.Point point, DSLContext db) {
    return db.fetchExists(SETTLEMENT, SETTLEMENT.PROVIDER.eq(provider).and(settled)
        .and(SETTLEMENT.BLOCK.le(point.asOf().block()))) || UsageLines.OF_PROVIDER.has(provider, point.then(), db);
  }

  private <T> void add(T line, List<T> lines, String name) {
    if (lines.size() == linesMax) {
      throw Refusal.parameter(ProblemCode.BAD_PARAMETER, "start_date", "the period has more than " + linesMax + " "
          + name + ": ask for fewer days, or for the period report");
    }
    lines.add(line);
  }

  private static PeriodRow total(WalletAddress provider, List<PeriodRow> accounts) {
    PeriodRow total = new PeriodRow(provider, Optional.empty(), Optional.empty(), NeuronSum.ZERO, NeuronSum.ZERO,
        NeuronSum.ZERO, NeuronSum.ZERO, NeuronSum.ZERO, NeuronSum.ZERO, NeuronSum.ZERO, 0, 0);
    for (PeriodRow each : accounts) {
      total = new PeriodRow(provider, Optional.empty(), Optional.empty(), total.opening().plus(each.opening()),
          total.adjusted().plus(each.adjusted()), total.used().plus(each.used()),
          total.unverifiedUsed().plus(each.unverifiedUsed()), total.settled().plus(each.settled()),
          total.writtenOff().plus(each.writtenOff()), total.closing().plus(each.closing()),
          total.requests() + each.requests(), total.settlements() + each.settlements());
    }
    return total;
  }

  private static Settlement settlement(Record row) {
    ChainPosition position = new ChainPosition(row.get(SETTLEMENT.BLOCK), row.get(SETTLEMENT.TRANSACTION_INDEX),
        row.get(SETTLEMENT.STEP));
    return new Settlement(new SettlementId(position, row.get(SETTLEMENT.BRANCH)), row.get(SETTLEMENT.BLOCK_TIME),
        row.get(SETTLEMENT.BLOCK), row.get(SETTLEMENT.OWNER), row.get(SETTLEMENT.SERVICE), row.get(SETTLEMENT.ASKED),
        row.get(SETTLEMENT.AMOUNT), row.get(SETTLEMENT.WRITTEN_OFF),
        Optional.ofNullable(row.get(SETTLEMENT.TRANSACTION_HASH)));
  }
}
