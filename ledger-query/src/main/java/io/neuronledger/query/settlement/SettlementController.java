package io.neuronledger.query.settlement;

import io.neuronledger.contracts.usage.SettlementId;
import io.neuronledger.contracts.value.WalletAddress;
import io.neuronledger.contracts.view.settlement.SettlementAnswer;
import io.neuronledger.contracts.view.settlement.SettlementsPage;
import io.neuronledger.foundation.problem.answer.TakesUnit;
import io.neuronledger.query.asof.GlobalReads;
import io.neuronledger.query.asof.OwnerReads;
import io.neuronledger.query.asof.selector.BlockSelector;
import io.neuronledger.query.asof.selector.Newest;
import io.neuronledger.query.request.Page;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Which requests does a settlement cover? */
@RestController
@RequestMapping(path = "/v1", produces = MediaType.APPLICATION_JSON_VALUE)
class SettlementController {
  private final GlobalReads globalReads;
  private final OwnerReads ownerReads;
  private final SettlementQueries settlements;

  SettlementController(GlobalReads globalReads, OwnerReads ownerReads) {
    this.globalReads = globalReads;
    this.ownerReads = ownerReads;
    this.settlements = new SettlementQueries();
  }

  @TakesUnit
  @GetMapping("/settlements")
  SettlementsPage settlements(SettlementFilter filter, Page page, BlockSelector selector) {
    return globalReads.answer(selector, (asOf, db) -> settlements.page(filter, page, asOf, db));
  }

  @TakesUnit
  @GetMapping("/settlements/{id}")
  SettlementAnswer settlement(@PathVariable SettlementId id, Page page, @Newest BlockSelector selector) {
    // The owner of a known settlement is read at once; only an unknown id waits for all partitions.
    WalletAddress owner = globalReads.now(db -> settlements.ownerOf(id, db))
        .orElseGet(() -> globalReads.answer(selector, (asOf, db) -> settlements.requireOwnerOf(id, asOf, db)));
    return ownerReads.answer(owner, selector, (at, db) -> settlements.one(owner, id, page, at, db));
  }
}
