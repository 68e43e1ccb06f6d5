package io.neuronledger.query.runway;

import io.neuronledger.contracts.value.WalletAddress;
import io.neuronledger.contracts.view.export.ExportView;
import io.neuronledger.contracts.view.runway.AtRiskPage;
import io.neuronledger.contracts.view.runway.RunwayAnswer;
import io.neuronledger.foundation.problem.answer.TakesUnit;
import io.neuronledger.query.admission.AdmissionSettings;
import io.neuronledger.query.asof.GlobalReads;
import io.neuronledger.query.asof.OwnerReads;
import io.neuronledger.query.asof.selector.BlockSelector;
import io.neuronledger.query.asof.selector.Newest;
import io.neuronledger.query.export.job.ExportJobs;
import io.neuronledger.query.export.job.ExportRequest;
import io.neuronledger.query.request.Page;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.json.JsonMapper;

/** How long do sub-accounts last, and whose are refused soon? */
@RestController
class RunwayController {
  private final OwnerReads ownerReads;
  private final GlobalReads globalReads;
  private final RunwayQueries runways;
  private final AtRiskQueries atRisk;
  private final ExportJobs exportJobs;

  RunwayController(OwnerReads ownerReads, GlobalReads globalReads, JsonMapper json, AdmissionSettings settings,
      ExportJobs exportJobs) {
    this.ownerReads = ownerReads;
    this.globalReads = globalReads;
    this.runways = new RunwayQueries(json, settings.minimum());
    this.atRisk = new AtRiskQueries(settings.minimum());
    this.exportJobs = exportJobs;
  }

  @TakesUnit
  @GetMapping(path = "/v1/ledgers/{owner}/runway", produces = MediaType.APPLICATION_JSON_VALUE)
  RunwayAnswer runway(@PathVariable WalletAddress owner, @Newest BlockSelector selector) {
    return ownerReads.answer(owner, selector, (at, db) -> runways.runway(owner, at, db));
  }

  @TakesUnit
  @GetMapping(path = "/v1/accounts/at-risk", produces = MediaType.APPLICATION_JSON_VALUE)
  AtRiskPage atRisk(AtRiskFilter filter, Page page, @Newest BlockSelector selector) {
    return globalReads.answer(selector, (asOf, db) -> atRisk.page(filter, page, asOf, db));
  }

  @TakesUnit
  @PostMapping(path = "/v1/accounts/at-risk/exports", produces = MediaType.APPLICATION_JSON_VALUE)
  ResponseEntity<ExportView> exportAtRisk(AtRiskFilter filter, @Newest BlockSelector selector, ExportRequest wanted) {
    return exportJobs.begin(wanted, AtRiskPage.Line.class, selector,
        (_, asOf, db) -> atRisk.exported(filter, asOf, db));
  }
}
