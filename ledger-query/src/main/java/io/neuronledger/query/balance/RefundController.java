package io.neuronledger.query.balance;

import io.neuronledger.contracts.view.RefundsPage;
import io.neuronledger.foundation.problem.answer.TakesUnit;
import io.neuronledger.query.asof.GlobalReads;
import io.neuronledger.query.asof.selector.BlockSelector;
import io.neuronledger.query.request.Page;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.json.JsonMapper;

/** Which refunds are active, and which are claimable now? */
@RestController
class RefundController {
  private final GlobalReads reads;
  private final RefundQueries queries;

  RefundController(GlobalReads reads, JsonMapper json) {
    this.reads = reads;
    this.queries = new RefundQueries(json);
  }

  @TakesUnit
  @GetMapping(path = "/v1/refunds", produces = MediaType.APPLICATION_JSON_VALUE)
  RefundsPage refunds(RefundFilter filter, Page page, BlockSelector selector) {
    return reads.answer(selector, (asOf, db) -> queries.page(filter, page, asOf, db));
  }
}
