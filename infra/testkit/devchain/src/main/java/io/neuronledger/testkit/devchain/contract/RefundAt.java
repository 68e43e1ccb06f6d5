package io.neuronledger.testkit.devchain.contract;

import io.neuronledger.contracts.value.Neuron;
import io.neuronledger.foundation.evm.AbiReader;
import java.time.Instant;

/** An active refund: its remaining amount and the block time of its request. */
public record RefundAt(Neuron amount, Instant requestedAt) {
  static RefundAt read(AbiReader reader) {
    return new RefundAt(reader.neuron(), Instant.ofEpochSecond(reader.uint().longValueExact()));
  }
}
