package io.neuronledger.contracts.view.usage;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.neuronledger.contracts.view.ProblemView;
import java.util.Optional;

/**
 * The outcome of one usage report.
 *
 * @param requestId as reported; absent where it could not be read
 * @param problem why the report was refused
 */
public record UsageReceipt(Optional<String> requestId, Outcome outcome, Optional<ProblemView> problem) {
  /** Recorded and repeated reports are both in the ledger; a repeated one had no effect. */
  public enum Outcome {
    @JsonProperty("recorded") RECORDED,
    @JsonProperty("repeated") REPEATED,
    @JsonProperty("refused") REFUSED
  }
}
