package io.neuronledger.query.totals;

import io.neuronledger.contracts.view.directory.TotalsAnswer;
import io.neuronledger.contracts.view.export.ExportView;
import io.neuronledger.foundation.problem.answer.TakesUnit;
import io.neuronledger.query.asof.GlobalReads;
import io.neuronledger.query.asof.selector.BlockSelector;
import io.neuronledger.query.export.job.ExportJobs;
import io.neuronledger.query.export.job.ExportRequest;
import io.neuronledger.query.export.job.ExportedPage;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** What is held, used, settled and outstanding? */
@RestController
class TotalsController {
  private final GlobalReads reads;
  private final ExportJobs exportJobs;

  TotalsController(GlobalReads reads, ExportJobs exportJobs) {
    this.reads = reads;
    this.exportJobs = exportJobs;
  }

  @TakesUnit
  @GetMapping(path = "/v1/totals", produces = MediaType.APPLICATION_JSON_VALUE)
  TotalsAnswer totals(TotalsFilter filter, BlockSelector selector) {
    return reads.answer(selector, (asOf, db) -> TotalsQueries.totals(filter.period(), asOf, selector.isPast(), db));
  }

  /** A row a day. */
  @TakesUnit
  @PostMapping(path = "/v1/totals/exports", produces = MediaType.APPLICATION_JSON_VALUE)
  ResponseEntity<ExportView> exportTotals(TotalsFilter filter, BlockSelector selector, ExportRequest wanted) {
    return exportJobs.beginReport(wanted, TotalsAnswer.Day.class, selector,
        (asOf, db) -> new ExportedPage.Report<>(asOf,
            row -> TotalsQueries.totals(filter.period(), asOf, selector.isPast(), db).days().forEach(row)));
  }
}
