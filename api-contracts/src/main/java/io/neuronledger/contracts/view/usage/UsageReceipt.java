package io.neuronledger.contracts.view.usage;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.neuronledger.contracts.topic.WriteToken;
import io.neuronledger.contracts.view.ProblemView;
import java.util.Optional;

/**
 * The outcome of one usage report.
 *
 * @param requestId as reported; absent where it could not be read
 * @param problem why the report was refused
 * @param token a read with it sees the report; absent for a refused one, and inside a batch, which has one for all
 */
public record UsageReceipt(Optional<String> requestId, Outcome outcome, Optional<ProblemView> problem,
    Optional<WriteToken> token) {
  /** Recorded and repeated reports are both in the ledger; a repeated one had no effect. */
  public enum Outcome {
    @JsonProperty("recorded") RECORDED,
    @JsonProperty("repeated") REPEATED,
    @JsonProperty("refused") REFUSED
  }
}
