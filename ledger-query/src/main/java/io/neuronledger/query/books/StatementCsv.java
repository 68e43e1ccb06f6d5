package io.neuronledger.query.books;

import io.neuronledger.contracts.usage.NeuronSum;
import io.neuronledger.contracts.value.Neuron;
import io.neuronledger.contracts.view.books.StatementAnswer;
import io.neuronledger.query.export.CsvWriter;
import java.io.OutputStream;
import java.util.List;
import java.util.Optional;

/**
 * Writes a statement as CSV, one table for all of it: for each account the amounts of its rows {@code opening} and
 * {@code movement} add up to that of {@code closing}. Amounts are in neuron.
 */
final class StatementCsv {
  private static final List<String> HEADER = List.of("row", "account", "provider", "service", "model", "source",
      "requests", "amount", "time", "block", "entry", "type", "transaction", "evidence");
  private static final Optional<String> NONE = Optional.empty();

  private StatementCsv() {}

  static void write(StatementAnswer statement, OutputStream out) {
    CsvWriter csv = new CsvWriter(out).header(HEADER);
    statement.accounts().forEach(each -> balance(csv, "opening", each, each.opening(), statement.opening()));
    for (StatementAnswer.Movement each : statement.movements()) {
      csv.row("movement", name(each.provider().isPresent()), each.provider(), each.service(), NONE, NONE, NONE,
          new NeuronSum(each.amount().value()), each.time(), each.block(), each.entry(), each.type(),
          each.transaction(), each.evidence());
    }
    statement.accounts().forEach(each -> balance(csv, "closing", each, each.closing(), statement.closing()));
    for (StatementAnswer.Usage each : statement.usage()) {
      csv.row("usage", NONE, each.provider(), each.service(), each.model(), each.source().word(), each.requests(),
          each.fees(), NONE, NONE, NONE, NONE, NONE, NONE);
    }
    csv.trailer();
  }

  private static void balance(CsvWriter csv, String row, StatementAnswer.Account of, Neuron amount,
      StatementAnswer.Balance at) {
    Optional<Long> block = at.block().isPresent() ? Optional.of(at.block().getAsLong()) : Optional.empty();
    csv.row(row, name(of.provider().isPresent()), of.provider(), of.service(), NONE, NONE, NONE, amount, NONE, block,
        NONE, NONE, NONE, NONE);
  }

  private static String name(boolean isSubAccount) {
    return isSubAccount ? "sub-account" : "available";
  }
}
