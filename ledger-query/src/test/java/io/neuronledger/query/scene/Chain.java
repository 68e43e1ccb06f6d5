package io.neuronledger.query.scene;

import io.neuronledger.contracts.event.Cause;
import io.neuronledger.contracts.event.Evidence;
import io.neuronledger.contracts.value.ChainPosition;
import io.neuronledger.contracts.value.Hash;
import io.neuronledger.contracts.value.WalletAddress;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Optional;

/** Hashes, times and causes of a made-up chain: the same block on the same branch always looks the same. */
public final class Chain {
  public static final Instant GENESIS = Instant.parse("2026-01-01T00:00:00Z");
  public static final long SECONDS_PER_BLOCK = 600;

  private static final WalletAddress CONTRACT = new WalletAddress("0x" + "c0".repeat(20));

  private Chain() {}

  public static Hash blockHash(long block, int branch) {
    return new Hash("0x" + HexFormat.of().toHexDigits(block) + HexFormat.of().toHexDigits(branch) + "b".repeat(40));
  }

  public static Instant blockTime(long block) {
    return GENESIS.plusSeconds(block * SECONDS_PER_BLOCK);
  }

  /** A log, the nth of its block. */
  public static Cause cause(long block, int branch, int nth) {
    Hash transaction = new Hash(
        "0x" + HexFormat.of().toHexDigits(block) + HexFormat.of().toHexDigits(nth) + "a".repeat(40));
    return new Cause(new ChainPosition(block, nth, 0), branch, blockHash(block, branch), blockTime(block),
        Optional.of(new Evidence.Log(transaction, nth, CONTRACT)));
  }
}
