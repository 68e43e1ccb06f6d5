package io.neuronledger.query.price;

import io.neuronledger.contracts.view.export.ExportView;
import io.neuronledger.contracts.view.price.ModelsPage;
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
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Which models are there, and at which prices? */
@RestController
@RequestMapping(path = "/v1/models", produces = MediaType.APPLICATION_JSON_VALUE)
class ModelController {
  private final GlobalReads reads;
  private final ExportJobs exportJobs;
  private final ModelQueries queries = new ModelQueries(new PriceQueries());

  ModelController(GlobalReads reads, ExportJobs exportJobs) {
    this.reads = reads;
    this.exportJobs = exportJobs;
  }

  @TakesUnit
  @GetMapping
  ModelsPage models(Page page, @Newest BlockSelector selector) {
    return reads.answer(selector, (asOf, db) -> queries.page(page, asOf, db));
  }

  @TakesUnit
  @PostMapping(path = "/exports")
  ResponseEntity<ExportView> exportModels(@Newest BlockSelector selector, ExportRequest wanted) {
    return exportJobs.begin(wanted, ModelsPage.Line.class, selector, (page, asOf, db) -> {
      var read = queries.page(page, asOf, db);
      return new ExportedPage<>(read.data(), read.nextCursor());
    });
  }
}
