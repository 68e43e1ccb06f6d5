package io.neuronledger.query.directory;

import io.neuronledger.contracts.view.LedgersPage;
import io.neuronledger.contracts.view.directory.ModelsPage;
import io.neuronledger.contracts.view.directory.ProvidersPage;
import io.neuronledger.contracts.view.directory.ServicesPage;
import io.neuronledger.foundation.problem.answer.TakesUnit;
import io.neuronledger.query.asof.GlobalReads;
import io.neuronledger.query.asof.selector.BlockSelector;
import io.neuronledger.query.asof.selector.Newest;
import io.neuronledger.query.request.Page;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** Which owners, providers, services and models are there? */
@RestController
class DirectoryController {
  private final GlobalReads reads;
  private final DirectoryQueries queries = new DirectoryQueries();

  DirectoryController(GlobalReads reads) {
    this.reads = reads;
  }

  @TakesUnit
  @GetMapping(path = "/v1/ledgers", produces = MediaType.APPLICATION_JSON_VALUE)
  LedgersPage ledgers(LedgersFilter filter, Page page, BlockSelector selector) {
    return reads.answer(selector, (asOf, db) -> queries.page(filter, page, asOf, selector.isPast(), db));
  }

  @GetMapping(path = "/v1/providers", produces = MediaType.APPLICATION_JSON_VALUE)
  ProvidersPage providers(Page page, @Newest BlockSelector selector) {
    return reads.answer(selector, (asOf, db) -> NamesQueries.providers(page, asOf, db));
  }

  @GetMapping(path = "/v1/services", produces = MediaType.APPLICATION_JSON_VALUE)
  ServicesPage services(Page page, @Newest BlockSelector selector) {
    return reads.answer(selector, (asOf, db) -> NamesQueries.services(page, asOf, db));
  }

  @GetMapping(path = "/v1/models", produces = MediaType.APPLICATION_JSON_VALUE)
  ModelsPage models(Page page, @Newest BlockSelector selector) {
    return reads.answer(selector, (asOf, db) -> NamesQueries.models(page, asOf, db));
  }
}
