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
      pages.heading("Accounts, in 0G: opening + movements = closing");
      for (StatementAnswer.Account each : statement.accounts()) {
        account(each, pages);
      }
      pages.heading("Usage by model, in 0G");
      pages.none(statement.usage().isEmpty());
      for (StatementAnswer.Usage each : statement.usage()) {
        pages.line(each.model() + " (" + each.source().word() + ")");
        pages.line("    " + account(Optional.of(each.provider()), Optional.of(each.service())));
        pages.usage(each);
      }
      pages.heading("Movements, in 0G");
      pages.none(statement.movements().isEmpty());
      for (StatementAnswer.Movement each : statement.movements()) {
        pages.event(each.time() + "  block " + each.block() + "  " + each.type(),
            new NeuronSum(each.amount().value()));
        pages.line("    " + account(each.provider(), each.service()));
        pages.line("    entry " + each.entry() + ", evidence " + each.evidence().orElse("none")
            + each.transaction().map(Hash::value).map(hash -> " " + hash).orElse(""));
      }
      pages.heading("How to verify it");
      pages.line(statement.knownAt().isPresent() ? "This request answers every entry, with when it was recorded:"
          : "These requests answer the same numbers:");
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
    statement.knownAt().ifPresent(day -> pages.line(knownAt(day)));
    if (statement.quarantined()) {
      pages.line("The ledger is in quarantine: what happened since is not in here.");
    }
    pages.heading("In all, in 0G");
    total("opening", statement.opening(), pages);
    total("closing", statement.closing(), pages);
  }

  private static void total(String name, StatementAnswer.Balance balance, PdfPages pages) {
    pages.amount(name, NeuronSum.of(balance.total()), "  " + block(balance.block()));
  }

  private static void account(StatementAnswer.Account of, PdfPages pages) {
    pages.line(account(of.provider(), of.service()));
    pages.amount("opening", NeuronSum.of(of.opening()), "");
    moved("deposited", of.deposited(), pages);
    moved("withdrawn", of.withdrawn(), pages);
    moved("transferred", of.transferred(), pages);
    moved("refunded", of.refunded(), pages);
    moved("settled", of.settled(), pages);
    moved("adjusted", of.adjusted(), pages);
    pages.amount("closing", NeuronSum.of(of.closing()), "");
    moved("of which asked back", NeuronSum.of(of.pendingRefund()), pages);
    moved("written off", of.writtenOff(), pages);
  }

  private static void moved(String name, NeuronSum amount, PdfPages pages) {
    if (amount.sign() != 0) {
      pages.amount(name, amount, "");
    }
  }

  static String knownAt(LocalDate day) {
    return "As it was known at the end of " + day + ", UTC";
  }

  private static String account(Optional<WalletAddress> provider, Optional<ServiceName> service) {
    return provider.map(address -> address.checksummed() + " " + service.map(ServiceName::value).orElse(""))
        .orElse("available");
  }

  private static String block(OptionalLong block) {
    return block.isPresent() ? "block " + block.getAsLong() : "before the first block";
  }
}
