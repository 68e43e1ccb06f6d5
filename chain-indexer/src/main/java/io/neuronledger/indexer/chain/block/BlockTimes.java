package io.neuronledger.indexer.chain.block;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/**
 * Validates block times. A wrong one would spread: it goes with every record of its block into stores with a limited
 * range, and it is the clock of every refund lock.
 *
 * @param clock this machine's clock
 * @param tolerance how far ahead of that clock a block may be; zero to skip the comparison, as on a dev chain whose
 *     clock is moved
 */
public record BlockTimes(InstantSource clock, Duration tolerance) {
  /**
   * The latest accepted block time. PostgreSQL takes a time in its ISO form, of which the year 9999 is the last with
   * four digits, as for JSON readers of the API. One year is left for times computed from a block's time, such as the
   * end of a refund's lock.
   */
  static final Instant LATEST = Instant.parse("9998-12-31T23:59:59Z");

  /**
   * @param seconds since 1970
   * @throws IllegalArgumentException if it is past {@link #LATEST}
   */
  public static Instant ofSeconds(long seconds) {
    if (seconds < 0 || seconds > LATEST.getEpochSecond()) {
      throw new IllegalArgumentException("the block time (timestamp) " + seconds + " is not a number of seconds up to "
          + LATEST + ", the latest that can be stored");
    }
    return Instant.ofEpochSecond(seconds);
  }

  /** Why the block's time is rejected; empty where it is accepted. */
  public Optional<String> doubt(Header header) {
    Instant now = clock.instant();
    if (tolerance.isZero() || !header.time().isAfter(now.plus(tolerance))) {
      return Optional.empty();
    }
    return Optional.of("its block " + header.ref() + " has the time " + header.time() + ", more than " + tolerance
        + " ahead of this machine's clock (" + now + "). If this clock is right and the chain's runs ahead of it, set "
        + "NEURON_LEDGER_FOLLOW_BLOCK_TIME_TOLERANCE");
  }
}
