package io.neuronledger.query.books;

import io.neuronledger.contracts.usage.NeuronSum;
import io.neuronledger.contracts.view.AsOf;
import io.neuronledger.contracts.view.books.ProviderStatementAnswer;
import io.neuronledger.contracts.view.books.StatementAnswer;
import io.neuronledger.contracts.view.settlement.PeriodRow;
import io.neuronledger.query.export.CsvWriter;
import java.io.OutputStream;
import java.util.List;
import java.util.Optional;

/**
 * Writes a provider's statement as CSV, one table for all of it. For each owner and service {@code closing} is {@code
 * opening} + {@code adjusted} + {@code used}, less what its rows {@code settlement} took and wrote off; of {@code
 * used} and of usage, {@code unverified_amount} is what was charged without unit prices. Amounts are in neuron. A file
 * has no headers, so each row says as of which block it is, at the end of which day it was known where that was asked
 * for, and which request of this API answers its amount, where one does.
 */
final class ProviderCsv {
  private static final List<String> HEADER = List.of("row", "owner", "service", "model", "source", "requests", "amount",
      "unverified_amount", "asked", "written_off", "time", "block", "settlement", "transaction", "as_of_block",
      "as_of_block_hash", "known_at", "verify");
  private static final Optional<String> NONE = Optional.empty();

  private final ProviderStatementAnswer statement;
  private final AsOf asOf;
  private final CsvWriter csv;

  private ProviderCsv(ProviderStatementAnswer statement, OutputStream out) {
    this.statement = statement;
    this.asOf = statement.asOf();
    this.csv = new CsvWriter(out).header(HEADER);
  }

  /** @return the number of rows written */
  static long write(ProviderStatementAnswer statement, OutputStream out) {
    return new ProviderCsv(statement, out).write();
  }

  private long write() {
    for (PeriodRow each : statement.accounts()) {
      account("opening", each, each.opening(), Optional.empty(), Optional.empty());
      account("adjusted", each, each.adjusted(), Optional.empty(), Optional.empty());
      account("used", each, each.used(), Optional.of(each.unverifiedUsed()), Optional.of(each.requests()));
    }
    for (ProviderStatementAnswer.Settlement each : statement.settlements()) {
      csv.row("settlement", each.owner(), each.service(), NONE, NONE, NONE, each.amount(), NONE,
          each.asked(), each.writtenOff(), each.time(), each.block(), each.id(), each.transaction(), asOf.block(),
          asOf.blockHash(), statement.knownAt(), "/v1/settlements/" + each.id());
    }
    for (PeriodRow each : statement.accounts()) {
      account("closing", each, each.closing(), Optional.empty(), Optional.empty());
    }
    for (StatementAnswer.Usage each : statement.usage()) {
      csv.row("usage", NONE, each.service(), each.model(), each.source().word(), each.requests(), each.fees(),
          each.unverifiedFees(), NONE, NONE, NONE, NONE, NONE, NONE, asOf.block(), asOf.blockHash(),
          statement.knownAt(), NONE);
    }
    return csv.rows();
  }

  private void account(String row, PeriodRow of, NeuronSum amount, Optional<NeuronSum> unverified,
      Optional<Long> requests) {
    csv.row(row, of.owner(), of.service(), NONE, NONE, requests, amount, unverified, NONE, NONE, NONE, NONE, NONE, NONE,
        asOf.block(), asOf.blockHash(), statement.knownAt(), statement.verify().getFirst());
  }
}
