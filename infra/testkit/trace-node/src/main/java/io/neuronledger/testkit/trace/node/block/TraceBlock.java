package io.neuronledger.testkit.trace.node.block;

import io.neuronledger.contracts.value.Hash;
import io.neuronledger.testkit.trace.Trace;
import java.time.Instant;
import java.util.List;

/**
 * A block of the chain that a trace was recorded on.
 *
 * @param bloom {@code 0x} and 512 hex digits
 * @param state the contracts' state after the block
 */
public record TraceBlock(long number, Hash hash, Hash parent, Instant time, String bloom,
    List<Trace.Transaction> transactions, Trace.State state) {
  public TraceBlock {
    transactions = List.copyOf(transactions);
  }
}
