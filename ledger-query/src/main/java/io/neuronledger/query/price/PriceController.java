package io.neuronledger.query.price;

import io.neuronledger.contracts.view.export.ExportView;
import io.neuronledger.contracts.view.price.PriceView;
import io.neuronledger.contracts.view.price.PricesPage;
import io.neuronledger.contracts.view.price.QuotesAnswer;
import io.neuronledger.foundation.problem.JsonBody;
import io.neuronledger.foundation.problem.answer.TakesUnit;
import io.neuronledger.query.asof.GlobalReads;
import io.neuronledger.query.asof.selector.BlockSelector;
import io.neuronledger.query.export.job.ExportJobs;
import io.neuronledger.query.export.job.ExportRequest;
import io.neuronledger.query.export.job.ExportedPage;
import io.neuronledger.query.request.Page;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** What do providers ask for their services, and what does a request cost? */
@RestController
@RequestMapping(path = "/v1/prices", produces = MediaType.APPLICATION_JSON_VALUE)
class PriceController {
  private final GlobalReads reads;
  private final ExportJobs exportJobs;
  private final PriceQueries queries = new PriceQueries();

  PriceController(GlobalReads reads, ExportJobs exportJobs) {
    this.reads = reads;
    this.exportJobs = exportJobs;
  }

  @TakesUnit
  @GetMapping
  PricesPage prices(PriceFilter filter, Page page, BlockSelector selector) {
    return reads.answer(selector, (asOf, db) -> queries.page(filter, page, asOf, db));
  }

  @TakesUnit
  @PostMapping("/exports")
  ResponseEntity<ExportView> export(PriceFilter filter, BlockSelector selector, ExportRequest wanted) {
    return exportJobs.begin(wanted, PriceView.class, selector, (page, asOf, db) -> {
      var read = queries.page(filter, page, asOf, db);
      return new ExportedPage<>(read.prices(), read.nextCursor());
    });
  }

  @TakesUnit
  @PostMapping(path = "/quote", consumes = MediaType.APPLICATION_JSON_VALUE)
  QuotesAnswer quote(HttpServletRequest body, BlockSelector selector) {
    QuoteRequest request = QuoteRequest.of(JsonBody.of(body, QuoteRequest.BODY_BYTES_MAX));
    return reads.answer(selector, (asOf, db) -> new QuotesAnswer(asOf, request.model(),
        Quotes.of(request, queries.of(List.of(request.model()), asOf, db))));
  }
}
