package io.neuronledger.command.admin;

import io.neuronledger.command.partition.QuarantineRelease;
import io.neuronledger.command.partition.QuarantineRelease.Outcome;
import io.neuronledger.command.quarantine.Quarantine;
import io.neuronledger.command.quarantine.Quarantine.QuarantinedOwner;
import io.neuronledger.command.store.deployment.WriteTokens;
import io.neuronledger.contracts.topic.WriteToken;
import io.neuronledger.contracts.value.WalletAddress;
import io.neuronledger.foundation.problem.ProblemCode;
import io.neuronledger.foundation.problem.Refusal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Owners in quarantine, and their release. */
@RestController
class QuarantineController {
  private final Quarantine quarantine;
  private final QuarantineRelease release;
  private final WriteTokens tokens;

  QuarantineController(Quarantine quarantine, QuarantineRelease release, WriteTokens tokens) {
    this.tokens = tokens;
    this.quarantine = quarantine;
    this.release = release;
  }

  /** @param records the number of parked chain events that were recorded */
  record ReleasedOwner(WalletAddress owner, int records) {}

  /** @param seq of the chain event that is still malformed, in the owner's partition */
  record StillQuarantined(WalletAddress owner, long seq, String reason) {}

  /** @param token a read with it sees the released owners' records; absent if nobody was released */
  record Unparked(List<ReleasedOwner> released, List<StillQuarantined> stillQuarantined,
      Optional<WriteToken> token) {}

  @GetMapping(path = "/v1/admin/quarantine", produces = MediaType.APPLICATION_JSON_VALUE)
  List<QuarantinedOwner> quarantined() {
    return quarantine.all();
  }

  /** Replays the parked records of one owner, or of all; each owner in a transaction of its own. */
  @PostMapping(path = "/v1/admin/unpark", produces = MediaType.APPLICATION_JSON_VALUE)
  Unparked unpark(@RequestParam Optional<WalletAddress> owner) {
    List<ReleasedOwner> released = new ArrayList<>();
    List<StillQuarantined> still = new ArrayList<>();
    for (QuarantinedOwner each : selected(owner)) {
      switch (release.release(each)) {
        case Outcome.Released done -> released.add(new ReleasedOwner(done.owner(), done.records()));
        case Outcome.StillParked parked ->
            still.add(new StillQuarantined(parked.owner(), parked.seq(), parked.reason()));
      }
    }
    return new Unparked(released, still, released.isEmpty() ? Optional.empty()
        : Optional.of(tokens.of(released.stream().map(ReleasedOwner::owner).toList())));
  }

  private List<QuarantinedOwner> selected(Optional<WalletAddress> owner) {
    if (owner.isEmpty()) {
      return quarantine.all();
    }
    QuarantinedOwner found = quarantine.find(owner.get()).orElseThrow(() ->
        new Refusal(ProblemCode.OWNER_NOT_QUARANTINED, "this service has no parked records of " + owner.get()));
    return List.of(found);
  }
}
