package io.neuronledger.query.settlement.period;

import io.neuronledger.contracts.period.AccountingPeriod;
import io.neuronledger.contracts.usage.NeuronSum;
import io.neuronledger.contracts.value.ServiceName;
import io.neuronledger.contracts.value.WalletAddress;
import io.neuronledger.contracts.view.settlement.PeriodAdjustment;
import io.neuronledger.contracts.view.settlement.PeriodRow;
import io.neuronledger.query.export.CsvWriter;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * A line of the report as a table, for adding up: over all lines of a provider, or of a sub-account, opening + used −
 * settled − writtenOff = closing. An adjustment is a line like any other, of the month that it belongs to, so that what
 * a row of the report has in {@code adjusted} is not said twice.
 *
 * @param period absent where the days of the report are not exactly those of a month
 * @param opening absent in an adjustment; likewise {@code closing}
 * @param unverifiedUsed the part of {@code used} that was charged without unit prices
 */
record ReportLine(Optional<AccountingPeriod> period, WalletAddress provider, Optional<WalletAddress> owner,
    Optional<ServiceName> service, Optional<NeuronSum> opening, NeuronSum used, NeuronSum unverifiedUsed,
    NeuronSum settled, NeuronSum writtenOff, Optional<NeuronSum> closing, long requests, long settlements) {
  private static final List<String> HEADER = List.of("period", "provider", "owner", "service", "opening", "used",
      "unverified_used", "settled", "written_off", "closing", "requests", "settlements");

  /** Streams the rows of a report, and then its adjustments. */
  static void each(PeriodReport.Content content, Consumer<ReportLine> each) {
    content.rows().accept(row -> each.accept(of(content.period(), row)));
    content.adjustments().accept(adjustment -> each.accept(of(adjustment)));
  }

  static ReportLine of(Optional<AccountingPeriod> period, PeriodRow row) {
    return new ReportLine(period, row.provider(), row.owner(), row.service(), Optional.of(row.opening()), row.used(),
        row.unverifiedUsed(), row.settled(), row.writtenOff(), Optional.of(row.closing()), row.requests(),
        row.settlements());
  }

  static ReportLine of(PeriodAdjustment adjustment) {
    return new ReportLine(Optional.of(adjustment.period()), adjustment.provider(), adjustment.owner(),
        adjustment.service(), Optional.empty(), adjustment.used(), adjustment.unverifiedUsed(),
        adjustment.settled(), adjustment.writtenOff(), Optional.empty(), adjustment.requests(),
        adjustment.settlements());
  }

  /** Writes the names of the columns: those that an export makes of this record. */
  static void header(CsvWriter csv) {
    csv.header(HEADER);
  }

  void write(CsvWriter csv) {
    csv.row(period, provider, owner, service, opening, used, unverifiedUsed, settled, writtenOff, closing, requests,
        settlements);
  }
}
