package io.neuronledger.query.settlement;

import io.neuronledger.contracts.usage.SettlementId;
import io.neuronledger.contracts.value.WalletAddress;
import io.neuronledger.contracts.view.export.ExportView;
import io.neuronledger.contracts.view.settlement.SettlementAnswer;
import io.neuronledger.contracts.view.settlement.SettlementView;
import io.neuronledger.contracts.view.settlement.SettlementsPage;
import io.neuronledger.contracts.view.usage.UsageEntry;
import io.neuronledger.foundation.problem.answer.TakesUnit;
import io.neuronledger.query.asof.GlobalReads;
import io.neuronledger.query.asof.OwnerReads;
import io.neuronledger.query.asof.selector.BlockSelector;
import io.neuronledger.query.asof.selector.Newest;
import io.neuronledger.query.export.job.ExportJobs;
import io.neuronledger.query.export.job.ExportRequest;
import io.neuronledger.query.export.job.ExportedPage;
import io.neuronledger.query.request.Page;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Which requests does a settlement cover? */
@RestController
@RequestMapping(path = "/v1", produces = MediaType.APPLICATION_JSON_VALUE)
class SettlementController {
  private final GlobalReads globalReads;
  private final OwnerReads ownerReads;
  private final SettlementQueries settlements;
  private final ExportJobs exportJobs;

  SettlementController(GlobalReads globalReads, OwnerReads ownerReads, ExportJobs exportJobs) {
    this.globalReads = globalReads;
    this.ownerReads = ownerReads;
    this.settlements = new SettlementQueries();
    this.exportJobs = exportJobs;
  }

  @TakesUnit
  @GetMapping("/settlements")
  SettlementsPage settlements(SettlementFilter filter, Page page, BlockSelector selector) {
    return globalReads.answer(selector, (asOf, db) -> settlements.page(filter, page, asOf, db));
  }

  @TakesUnit
  @GetMapping("/settlements/{id}")
  SettlementAnswer settlement(@PathVariable SettlementId id, Page page, @Newest BlockSelector selector) {
    WalletAddress owner = ownerOf(id, selector);
    return ownerReads.answer(owner, selector, (at, db) -> settlements.one(owner, id, page, at, db));
  }

  @TakesUnit
  @PostMapping("/settlements/exports")
  ResponseEntity<ExportView> exportSettlements(SettlementFilter filter, BlockSelector selector, ExportRequest wanted) {
    return exportJobs.begin(wanted, SettlementView.class, selector, (page, asOf, db) -> {
      var read = settlements.page(filter, page, asOf, db);
      return new ExportedPage<>(read.settlements(), read.nextCursor());
    });
  }

  @TakesUnit
  @PostMapping("/settlements/{id}/exports")
  ResponseEntity<ExportView> exportSettlement(@PathVariable SettlementId id,
      @Newest BlockSelector selector, ExportRequest wanted) {
    WalletAddress owner = ownerOf(id, selector);
    return exportJobs.begin(wanted, UsageEntry.class, owner, selector, (page, at, db) -> {
      var read = settlements.one(owner, id, page, at, db);
      return new ExportedPage<>(read.matchedRequests(), read.nextCursor());
    });
  }

  /** The owner of a known settlement is read at once; only an unknown id waits for all partitions. */
  private WalletAddress ownerOf(SettlementId id, BlockSelector selector) {
    return globalReads.now(db -> settlements.ownerOf(id, db))
        .orElseGet(() -> globalReads.answer(selector, (asOf, db) -> settlements.requireOwnerOf(id, asOf, db)));
  }
}
