package io.neuronledger.indexer.chain;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/**
 * Which block times are believed. A wrong one does not stay here: it goes with every record of its block into stores
 * that cannot take just any time, and it is the clock of every refund lock.
 *
 * @param clock ours
 * @param tolerance how far ahead of it a block may be; zero where block time is not compared with it, as on a dev chain
 *     whose clock is moved
 */
record BlockTimes(InstantSource clock, Duration tolerance) {
  /**
   * No block is later. The ledger's PostgreSQL takes a time as text in its ISO form, of which the year 9999 is the last
   * with four digits; JSON readers of the API are no better. A year is left for what is computed from a block's time,
   * such as the end of a refund's lock.
   */
  static final Instant LATEST = Instant.parse("9998-12-31T23:59:59Z");

  /**
   * @param seconds since 1970
   * @throws IllegalArgumentException if it is past {@link #LATEST}
   */
  static Instant ofSeconds(long seconds) {
    if (seconds < 0 || seconds > LATEST.getEpochSecond()) {
      throw new IllegalArgumentException("the block time (timestamp) " + seconds + " is no number of seconds up to "
          + LATEST + ", the latest that can be stored");
    }
    return Instant.ofEpochSecond(seconds);
  }

  /** Why the block's time is not believed; empty where it is. */
  Optional<String> doubt(Header header) {
    Instant now = clock.instant();
    if (tolerance.isZero() || !header.time().isAfter(now.plus(tolerance))) {
      return Optional.empty();
    }
    return Optional.of("its block " + header.ref() + " has the time " + header.time() + ", more than " + tolerance
        + " ahead of our clock (" + now + "). If our clock is right and the chain's runs ahead of it, set "
        + "NEURON_LEDGER_FOLLOW_BLOCK_TIME_TOLERANCE");
  }
}
