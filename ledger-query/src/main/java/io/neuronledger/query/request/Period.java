package io.neuronledger.query.request;

import io.neuronledger.foundation.problem.ProblemCode;
import io.neuronledger.foundation.problem.Refusal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.Set;

/**
 * Whole days, UTC, both ends included.
 *
 * @param startDate absent: from the beginning
 * @param endDate absent: without an end
 */
public record Period(Optional<LocalDate> startDate, Optional<LocalDate> endDate) {
  public static final Set<String> NAMES = Set.of("start_date", "end_date");

  private static final int YEAR_MIN = 1970;
  private static final int YEAR_MAX = 9999;

  /** @throws Refusal unless both are days, and the first is not after the last */
  public static Period read(RequestValues given) {
    Period period = new Period(given.value("start_date", Period::day), given.value("end_date", Period::day));
    if (period.startDate.isPresent() && period.endDate.isPresent()
        && period.endDate.get().isBefore(period.startDate.get())) {
      throw Refusal.parameter(ProblemCode.BAD_PARAMETER, "end_date", "end_date is before start_date");
    }
    return period;
  }

  /**
   * Reads a day.
   *
   * @param text 2026-10-31 for example
   * @throws IllegalArgumentException for anything but a day of the years 1970 to 9999
   */
  public static LocalDate day(String text) {
    try {
      LocalDate day = LocalDate.parse(text);
      if (day.getYear() >= YEAR_MIN && day.getYear() <= YEAR_MAX) {
        return day;
      }
    } catch (DateTimeException e) {
      throw new IllegalArgumentException("a day is written as 2026-04-01", e);
    }
    throw new IllegalArgumentException("a day must be in the years " + YEAR_MIN + " to " + YEAR_MAX);
  }

  /** The start of the period, inclusive. */
  public Optional<Instant> from() {
    return startDate.map(day -> day.atStartOfDay(ZoneOffset.UTC).toInstant());
  }

  /** The end of the period, exclusive. */
  public Optional<Instant> until() {
    return endDate.map(day -> day.plusDays(1).atStartOfDay(ZoneOffset.UTC).toInstant());
  }
}
