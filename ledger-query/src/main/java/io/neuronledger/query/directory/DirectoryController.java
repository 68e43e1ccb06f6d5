package io.neuronledger.query.directory;

import io.neuronledger.contracts.view.LedgersPage;
import io.neuronledger.query.asof.GlobalReads;
import io.neuronledger.query.asof.selector.BlockSelector;
import io.neuronledger.query.request.Page;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** Which owners have a ledger? */
@RestController
class DirectoryController {
  private final GlobalReads reads;
  private final DirectoryQueries queries = new DirectoryQueries();

  DirectoryController(GlobalReads reads) {
    this.reads = reads;
  }

  @GetMapping(path = "/v1/ledgers", produces = MediaType.APPLICATION_JSON_VALUE)
  LedgersPage ledgers(Page page, BlockSelector selector) {
    return reads.answer(selector, (asOf, db) -> queries.page(page, asOf, db));
  }
}
