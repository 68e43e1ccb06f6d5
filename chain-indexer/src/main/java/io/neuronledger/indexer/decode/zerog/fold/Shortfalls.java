package io.neuronledger.indexer.decode.zerog.fold;

import io.neuronledger.contracts.value.WalletAddress;
import java.math.BigInteger;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;

/** How far ledgers went below zero: what somebody must have deposited before, unseen. */
public final class Shortfalls {
  /** @param number how often the ledger had been closed before, within the interval looked at */
  public record Segment(WalletAddress owner, int number) {}

  private final Map<Segment, BigInteger> deepest = new HashMap<>();

  void note(WalletAddress owner, int segment, BigInteger available) {
    if (available.signum() < 0) {
      deepest.merge(new Segment(owner, segment), available.negate(), BigInteger::max);
    }
  }

  public boolean isEmpty() {
    return deepest.isEmpty();
  }

  public Map<Segment, BigInteger> all() {
    return Collections.unmodifiableMap(deepest);
  }
}
