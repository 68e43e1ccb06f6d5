package io.neuronledger.query.discrepancy;

import io.neuronledger.contracts.view.discrepancy.DiscrepanciesPage;
import io.neuronledger.foundation.problem.answer.TakesUnit;
import io.neuronledger.query.asof.GlobalReads;
import io.neuronledger.query.asof.selector.BlockSelector;
import io.neuronledger.query.asof.selector.Newest;
import io.neuronledger.query.request.Page;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** Which discrepancies exist, and how were they resolved? */
@RestController
class DiscrepancyController {
  private final GlobalReads reads;
  private final DiscrepancyQueries queries;

  DiscrepancyController(GlobalReads reads, SettlementIntervals intervals) {
    this.reads = reads;
    this.queries = new DiscrepancyQueries(intervals);
  }

  @TakesUnit
  @GetMapping(path = "/v1/discrepancies", produces = MediaType.APPLICATION_JSON_VALUE)
  DiscrepanciesPage discrepancies(DiscrepancyFilter filter, Page page, @Newest BlockSelector selector) {
    return reads.answer(selector, (asOf, db) -> queries.page(filter, page, asOf, db));
  }
}
