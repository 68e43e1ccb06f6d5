package io.neuronledger.contracts.event;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import io.neuronledger.contracts.value.ChainPosition;
import io.neuronledger.contracts.value.Hash;
import java.time.Instant;
import java.util.Optional;

/**
 * The chain fact that caused an account event: position, branch, time and evidence.
 *
 * @param evidence absent where the passing of block time is the cause ({@code RefundClaimable} at a seal)
 */
public record Cause(ChainPosition position, int branch, Hash blockHash, Instant blockTime,
    Optional<Evidence> evidence) {
  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  static Cause of(CauseForm form) {
    return form.cause();
  }

  @JsonValue
  CauseForm form() {
    return CauseForm.of(this);
  }
}
