package io.neuronledger.query.discrepancy;

import io.neuronledger.contracts.view.discrepancy.DiscrepanciesPage;
import io.neuronledger.query.asof.Moment;
import io.neuronledger.query.asof.Newest;
import io.neuronledger.query.asof.OverallAnswers;
import io.neuronledger.query.request.Page;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** What does not agree, and what did people decide about it? */
@RestController
class DiscrepancyController {
  private final OverallAnswers answers;
  private final DiscrepancyQueries queries;

  DiscrepancyController(OverallAnswers answers, SettlementIntervals intervals) {
    this.answers = answers;
    this.queries = new DiscrepancyQueries(intervals);
  }

  @GetMapping(path = "/v1/discrepancies", produces = MediaType.APPLICATION_JSON_VALUE)
  DiscrepanciesPage discrepancies(DiscrepancyFilter filter, Page page, @Newest Moment moment) {
    return answers.answer(moment, (asOf, db) -> queries.page(filter, page, asOf, db));
  }
}
