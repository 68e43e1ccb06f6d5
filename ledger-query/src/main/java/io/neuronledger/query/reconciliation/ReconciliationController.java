package io.neuronledger.query.reconciliation;

import io.neuronledger.contracts.view.export.ExportView;
import io.neuronledger.contracts.view.reconciliation.ReconciliationAnswer;
import io.neuronledger.contracts.view.reconciliation.ReconciliationRun;
import io.neuronledger.contracts.view.reconciliation.ReconciliationsPage;
import io.neuronledger.foundation.problem.ProblemCode;
import io.neuronledger.foundation.problem.Refusal;
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
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Did the ledger's state equal the contract's? */
@RestController
@RequestMapping(path = "/v1/reconciliation/chain", produces = MediaType.APPLICATION_JSON_VALUE)
class ReconciliationController {
  private final GlobalReads reads;
  private final ReconciliationQueries queries;
  private final ExportJobs exportJobs;

  ReconciliationController(GlobalReads reads, ExportJobs exportJobs) {
    this.reads = reads;
    this.queries = new ReconciliationQueries();
    this.exportJobs = exportJobs;
  }

  @TakesUnit
  @GetMapping
  ReconciliationsPage runs(Page page, @Newest BlockSelector selector) {
    return reads.answer(selector, (asOf, db) -> queries.page(page, asOf, db));
  }

  @TakesUnit
  @GetMapping("/{run}")
  ReconciliationAnswer run(@PathVariable String run, Page page, @Newest BlockSelector selector) {
    requireName(run);
    return reads.answer(selector, (asOf, db) -> queries.one(run, page, asOf, db));
  }

  @TakesUnit
  @PostMapping("/exports")
  ResponseEntity<ExportView> exportRuns(@Newest BlockSelector selector, ExportRequest wanted) {
    return exportJobs.begin(wanted, ReconciliationRun.class, selector, (page, asOf, db) -> {
      var read = queries.page(page, asOf, db);
      return new ExportedPage<>(read.runs(), read.nextCursor());
    });
  }

  @TakesUnit
  @PostMapping("/{run}/exports")
  ResponseEntity<ExportView> exportRun(@PathVariable String run, @Newest BlockSelector selector, ExportRequest wanted) {
    requireName(run);
    return exportJobs.begin(wanted, ReconciliationAnswer.Difference.class, selector, (page, asOf, db) -> {
      var read = queries.one(run, page, asOf, db);
      return new ExportedPage<>(read.differences(), read.nextCursor());
    });
  }

  private static void requireName(String run) {
    if (run.indexOf('\0') >= 0) {
      throw Refusal.parameter(ProblemCode.MALFORMED_REQUEST, "run", "a name has no NUL character");
    }
  }
}
