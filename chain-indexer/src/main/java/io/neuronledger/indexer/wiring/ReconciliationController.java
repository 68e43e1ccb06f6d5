package io.neuronledger.indexer.wiring;

import io.neuronledger.indexer.follow.FollowLoop;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** Asks for a comparison with the contracts at the head, besides those on the schedule. */
@RestController
class ReconciliationController {
  private final FollowLoop loop;

  ReconciliationController(FollowLoop loop) {
    this.loop = loop;
  }

  /** What comes of it is answered by ledger-query, once the run has passed through the partitions. */
  @PostMapping("/v1/admin/reconciliations")
  ResponseEntity<ProblemDetail> reconcile() {
    if (loop.reconcile()) {
      return ResponseEntity.accepted().build();
    }
    ProblemDetail problem = ProblemDetail.forStatusAndDetail(HttpStatus.CONFLICT,
        "this instance does not lead: ask the one whose health says LEADING");
    problem.setProperty("code", "not-leading");
    return ResponseEntity.status(HttpStatus.CONFLICT).body(problem);
  }
}
