package io.neuronledger.query.books;

import io.neuronledger.contracts.usage.NeuronSum;
import io.neuronledger.contracts.value.Hash;
import io.neuronledger.contracts.value.ServiceName;
import io.neuronledger.contracts.value.WalletAddress;
import io.neuronledger.contracts.view.books.StatementAnswer;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Writes a statement as PDF, for people: amounts are in 0G, exactly. The same statement has the same bytes. Text is
 * printable ASCII; other characters of names are percent-encoded.
 */
final class StatementPdf {
  private StatementPdf() {}

  static void write(StatementAnswer statement, OutputStream out) {
    try (PdfPages pages = new PdfPages("Statement of " + statement.owner().checksummed() + ", as of block "
        + statement.asOf().block())) {
      head(statement, pages);
      pages.heading("Accounts");
      for (StatementAnswer.Account each : statement.accounts()) {
        account(each, pages);
      }
      pages.heading("Usage by model");
      for (StatementAnswer.Usage each : statement.usage()) {
        pages.line(each.model() + " (" + each.source().word() + "), " + each.requests() + " requests, "
            + each.fees().toZeroG() + " 0G");
        pages.line("    " + account(Optional.of(each.provider()), Optional.of(each.service())));
      }
      pages.heading("Movements");
      for (StatementAnswer.Movement each : statement.movements()) {
        pages.line(each.time() + "  block " + each.block() + "  " + each.type() + "  " + each.amount().toZeroG()
            + " 0G");
        pages.line("    " + account(each.provider(), each.service()));
        pages.line("    entry " + each.entry() + ", evidence " + each.evidence().orElse("none")
            + each.transaction().map(Hash::value).map(hash -> " " + hash).orElse(""));
      }
      pages.heading("How to verify it");
      pages.line("Each account is opening + movements = closing. These requests answer the same numbers:");
      statement.verify().forEach(each -> pages.line("    GET " + each));
      pages.line("Each transaction is on the chain; ./ledger check --block N compares a block with the contracts.");
      pages.save(out);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void head(StatementAnswer statement, PdfPages pages) {
    pages.title("Statement");
    pages.line("Owner: " + statement.owner().checksummed());
    pages.line("Period, UTC: " + statement.startDate().map(LocalDate::toString).orElse("the first block") + " to "
        + statement.endDate().map(LocalDate::toString).orElse("the block below"));
    pages.line("Known up to block " + statement.asOf().block() + ", " + statement.asOf().blockTime()
        + (statement.asOf().finalized() ? ", final" : ", not final"));
    pages.line("    " + statement.asOf().blockHash());
    if (statement.quarantined()) {
      pages.line("The ledger is in quarantine: what happened since is not in here.");
    }
    pages.line("Opening, " + block(statement.opening().block()) + ": " + statement.opening().total().toZeroG() + " 0G");
    pages.line("Closing, " + block(statement.closing().block()) + ": " + statement.closing().total().toZeroG() + " 0G");
  }

  private static void account(StatementAnswer.Account of, PdfPages pages) {
    pages.line(account(of.provider(), of.service()));
    pages.line("    opening " + of.opening().toZeroG());
    List<String> moved = new ArrayList<>();
    add("deposited", of.deposited(), moved);
    add("withdrawn", of.withdrawn(), moved);
    add("transferred", of.transferred(), moved);
    add("refunded", of.refunded(), moved);
    add("settled", of.settled(), moved);
    add("adjusted", of.adjusted(), moved);
    moved.forEach(pages::line);
    pages.line("    closing " + of.closing().toZeroG()
        + (of.pendingRefund().isZero() ? "" : ", of which asked back " + of.pendingRefund().toZeroG()));
    if (of.writtenOff().sign() != 0) {
      pages.line("    written off " + of.writtenOff().toZeroG());
    }
  }

  private static void add(String name, NeuronSum amount, List<String> lines) {
    if (amount.sign() != 0) {
      lines.add("    " + name + " " + amount.toZeroG());
    }
  }

  private static String account(Optional<WalletAddress> provider, Optional<ServiceName> service) {
    return provider.map(address -> address.checksummed() + " " + service.map(ServiceName::value).orElse(""))
        .orElse("available");
  }

  private static String block(OptionalLong block) {
    return block.isPresent() ? "block " + block.getAsLong() : "before the first block";
  }
}
