package io.neuronledger.query.discrepancy;

import io.neuronledger.contracts.view.discrepancy.DiscrepanciesPage;
import io.neuronledger.query.asof.BlockSelector;
import io.neuronledger.query.asof.GlobalReads;
import io.neuronledger.query.asof.Newest;
import io.neuronledger.query.request.Page;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** What does not agree, and what did people decide about it? */
@RestController
class DiscrepancyController {
  private final GlobalReads answers;
  private final DiscrepancyQueries queries;

  DiscrepancyController(GlobalReads answers, SettlementIntervals intervals) {
    this.answers = answers;
    this.queries = new DiscrepancyQueries(intervals);
  }

  @GetMapping(path = "/v1/discrepancies", produces = MediaType.APPLICATION_JSON_VALUE)
  DiscrepanciesPage discrepancies(DiscrepancyFilter filter, Page page, @Newest BlockSelector moment) {
    return answers.answer(moment, (asOf, db) -> queries.page(filter, page, asOf, db));
  }
}
