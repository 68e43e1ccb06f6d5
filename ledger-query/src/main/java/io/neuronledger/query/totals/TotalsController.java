package io.neuronledger.query.totals;

import io.neuronledger.contracts.view.directory.TotalsAnswer;
import io.neuronledger.foundation.problem.answer.TakesUnit;
import io.neuronledger.query.asof.GlobalReads;
import io.neuronledger.query.asof.selector.BlockSelector;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** What is held, owed and settled? */
@RestController
class TotalsController {
  private final GlobalReads reads;

  TotalsController(GlobalReads reads) {
    this.reads = reads;
  }

  @TakesUnit
  @GetMapping(path = "/v1/totals", produces = MediaType.APPLICATION_JSON_VALUE)
  TotalsAnswer totals(TotalsFilter filter, BlockSelector selector) {
    return reads.answer(selector, (asOf, db) -> TotalsQueries.totals(filter.period(), asOf, db));
  }
}
