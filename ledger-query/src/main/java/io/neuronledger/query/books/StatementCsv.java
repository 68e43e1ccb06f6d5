package io.neuronledger.query.books;

import io.neuronledger.contracts.usage.NeuronSum;
import io.neuronledger.contracts.value.Neuron;
import io.neuronledger.contracts.view.AsOf;
import io.neuronledger.contracts.view.books.StatementAnswer;
import io.neuronledger.query.export.CsvWriter;
import java.io.OutputStream;
import java.util.List;
import java.util.Optional;

/**
 * Writes a statement as CSV, one table for all of it: for each account the amounts of its rows {@code opening} and
 * {@code movement} add up to that of {@code closing}; of usage, {@code unverified_amount} is what was charged of it
 * without unit prices. Amounts are in neuron. A file has no headers, so each row says as of which block it is, at the
 * end of which day it was known where that was asked for, and which request of this API answers its amount, where one
 * does.
 */
final class StatementCsv {
  private static final List<String> HEADER = List.of("row", "account", "provider", "service", "model", "source",
      "requests", "amount", "unverified_amount", "time", "block", "entry", "type", "transaction", "evidence",
      "as_of_block", "as_of_block_hash", "known_at", "verify");
  private static final Optional<String> NONE = Optional.empty();

  private final StatementAnswer statement;
  private final CsvWriter csv;

  private StatementCsv(StatementAnswer statement, OutputStream out) {
    this.statement = statement;
    this.csv = new CsvWriter(out).header(HEADER);
  }

  /** @return the number of rows written */
  static long write(StatementAnswer statement, OutputStream out) {
    return new StatementCsv(statement, out).write();
  }

  private long write() {
    AsOf asOf = statement.asOf();
    statement.accounts().forEach(each -> balance("opening", each, each.opening(), statement.opening()));
    for (StatementAnswer.Movement each : statement.movements()) {
      csv.row("movement", name(each.provider().isPresent()), each.provider(), each.service(), NONE, NONE, NONE,
          new NeuronSum(each.amount().value()), NONE, each.time(), each.block(), each.entry(), each.type(),
          each.transaction(), each.evidence(), asOf.block(), asOf.blockHash(), statement.knownAt(),
          "/v1/entries/" + each.entry());
    }
    statement.accounts().forEach(each -> balance("closing", each, each.closing(), statement.closing()));
    for (StatementAnswer.Usage each : statement.usage()) {
      csv.row("usage", NONE, each.provider(), each.service(), each.model(), each.source().word(), each.requests(),
          each.fees(), each.unverifiedFees(), NONE, NONE, NONE, NONE, NONE, NONE, asOf.block(), asOf.blockHash(),
          statement.knownAt(), StatementQueries.usageOf(statement, each));
    }
    return csv.rows();
  }

  private void balance(String row, StatementAnswer.Account of, Neuron amount, StatementAnswer.Balance at) {
    boolean isSubAccount = of.provider().isPresent();
    Optional<Long> block = at.block().isPresent() ? Optional.of(at.block().getAsLong()) : Optional.empty();
    csv.row(row, name(isSubAccount), of.provider(), of.service(), NONE, NONE, NONE, amount, NONE, NONE, block, NONE,
        NONE, NONE, NONE, statement.asOf().block(), statement.asOf().blockHash(), statement.knownAt(),
        block.map(each -> StatementQueries.balanceAt(statement, isSubAccount, each)));
  }

  private static String name(boolean isSubAccount) {
    return isSubAccount ? "sub-account" : "available";
  }
}
