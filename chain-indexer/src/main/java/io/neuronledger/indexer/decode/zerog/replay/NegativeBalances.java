package io.neuronledger.indexer.decode.zerog.replay;

import io.neuronledger.contracts.value.WalletAddress;
import java.math.BigInteger;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** The lowest negative balance of each ledger: the amount of the missing deposits. */
public final class NegativeBalances {
  /** @param number how often the ledger had closed before, within the block range */
  public record Segment(WalletAddress owner, int number) {}

  private final Map<Segment, BigInteger> deepest = new HashMap<>();
  private final Set<Segment> leftEmpty = new HashSet<>();

  void record(WalletAddress owner, int segment, BigInteger available) {
    if (available.signum() < 0) {
      deepest.merge(new Segment(owner, segment), available.negate(), BigInteger::max);
    }
  }

  /** Records a closing that left empty sub-accounts: either they outlived the ledger, or it did not close. */
  void leftEmpty(WalletAddress owner, int segment) {
    leftEmpty.add(new Segment(owner, segment));
  }

  /** The uncertain closings: only the contract's state decides them. */
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
