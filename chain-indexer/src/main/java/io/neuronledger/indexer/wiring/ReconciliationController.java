package io.neuronledger.indexer.wiring;

import io.neuronledger.indexer.follow.FollowLoop;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** Requests a reconciliation with the contracts at the head, in addition to the schedule. */
@RestController
class ReconciliationController {
  private final FollowLoop loop;

  ReconciliationController(FollowLoop loop) {
    this.loop = loop;
  }

  /** ledger-query answers with the result, after the run has passed through the partitions. */
  @PostMapping("/v1/admin/reconciliations")
  ResponseEntity<ProblemDetail> reconcile() {
    if (loop.reconcile()) {
      return ResponseEntity.accepted().build();
    }
    ProblemDetail problem = ProblemDetail.forStatusAndDetail(HttpStatus.CONFLICT,
        "this instance does not lead: use the one whose health shows LEADING");
    problem.setProperty("code", "not-leading");
    return ResponseEntity.status(HttpStatus.CONFLICT).body(problem);
  }
}
