package io.neuronledger.wallet.ledger;

import io.neuronledger.wallet.text.Printable;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.util.Optional;

/**
 * At which block a question is asked.
 *
 * @param block by number
 * @param time the last block until then; at most one of the two is there, and neither is the newest block
 */
public record ReadPoint(Optional<Long> block, Optional<OffsetDateTime> time) {
  public static final ReadPoint NEWEST = new ReadPoint(Optional.empty(), Optional.empty());

  /**
   * Reads what is typed: digits are a block, anything else a time as in RFC 3339.
   *
   * @throws IllegalArgumentException for neither
   */
  public static ReadPoint parse(String text) {
    if (text.matches("\\d{1,18}")) {
      return new ReadPoint(Optional.of(Long.parseLong(text)), Optional.empty());
    }
    try {
      return new ReadPoint(Optional.empty(), Optional.of(OffsetDateTime.parse(text)));
    } catch (DateTimeException e) {
      throw new IllegalArgumentException("a block is a number and a time has a zone, 2026-11-30T23:59:59Z for "
          + "example; this is neither: '" + Printable.of(text) + "'", e);
    }
  }
}
