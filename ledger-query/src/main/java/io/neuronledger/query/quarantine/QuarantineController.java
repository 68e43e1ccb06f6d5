package io.neuronledger.query.quarantine;

import io.neuronledger.contracts.value.WalletAddress;
import io.neuronledger.contracts.view.operation.QuarantineView;
import io.neuronledger.foundation.problem.ProblemCode;
import io.neuronledger.foundation.problem.Refusal;
import io.neuronledger.query.asof.GlobalReads;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** For operators: lists owners whose answers are frozen, and releases them. */
@RestController
@RequestMapping(path = "/v1/admin", produces = MediaType.APPLICATION_JSON_VALUE)
class QuarantineController {
  private final GlobalReads reads;
  private final QuarantineQueries queries = new QuarantineQueries();
  private final Unparking unparking;

  QuarantineController(GlobalReads reads, Unparking unparking) {
    this.reads = reads;
    this.unparking = unparking;
  }

  @GetMapping("/quarantine")
  QuarantineView quarantined() {
    return reads.now(queries::quarantined);
  }

  /** Processes the parked records of one owner, or of all; each owner in its own transaction. */
  @PostMapping("/unpark")
  QuarantineView.Unparked unpark(@RequestParam Optional<WalletAddress> owner) {
    List<QuarantineView.Released> released = new ArrayList<>();
    List<QuarantineView.StillQuarantined> still = new ArrayList<>();
    for (WalletAddress each : ownersToRelease(owner)) {
      switch (unparking.release(each)) {
        case Unparking.Outcome.Released done -> released.add(new QuarantineView.Released(each, done.records()));
        case Unparking.Outcome.StillParked not ->
            still.add(new QuarantineView.StillQuarantined(each, not.seq(), not.reason()));
      }
    }
    return new QuarantineView.Unparked(released, still);
  }

  private List<WalletAddress> ownersToRelease(Optional<WalletAddress> owner) {
    List<WalletAddress> parked = reads.now(queries::parkedOwners);
    if (owner.isPresent() && !parked.contains(owner.get())) {
      throw new Refusal(ProblemCode.OWNER_NOT_QUARANTINED, "this service has no parked records of " + owner.get());
    }
    return owner.map(List::of).orElse(parked);
  }
}
