package io.neuronledger.indexer.wiring;

import io.neuronledger.foundation.problem.ProblemCode;
import io.neuronledger.foundation.problem.Refusal;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Requests a reconciliation with the contracts at the head, in addition to the schedule. */
@RestController
class ReconciliationController {
  private final IndexerService service;

  ReconciliationController(IndexerService service) {
    this.service = service;
  }

  /** ledger-query answers with the result, after the run has passed through the partitions. */
  @PostMapping("/v1/admin/reconciliations")
  @ResponseStatus(HttpStatus.ACCEPTED)
  void reconcile() {
    if (!service.reconcile()) {
      throw new Refusal(ProblemCode.NOT_LEADING,
          "this instance does not lead: use the one whose health shows LEADING");
    }
  }
}
