package io.neuronledger.contracts.view.usage;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Optional;

/**
 * What became of one usage report.
 *
 * @param requestId as it was reported; absent where it could not be read
 * @param problem why it was refused
 */
public record UsageReceipt(Optional<String> requestId, Outcome outcome, Optional<UsageProblem> problem) {
  /** Recorded and repeated ones are both in the ledger; a repeated one was there already and had no effect. */
  public enum Outcome {
    @JsonProperty("recorded") RECORDED,
    @JsonProperty("repeated") REPEATED,
    @JsonProperty("refused") REFUSED
  }
}
