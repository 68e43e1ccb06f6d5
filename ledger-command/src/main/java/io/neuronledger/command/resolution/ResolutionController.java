package io.neuronledger.command.resolution;

import io.neuronledger.contracts.usage.NeuronSum;
import io.neuronledger.contracts.view.usage.DiscrepancyResolution;
import io.neuronledger.foundation.access.caller.Caller;
import io.neuronledger.foundation.problem.JsonBody;
import io.neuronledger.foundation.problem.StrictJsonObject;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

/** Records an operator's decision about a discrepancy. */
@RestController
class ResolutionController {
  /** Larger than the longest decision. */
  static final int BODY_BYTES_MAX = 64 << 10;

  private final Resolutions resolutions;

  ResolutionController(Resolutions resolutions) {
    this.resolutions = resolutions;
  }

  @PostMapping(path = "/v1/discrepancies/{key}/resolution", consumes = MediaType.APPLICATION_JSON_VALUE,
      produces = MediaType.APPLICATION_JSON_VALUE)
  DiscrepancyResolution resolve(@PathVariable String key, HttpServletRequest request, Caller caller) {
    Decision decision = decision(JsonBody.of(request, BODY_BYTES_MAX), caller);
    return Decisions.recorded(() -> resolutions.resolve(key, decision));
  }

  @PostMapping(path = "/v1/discrepancies/{key}/resolution/approval", consumes = MediaType.APPLICATION_JSON_VALUE,
      produces = MediaType.APPLICATION_JSON_VALUE)
  DiscrepancyResolution approve(@PathVariable String key, HttpServletRequest request, Caller caller) {
    StrictJsonObject fields = StrictJsonObject.of("an approval", JsonBody.of(request, BODY_BYTES_MAX));
    Optional<NeuronSum> amount = fields.text("amount", NeuronSum::parse);
    Optional<Long> proposal = fields.count("proposal");
    fields.refuseUnknown();
    fields.check();
    return Decisions.recorded(
        () -> resolutions.approve(key, amount.orElseThrow(), proposal.orElseThrow(), caller));
  }

  @PostMapping(path = "/v1/discrepancies/{key}/resolution/revocation", consumes = MediaType.APPLICATION_JSON_VALUE,
      produces = MediaType.APPLICATION_JSON_VALUE)
  DiscrepancyResolution revoke(@PathVariable String key, HttpServletRequest request, Caller caller) {
    StrictJsonObject fields = StrictJsonObject.of("a revocation", JsonBody.of(request, BODY_BYTES_MAX));
    Optional<String> reason = fields.reason("reason");
    fields.refuseUnknown();
    fields.check();
    return Decisions.recorded(() -> resolutions.revoke(key, reason.orElseThrow(), caller));
  }

  private static Decision decision(JsonNode json, Caller caller) {
    StrictJsonObject fields = StrictJsonObject.of("a decision", json);
    Optional<NeuronSum> amount = fields.optionalText("amount", NeuronSum::parse);
    Optional<String> reason = fields.reason("reason");
    fields.refuseUnknown();
    fields.check();
    return new Decision(amount, reason.orElseThrow(), caller);
  }
}
