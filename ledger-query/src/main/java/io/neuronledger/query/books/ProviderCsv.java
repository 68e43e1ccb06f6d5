package io.neuronledger.query.books;

import io.neuronledger.contracts.view.books.ProviderStatementAnswer;
import io.neuronledger.contracts.view.books.StatementAnswer;
import io.neuronledger.contracts.view.settlement.PeriodRow;
import io.neuronledger.query.export.CsvWriter;
import java.io.OutputStream;
import java.util.List;
import java.util.Optional;

/**
 * Writes a provider's statement as CSV, one table for all of it. For each owner and service {@code closing} is {@code
 * opening} + {@code adjusted} + {@code used}, less what its rows {@code settlement} took and wrote off. Amounts are in
 * neuron.
 */
final class ProviderCsv {
  private static final List<String> HEADER = List.of("row", "owner", "service", "model", "source", "requests", "amount",
      "asked", "written_off", "time", "block", "settlement", "transaction");
  private static final Optional<String> NONE = Optional.empty();

  private ProviderCsv() {}

  static void write(ProviderStatementAnswer statement, OutputStream out) {
    CsvWriter csv = new CsvWriter(out).header(HEADER);
    for (PeriodRow each : statement.accounts()) {
      csv.row("opening", each.owner(), each.service(), NONE, NONE, NONE, each.opening(), NONE, NONE, NONE, NONE, NONE,
          NONE);
      csv.row("adjusted", each.owner(), each.service(), NONE, NONE, NONE, each.adjusted(), NONE, NONE, NONE, NONE, NONE,
          NONE);
      csv.row("used", each.owner(), each.service(), NONE, NONE, each.requests(), each.used(), NONE, NONE, NONE, NONE,
          NONE, NONE);
    }
    for (ProviderStatementAnswer.Settlement each : statement.settlements()) {
      csv.row("settlement", each.owner(), each.service(), NONE, NONE, NONE, each.amount(), each.asked(),
          each.writtenOff(), each.time(), each.block(), each.id(), each.transaction());
    }
    for (PeriodRow each : statement.accounts()) {
      csv.row("closing", each.owner(), each.service(), NONE, NONE, NONE, each.closing(), NONE, NONE, NONE, NONE, NONE,
          NONE);
    }
    for (StatementAnswer.Usage each : statement.usage()) {
      csv.row("usage", NONE, each.service(), each.model(), each.source().word(), each.requests(), each.fees(), NONE,
          NONE, NONE, NONE, NONE, NONE);
    }
    csv.trailer();
  }
}
