package io.neuronledger.query.audit;

import io.neuronledger.contracts.value.Hash;
import io.neuronledger.contracts.value.WalletAddress;
import io.neuronledger.contracts.view.AsOf;
import io.neuronledger.contracts.view.entry.EntriesPage;
import io.neuronledger.contracts.view.entry.EntryAnswer;
import io.neuronledger.contracts.view.entry.EntryId;
import io.neuronledger.contracts.view.entry.EntryView;
import io.neuronledger.contracts.view.entry.OwnedEntriesPage;
import io.neuronledger.contracts.view.export.ExportView;
import io.neuronledger.foundation.problem.answer.TakesUnit;
import io.neuronledger.query.asof.GlobalReads;
import io.neuronledger.query.asof.OwnerReads;
import io.neuronledger.query.asof.selector.BlockSelector;
import io.neuronledger.query.asof.selector.BlockSelectorResolver;
import io.neuronledger.query.asof.selector.Newest;
import io.neuronledger.query.audit.journal.EntryFilter;
import io.neuronledger.query.export.job.ExportJobs;
import io.neuronledger.query.export.job.ExportRequest;
import io.neuronledger.query.export.job.ExportedPage;
import io.neuronledger.query.request.Page;
import java.util.Optional;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.json.JsonMapper;

/** Which entries changed an owner's balances, and what caused them? */
@RestController
@RequestMapping(path = "/v1", produces = MediaType.APPLICATION_JSON_VALUE)
class EntryController {
  private final OwnerReads ownerReads;
  private final GlobalReads globalReads;
  private final EntryQueries journal;
  private final EntryCauses causes;
  private final OwnedEntries owned;
  private final ExportJobs exportJobs;

  EntryController(OwnerReads ownerReads, GlobalReads globalReads, JsonMapper json, ExportJobs exportJobs) {
    this.ownerReads = ownerReads;
    this.globalReads = globalReads;
    this.journal = new EntryQueries(json);
    this.causes = new EntryCauses(json);
    this.owned = new OwnedEntries(json);
    this.exportJobs = exportJobs;
  }

  @TakesUnit
  @GetMapping("/ledgers/{owner}/entries")
  EntriesPage entries(@PathVariable WalletAddress owner, EntryFilter filter, EntryOrder order, Page page,
      @Newest BlockSelector selector) {
    return ownerReads.answer(owner, selector, (at, db) -> journal.page(owner, filter, order, page, at, db));
  }

  /** @param owner whose entry it must be; callers who read one ledger only name it */
  @TakesUnit
  @GetMapping("/entries/{entry}")
  EntryAnswer entry(@PathVariable EntryId entry, @RequestParam Optional<WalletAddress> owner, Page page,
      @Newest BlockSelector selector) {
    if (owner.isPresent()) {
      return ownerReads.answer(owner.get(), selector, (at, db) -> causes.one(owner.get(), entry, page, at, db)
          .orElseThrow(() -> EntryCauses.notFound(entry, at.asOf())));
    }
    // The owner of a known entry is read at once; an id that is unknown, or not shown yet, waits for all partitions.
    return shown(entry, page, selector).orElseGet(() -> {
      AsOf asOf = globalReads.answer(selector, (newest, _) -> newest);
      return shown(entry, page, selector).orElseThrow(() -> EntryCauses.notFound(entry, asOf));
    });
  }

  private Optional<EntryAnswer> shown(EntryId entry, Page page, BlockSelector selector) {
    return globalReads.now(db -> causes.ownerOf(entry, db)).flatMap(owner ->
        ownerReads.answer(owner, selector, (at, db) -> causes.one(owner, entry, page, at, db)));
  }

  @TakesUnit
  @GetMapping("/transactions/{hash}/entries")
  OwnedEntriesPage ofTransaction(@PathVariable Hash hash, Page page, @Newest BlockSelector selector) {
    return globalReads.answer(selector, (asOf, db) -> owned.ofTransaction(hash, page, asOf, db));
  }

  @TakesUnit
  @GetMapping("/blocks/{number}/entries")
  OwnedEntriesPage ofBlock(@PathVariable String number, Page page, @Newest BlockSelector selector) {
    long block = BlockSelectorResolver.block("number", number);
    return globalReads.answer(selector, (asOf, db) -> owned.ofBlock(block, page, asOf, db));
  }

  @TakesUnit
  @PostMapping("/ledgers/{owner}/entries/exports")
  ResponseEntity<ExportView> exportEntries(@PathVariable WalletAddress owner, EntryFilter filter,
      @Newest BlockSelector selector, ExportRequest wanted) {
    return exportJobs.begin(wanted, EntryView.class, owner, selector, (page, at, db) -> {
      var read = journal.page(owner, filter, EntryOrder.NEWEST_FIRST, page, at, db);
      return new ExportedPage<>(read.entries(), read.nextCursor());
    });
  }

  @TakesUnit
  @PostMapping("/transactions/{hash}/entries/exports")
  ResponseEntity<ExportView> exportOfTransaction(@PathVariable Hash hash,
      @Newest BlockSelector selector, ExportRequest wanted) {
    return exportJobs.begin(wanted, OwnedEntriesPage.Line.class, selector, (page, asOf, db) -> {
      var read = owned.ofTransaction(hash, page, asOf, db);
      return new ExportedPage<>(read.entries(), read.nextCursor());
    });
  }

  @TakesUnit
  @PostMapping("/blocks/{number}/entries/exports")
  ResponseEntity<ExportView> exportOfBlock(@PathVariable String number,
      @Newest BlockSelector selector, ExportRequest wanted) {
    long block = BlockSelectorResolver.block("number", number);
    return exportJobs.begin(wanted, OwnedEntriesPage.Line.class, selector, (page, asOf, db) -> {
      var read = owned.ofBlock(block, page, asOf, db);
      return new ExportedPage<>(read.entries(), read.nextCursor());
    });
  }
}
