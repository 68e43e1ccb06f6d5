package io.neuronledger.cli.operate.request;

import io.neuronledger.wallet.option.OutputOptions;
import io.neuronledger.wallet.outcome.CommandFailure;
import io.neuronledger.wallet.text.Printable;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.Period;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAmount;
import java.util.function.Function;

/** Reads what was typed after an option. */
public final class TypedValues {
  private TypedValues() {}

  /**
   * A time, or how long from now on.
   *
   * @param typed {@code 2027-06-30T00:00:00Z}, or an ISO 8601 duration: {@code P30D}, {@code PT12H}
   */
  public static OffsetDateTime until(String option, String typed, Instant now) {
    try {
      if (!typed.startsWith("P")) {
        return Instant.parse(typed).atOffset(ZoneOffset.UTC);
      }
      TemporalAmount amount = typed.contains("T") ? Duration.parse(typed) : Period.parse(typed);
      return now.truncatedTo(ChronoUnit.SECONDS).atOffset(ZoneOffset.UTC).plus(amount);
    } catch (DateTimeException | ArithmeticException e) {
      throw CommandFailure.refused(option + " is a time, as 2027-06-30T00:00:00Z, or a duration, as P30D or PT12H, "
          + "not " + Printable.of(typed));
    }
  }

  /** A time in UTC. */
  public static OffsetDateTime time(String option, String typed) {
    try {
      return Instant.parse(typed).atOffset(ZoneOffset.UTC);
    } catch (DateTimeException e) {
      throw CommandFailure.refused(option + " is a time, as 2026-11-01T00:00:00Z, not " + Printable.of(typed));
    }
  }

  /** A word of those that the API knows. */
  public static <T> T word(String option, String typed, Function<String, T> words) {
    try {
      return words.apply(typed);
    } catch (IllegalArgumentException e) {
      throw CommandFailure.refused(option + " does not know " + Printable.of(typed));
    }
  }

  /** An amount in the unit that was asked for, as neuron. */
  public static String amount(String option, String typed, OutputOptions output) {
    try {
      return output.format().read(typed).toString();
    } catch (IllegalArgumentException e) {
      throw CommandFailure.refused(option + ": " + e.getMessage());
    }
  }

  /** @throws CommandFailure unless it is 1 or more */
  public static int limit(int typed) {
    if (typed < 1) {
      throw CommandFailure.refused("--limit is 1 or more, not " + typed);
    }
    return typed;
  }
}
