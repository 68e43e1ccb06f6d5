package io.neuronledger.query.books;

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
      pages.heading("In all, in 0G: opening + adjusted + used - settled - written off = closing");
      row(statement.total(), pages);
      pages.heading("By owner and service");
      for (PeriodRow each : statement.accounts()) {
        pages.line(each.owner().map(WalletAddress::checksummed).orElse("") + " "
            + each.service().map(ServiceName::value).orElse(""));
        row(each, pages);
      }
      pages.heading("Usage by model");
      for (StatementAnswer.Usage each : statement.usage()) {
        pages.line(each.service() + ", " + each.model() + " (" + each.source().word() + "), " + each.requests()
            + " requests, " + each.fees().toZeroG() + " 0G");
      }
      pages.heading("Settlements");
      for (ProviderStatementAnswer.Settlement each : statement.settlements()) {
        pages.line(each.time() + "  block " + each.block() + "  " + each.amount().toZeroG() + " 0G"
            + (each.writtenOff().isZero() ? "" : ", written off " + each.writtenOff().toZeroG()));
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
    pages.line("    opening " + row.opening().toZeroG());
    pages.line("    adjusted " + row.adjusted().toZeroG());
    pages.line("    used " + row.used().toZeroG() + " in " + row.requests() + " requests");
    pages.line("    settled " + row.settled().toZeroG() + " in " + row.settlements() + " settlements");
    pages.line("    written off " + row.writtenOff().toZeroG());
    pages.line("    closing " + row.closing().toZeroG());
  }
}
