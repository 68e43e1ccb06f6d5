package io.neuronledger.command.resolution;

import io.neuronledger.command.request.JsonBody;
import io.neuronledger.command.request.Problems;
import io.neuronledger.command.request.StrictJsonObject;
import io.neuronledger.contracts.usage.NeuronSum;
import io.neuronledger.contracts.view.usage.DiscrepancyResolution;
import io.neuronledger.contracts.view.usage.UsageProblem;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.Optional;
import org.axonframework.modelling.command.ConcurrencyException;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ExceptionHandler;
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
  DiscrepancyResolution resolve(@PathVariable String key, HttpServletRequest request) throws IOException {
    return resolutions.resolve(key, decision(JsonBody.of(request, BODY_BYTES_MAX)));
  }

  private static Decision decision(JsonNode json) {
    StrictJsonObject fields = StrictJsonObject.of("a decision", json);
    Optional<NeuronSum> amount = fields.optionalText("amount", NeuronSum::parse);
    Optional<String> reason = fields.text("reason", Decision::reason);
    Optional<String> by = fields.text("by", Decision::by);
    fields.refuseUnknown();
    fields.check();
    return new Decision(amount, reason.orElseThrow(), by.orElseThrow());
  }

  @ExceptionHandler
  ResponseEntity<UsageProblem> on(NotResolvable e) {
    return e.isFound()
        ? Problems.answer("decision-does-not-fit", "The decision does not fit the discrepancy", HttpStatus.BAD_REQUEST,
            String.valueOf(e.getMessage()))
        : Problems.answer("discrepancy-not-found", "There is no such discrepancy", HttpStatus.NOT_FOUND,
            String.valueOf(e.getMessage()));
  }

  @ExceptionHandler
  ResponseEntity<UsageProblem> on(ConcurrencyException e) {
    return Problems.answer("decided-meanwhile", "Another decision was recorded at the same time", HttpStatus.CONFLICT,
        "nothing was recorded: read the recorded decision, and send this one again if it still applies");
  }
}
