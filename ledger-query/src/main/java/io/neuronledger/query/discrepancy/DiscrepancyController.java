package io.neuronledger.query.discrepancy;

import io.neuronledger.contracts.view.discrepancy.DiscrepanciesPage;
import io.neuronledger.contracts.view.discrepancy.DiscrepancyView;
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

/** Which discrepancies exist, and how were they resolved? */
@RestController
class DiscrepancyController {
  private final GlobalReads reads;
  private final DiscrepancyQueries queries;
  private final ExportJobs exportJobs;

  DiscrepancyController(GlobalReads reads, SettlementIntervals intervals, ExportJobs exportJobs) {
    this.reads = reads;
    this.queries = new DiscrepancyQueries(intervals);
    this.exportJobs = exportJobs;
  }

  @TakesUnit
  @GetMapping(path = "/v1/discrepancies", produces = MediaType.APPLICATION_JSON_VALUE)
  DiscrepanciesPage discrepancies(DiscrepancyFilter filter, Page page, @Newest BlockSelector selector) {
    return reads.answer(selector, (asOf, db) -> queries.page(filter, page, asOf, db));
  }

  @TakesUnit
  @PostMapping(path = "/v1/discrepancies/exports", produces = MediaType.APPLICATION_JSON_VALUE)
  ResponseEntity<ExportView> exportDiscrepancies(DiscrepancyFilter filter,
      @Newest BlockSelector selector, ExportRequest wanted) {
    return exportJobs.begin(wanted, DiscrepancyView.class, selector, (page, asOf, db) -> {
      var read = queries.page(filter, page, asOf, db);
      return new ExportedPage<>(read.discrepancies(), read.nextCursor());
    });
  }
}
