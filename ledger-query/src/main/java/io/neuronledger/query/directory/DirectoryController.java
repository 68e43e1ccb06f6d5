package io.neuronledger.query.directory;

import io.neuronledger.contracts.view.LedgersPage;
import io.neuronledger.contracts.view.directory.ProvidersPage;
import io.neuronledger.contracts.view.directory.ServicesPage;
import io.neuronledger.contracts.view.export.ExportView;
import io.neuronledger.foundation.problem.answer.TakesUnit;
import io.neuronledger.query.asof.GlobalReads;
import io.neuronledger.query.asof.selector.BlockSelector;
import io.neuronledger.query.asof.selector.Newest;
import io.neuronledger.query.export.job.ExportJobs;
import io.neuronledger.query.export.job.ExportRequest;
import io.neuronledger.query.export.job.ExportedPage;
import io.neuronledger.query.request.Page;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** Which owners, providers and services are there? */
@RestController
class DirectoryController {
  private final GlobalReads reads;
  private final ExportJobs exportJobs;
  private final DirectoryQueries queries = new DirectoryQueries();

  DirectoryController(GlobalReads reads, ExportJobs exportJobs) {
    this.reads = reads;
    this.exportJobs = exportJobs;
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

  @TakesUnit
  @PostMapping(path = "/v1/ledgers/exports", produces = MediaType.APPLICATION_JSON_VALUE)
  ResponseEntity<ExportView> exportLedgers(LedgersFilter filter, BlockSelector selector, ExportRequest wanted) {
    return exportJobs.begin(wanted, LedgersPage.Line.class, selector, (page, asOf, db) -> {
      var read = queries.page(filter, page, asOf, selector.isPast(), db);
      return new ExportedPage<>(read.ledgers(), read.nextCursor());
    });
  }

  @PostMapping(path = "/v1/providers/exports", produces = MediaType.APPLICATION_JSON_VALUE)
  ResponseEntity<ExportView> exportProviders(@Newest BlockSelector selector, ExportRequest wanted) {
    return exportJobs.begin(wanted, ProvidersPage.Line.class, selector, (page, asOf, db) -> {
      var read = NamesQueries.providers(page, asOf, db);
      return new ExportedPage<>(read.providers(), read.nextCursor());
    });
  }

  @PostMapping(path = "/v1/services/exports", produces = MediaType.APPLICATION_JSON_VALUE)
  ResponseEntity<ExportView> exportServices(@Newest BlockSelector selector, ExportRequest wanted) {
    return exportJobs.begin(wanted, ServicesPage.Line.class, selector, (page, asOf, db) -> {
      var read = NamesQueries.services(page, asOf, db);
      return new ExportedPage<>(read.services(), read.nextCursor());
    });
  }
}
