package io.neuronledger.query.usage;

import io.neuronledger.contracts.value.WalletAddress;
import io.neuronledger.contracts.view.export.ExportView;
import io.neuronledger.contracts.view.usage.UsagePage;
import io.neuronledger.contracts.view.usage.UsageStats;
import io.neuronledger.foundation.access.caller.Caller;
import io.neuronledger.foundation.problem.answer.TakesUnit;
import io.neuronledger.query.asof.OwnerReads;
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

/** What is an owner's usage? */
@RestController
@RequestMapping("/v1/ledgers/{owner}/usage")
class UsageController {
  private final OwnerReads reads;
  private final ExportJobs exportJobs;
  private final UsageQueries requests = new UsageQueries();
  private final StatsQueries stats = new StatsQueries();

  UsageController(OwnerReads reads, ExportJobs exportJobs) {
    this.reads = reads;
    this.exportJobs = exportJobs;
  }

  @TakesUnit
  @GetMapping(produces = MediaType.APPLICATION_JSON_VALUE)
  UsagePage usage(@PathVariable WalletAddress owner, UsageFilter filter, RequestFilter one, Caller caller, Page page,
      @Newest BlockSelector selector) {
    return reads.answer(owner, selector, (at, db) -> requests.page(owner, filter, one, caller, page, at, db));
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
      var read = requests.page(owner, filter, one, wanted.caller(), page, at, db);
      return new ExportedPage<>(read.usage(), read.nextCursor());
    });
  }
}
