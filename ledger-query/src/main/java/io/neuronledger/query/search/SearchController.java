package io.neuronledger.query.search;

import io.neuronledger.contracts.view.directory.SearchAnswer;
import io.neuronledger.query.asof.GlobalReads;
import io.neuronledger.query.asof.selector.BlockSelector;
import io.neuronledger.query.asof.selector.Newest;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** What has this name? */
@RestController
class SearchController {
  private final GlobalReads reads;

  SearchController(GlobalReads reads) {
    this.reads = reads;
  }

  @GetMapping(path = "/v1/search", produces = MediaType.APPLICATION_JSON_VALUE)
  SearchAnswer search(SearchFilter filter, @Newest BlockSelector selector) {
    return reads.answer(selector, (asOf, db) -> new SearchQueries(filter, asOf, db).answer());
  }
}
