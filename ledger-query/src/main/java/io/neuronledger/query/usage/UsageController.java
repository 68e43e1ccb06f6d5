package io.neuronledger.query.usage;

import io.neuronledger.contracts.value.WalletAddress;
import io.neuronledger.contracts.view.export.ExportView;
import io.neuronledger.contracts.view.usage.UsagePage;
import io.neuronledger.contracts.view.usage.UsageStats;
import io.neuronledger.foundation.problem.ProblemCode;
import io.neuronledger.foundation.problem.Refusal;
import io.neuronledger.foundation.problem.answer.AnswerUnit;
import io.neuronledger.foundation.problem.answer.TakesUnit;
import io.neuronledger.query.asof.OwnerReads;
import io.neuronledger.query.asof.selector.BlockSelector;
import io.neuronledger.query.asof.selector.Newest;
import io.neuronledger.query.export.Csv;
import io.neuronledger.query.export.Exports;
import io.neuronledger.query.export.job.ExportJobs;
import io.neuronledger.query.export.job.ExportRequest;
import io.neuronledger.query.export.job.ExportedPage;
import io.neuronledger.query.request.Page;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.HttpMediaTypeNotAcceptableException;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** What is an owner's usage? */
@RestController
@RequestMapping("/v1/ledgers/{owner}/usage")
class UsageController {
  private final OwnerReads reads;
  private final OwnerReads exportReads;
  private final Exports exports;
  private final ExportJobs exportJobs;
  private final UsageQueries requests = new UsageQueries();
  private final StatsQueries stats = new StatsQueries();

  UsageController(OwnerReads reads, @Qualifier("exportOwnerReads") OwnerReads exportReads, Exports exports,
      ExportJobs exportJobs) {
    this.reads = reads;
    this.exportReads = exportReads;
    this.exports = exports;
    this.exportJobs = exportJobs;
  }

  /** A page as JSON, or all requests as CSV. */
  @TakesUnit
  @GetMapping(produces = {MediaType.APPLICATION_JSON_VALUE, Csv.TYPE})
  @Nullable ResponseEntity<?> usage(@PathVariable WalletAddress owner, UsageFilter filter, RequestFilter one,
      Page page, @Newest BlockSelector selector, HttpServletRequest request, HttpServletResponse response)
      throws HttpMediaTypeNotAcceptableException {
    if (Csv.isWanted(request)) {
      requireWhole(request);
      exports.send(response, export -> exportReads.answer(owner, selector,
          (at, db) -> new UsageCsv(requests).write(owner, filter, one, at, db, export)));
      return null;
    }
    return ResponseEntity.ok().contentType(MediaType.APPLICATION_JSON)
        .body(reads.answer(owner, selector, (at, db) -> requests.page(owner, filter, one, page, at, db)));
  }

  private static void requireWhole(HttpServletRequest request) {
    for (String name : Page.PARAMETERS.names()) {
      if (request.getParameter(name) != null) {
        throw Refusal.parameter(ProblemCode.CONFLICTING_PARAMETERS, name, "a CSV export has no pages");
      }
    }
    if (AnswerUnit.of(request) == AnswerUnit.ZERO_G) {
      throw Refusal.parameter(ProblemCode.CONFLICTING_PARAMETERS, AnswerUnit.PARAMETER,
          "a CSV export has its amounts in neuron");
    }
  }

  @TakesUnit
  @GetMapping(path = "/stats", produces = MediaType.APPLICATION_JSON_VALUE)
  UsageStats stats(@PathVariable WalletAddress owner, UsageFilter filter, @Newest BlockSelector selector) {
    return reads.answer(owner, selector, (at, db) -> stats.stats(owner, filter, at, db));
  }

  @TakesUnit
  @PostMapping(path = "/exports", produces = MediaType.APPLICATION_JSON_VALUE)
  ResponseEntity<ExportView> exportUsage(@PathVariable WalletAddress owner, UsageFilter filter, RequestFilter one,
      @Newest BlockSelector selector, ExportRequest wanted) {
    return exportJobs.begin(wanted, UsagePage.Line.class, owner, selector, (page, at, db) -> {
      var read = requests.page(owner, filter, one, page, at, db);
      return new ExportedPage<>(read.usage(), read.nextCursor());
    });
  }
}
