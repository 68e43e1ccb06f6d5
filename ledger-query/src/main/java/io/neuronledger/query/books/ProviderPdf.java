package io.neuronledger.query.books;

import io.neuronledger.contracts.usage.NeuronSum;
import io.neuronledger.contracts.value.Hash;
import io.neuronledger.contracts.value.ServiceName;
import io.neuronledger.contracts.value.WalletAddress;
import io.neuronledger.contracts.view.books.ProviderStatementAnswer;
import io.neuronledger.contracts.view.books.StatementAnswer;
import io.neuronledger.contracts.view.settlement.PeriodRow;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.time.LocalDate;

/** Writes a provider's statement as PDF, in the way of {@link StatementPdf}. */
final class ProviderPdf {
  private ProviderPdf() {}

  static void write(ProviderStatementAnswer statement, OutputStream out) {
    try (PdfPages pages = new PdfPages("Statement of " + statement.provider().checksummed() + ", as of block "
        + statement.asOf().block())) {
      pages.title("Statement of a provider");
      pages.line("Provider: " + statement.provider().checksummed());
      pages.line("Period, UTC: " + statement.startDate().map(LocalDate::toString).orElse("the first block") + " to "
          + statement.endDate().map(LocalDate::toString).orElse("the block below"));
      pages.line("Known up to block " + statement.asOf().block() + ", " + statement.asOf().blockTime()
          + (statement.asOf().finalized() ? ", final" : ", not final"));
      pages.line("    " + statement.asOf().blockHash());
      statement.knownAt().ifPresent(day -> pages.line(StatementPdf.knownAt(day)));
      pages.heading("In all, in 0G: opening + adjusted + used - settled - written off = closing");
      row(statement.total(), pages);
      pages.heading("By owner and service, in 0G");
      pages.none(statement.accounts().isEmpty());
      for (PeriodRow each : statement.accounts()) {
        pages.line(each.owner().map(WalletAddress::checksummed).orElse("") + " "
            + each.service().map(ServiceName::value).orElse(""));
        row(each, pages);
      }
      pages.heading("Usage by model, in 0G");
      pages.none(statement.usage().isEmpty());
      for (StatementAnswer.Usage each : statement.usage()) {
        pages.line(each.service() + ", " + each.model() + " (" + each.source().word() + ")");
        pages.usage(each);
      }
      pages.heading("Settlements, in 0G");
      pages.none(statement.settlements().isEmpty());
      for (ProviderStatementAnswer.Settlement each : statement.settlements()) {
        pages.event(each.time() + "  block " + each.block() + "  settled", NeuronSum.of(each.amount()));
        if (!each.writtenOff().isZero()) {
          pages.event("    written off", NeuronSum.of(each.writtenOff()));
        }
        pages.line("    " + each.owner().checksummed() + " " + each.service());
        pages.line("    settlement " + each.id() + each.transaction().map(Hash::value).map(hash -> " " + hash)
            .orElse(""));
      }
      pages.heading("How to verify it");
      pages.line("These requests answer the same numbers, and each transaction is on the chain:");
      statement.verify().forEach(each -> pages.line("    GET " + each));
      pages.save(out);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void row(PeriodRow row, PdfPages pages) {
    pages.amount("opening", row.opening(), "");
    pages.amount("adjusted", row.adjusted(), "");
    pages.amount("used", row.used(), "  requests: " + row.requests());
    pages.unverified(row.unverifiedUsed());
    pages.amount("settled", row.settled(), "  settlements: " + row.settlements());
    pages.amount("written off", row.writtenOff(), "");
    pages.amount("closing", row.closing(), "");
  }
}
