package io.neuronledger.query.balance;

import io.neuronledger.contracts.view.RefundsPage;
import io.neuronledger.contracts.view.export.ExportView;
import io.neuronledger.foundation.problem.answer.TakesUnit;
import io.neuronledger.query.asof.GlobalReads;
import io.neuronledger.query.asof.selector.BlockSelector;
import io.neuronledger.query.export.job.ExportJobs;
import io.neuronledger.query.export.job.ExportRequest;
import io.neuronledger.query.export.job.ExportedPage;
import io.neuronledger.query.request.Page;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.json.JsonMapper;

/** Which refunds are active, and which are claimable now? */
@RestController
class RefundController {
  private final GlobalReads reads;
  private final RefundQueries queries;
  private final ExportJobs exportJobs;

  RefundController(GlobalReads reads, JsonMapper json, ExportJobs exportJobs) {
    this.reads = reads;
    this.queries = new RefundQueries(json);
    this.exportJobs = exportJobs;
  }

  @TakesUnit
  @GetMapping(path = "/v1/refunds", produces = MediaType.APPLICATION_JSON_VALUE)
  RefundsPage refunds(RefundFilter filter, Page page, BlockSelector selector) {
    return reads.answer(selector, (asOf, db) -> queries.page(filter, page, asOf, db));
  }

  @TakesUnit
  @PostMapping(path = "/v1/refunds/exports", produces = MediaType.APPLICATION_JSON_VALUE)
  ResponseEntity<ExportView> exportRefunds(RefundFilter filter, BlockSelector selector, ExportRequest wanted) {
    return exportJobs.begin(wanted, RefundsPage.Line.class, selector, (page, asOf, db) -> {
      var read = queries.page(filter, page, asOf, db);
      return new ExportedPage<>(read.refunds(), read.nextCursor());
    });
  }
}
