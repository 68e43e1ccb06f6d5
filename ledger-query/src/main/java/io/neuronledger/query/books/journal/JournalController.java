package io.neuronledger.query.books.journal;

import io.neuronledger.contracts.value.WalletAddress;
import io.neuronledger.contracts.view.AsOf;
import io.neuronledger.foundation.problem.ProblemCode;
import io.neuronledger.foundation.problem.Refusal;
import io.neuronledger.query.asof.GlobalReads;
import io.neuronledger.query.asof.OwnerReads;
import io.neuronledger.query.asof.selector.BlockSelector;
import io.neuronledger.query.books.BookEntries;
import io.neuronledger.query.export.Csv;
import io.neuronledger.query.export.Export;
import io.neuronledger.query.export.Exports;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Optional;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** The accounting journal of one owner, and of all. */
@RestController
class JournalController {
  private final OwnerReads ownerReads;
  private final GlobalReads globalReads;
  private final Exports exports;

  JournalController(@Qualifier("exportOwnerReads") OwnerReads ownerReads,
      @Qualifier("exportGlobalReads") GlobalReads globalReads, Exports exports) {
    this.ownerReads = ownerReads;
    this.globalReads = globalReads;
    this.exports = exports;
  }

  @GetMapping(path = "/v1/ledgers/{owner}/journal", produces = MediaType.TEXT_PLAIN_VALUE)
  void ofOwner(@PathVariable WalletAddress owner, BlockSelector selector, HttpServletResponse response) {
    exports.send(response, export -> ownerReads.answer(owner, selector, (at, db) -> {
      Journal journal = begin(export, Optional.of(owner), at.quarantined(), at.asOf());
      BookEntries.of(owner, at, db, journal::add);
      journal.end();
      if (journal.transactions() == 0) {
        throw Refusal.at(at.asOf(), ProblemCode.LEDGER_NOT_FOUND,
            owner + " has no entries up to block " + at.block());
      }
      return journal.transactions();
    }));
  }

  @GetMapping(path = "/v1/reports/journal", produces = MediaType.TEXT_PLAIN_VALUE)
  void ofAll(BlockSelector selector, HttpServletResponse response) {
    exports.send(response, export -> globalReads.answer(selector, (asOf, db) -> {
      Journal journal = begin(export, Optional.empty(), false, asOf);
      BookEntries.ofAll(asOf, db, journal::add);
      journal.end();
      return journal.transactions();
    }));
  }

  private static Journal begin(Export export, Optional<WalletAddress> owner, boolean quarantined, AsOf asOf) {
    String name = owner.map(WalletAddress::checksummed).orElse("all") + "-" + asOf.block() + ".journal";
    export.header(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"" + name + "\"");
    return new Journal(Csv.begin(export, MediaType.TEXT_PLAIN_VALUE, asOf), Journal.title(owner, quarantined), asOf);
  }
}
