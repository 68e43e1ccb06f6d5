package io.neuronledger.query.balance;

import io.neuronledger.contracts.value.Neuron;
import io.neuronledger.contracts.value.RefundId;
import java.time.Instant;

/** An active refund in the column {@code refunds}: what no lock period changes. */
record StoredRefund(RefundId id, Neuron amount, Instant requestedAt) {}
