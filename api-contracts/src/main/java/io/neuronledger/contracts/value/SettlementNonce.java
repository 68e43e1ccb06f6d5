package io.neuronledger.contracts.value;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.math.BigInteger;

/** A provider's settlement number, {@code uint256} on chain, rising per sub-account. JSON: a string of digits. */
public record SettlementNonce(BigInteger value) {
  public SettlementNonce {
    if (value.signum() < 0 || value.bitLength() > 256) {
      throw new IllegalArgumentException("not a uint256: " + value);
    }
  }

  /** @throws IllegalArgumentException unless it is decimal digits of a uint256 */
  @JsonCreator
  public static SettlementNonce parse(String digits) {
    return new SettlementNonce(Neuron.parse(digits).value());
  }

  @JsonValue
  @Override
  public String toString() {
    return value.toString();
  }
}
