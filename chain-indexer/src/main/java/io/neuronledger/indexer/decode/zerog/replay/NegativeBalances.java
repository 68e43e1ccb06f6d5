package io.neuronledger.indexer.decode.zerog.replay;

import io.neuronledger.contracts.value.WalletAddress;
import java.math.BigInteger;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** How far ledgers went below zero: what somebody must have deposited before, unseen. */
public final class NegativeBalances {
  /** @param number how often the ledger had been closed before, within the interval looked at */
  public record Segment(WalletAddress owner, int number) {}

  private final Map<Segment, BigInteger> deepest = new HashMap<>();
  private final Set<Segment> leftEmpty = new HashSet<>();

  void note(WalletAddress owner, int segment, BigInteger available) {
    if (available.signum() < 0) {
      deepest.merge(new Segment(owner, segment), available.negate(), BigInteger::max);
    }
  }

  /** The ledger closed, but sub-accounts with nothing in them stayed: either they outlived it, or it did not close. */
  void leftEmpty(WalletAddress owner, int segment) {
    leftEmpty.add(new Segment(owner, segment));
  }

  /** The closings that may be none: only the contract knows. */
  public Set<Segment> leftEmpty() {
    return Collections.unmodifiableSet(leftEmpty);
  }

  public boolean isEmpty() {
    return deepest.isEmpty();
  }

  public Map<Segment, BigInteger> all() {
    return Collections.unmodifiableMap(deepest);
  }
}
