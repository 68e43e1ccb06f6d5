package io.neuronledger.contracts.period;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import io.neuronledger.contracts.value.Excerpt;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneOffset;

/** A calendar month, UTC, of the years 1970 to 9999: what is closed as a whole. JSON: {@code 2026-10}. */
public record AccountingPeriod(YearMonth month) implements Comparable<AccountingPeriod> {
  private static final int YEAR_MIN = 1970;
  private static final int YEAR_MAX = 9999;
  private static final int LENGTH = "2026-10".length();

  /** @throws IllegalArgumentException for another year */
  public AccountingPeriod {
    if (month.getYear() < YEAR_MIN || month.getYear() > YEAR_MAX) {
      throw new IllegalArgumentException("a period must be in the years " + YEAR_MIN + " to " + YEAR_MAX);
    }
  }

  /** @throws IllegalArgumentException unless it is a month, such as 2026-10 */
  @JsonCreator
  public static AccountingPeriod parse(String text) {
    try {
      if (text.length() == LENGTH) {
        return new AccountingPeriod(YearMonth.parse(text));
      }
    } catch (DateTimeException e) {
      throw new IllegalArgumentException("a period is a month, written as 2026-10", e);
    }
    throw new IllegalArgumentException("a period is a month, written as 2026-10, not " + Excerpt.of(text));
  }

  /** The period that a time lies in. */
  public static AccountingPeriod of(Instant time) {
    return new AccountingPeriod(YearMonth.from(time.atOffset(ZoneOffset.UTC)));
  }

  public LocalDate firstDay() {
    return month.atDay(1);
  }

  public LocalDate lastDay() {
    return month.atEndOfMonth();
  }

  /** The start, inclusive. */
  public Instant from() {
    return firstDay().atStartOfDay(ZoneOffset.UTC).toInstant();
  }

  /** The end, exclusive. */
  public Instant until() {
    return lastDay().plusDays(1).atStartOfDay(ZoneOffset.UTC).toInstant();
  }

  /** @throws IllegalArgumentException after the last one there is */
  public AccountingPeriod next() {
    return new AccountingPeriod(month.plusMonths(1));
  }

  @Override
  public int compareTo(AccountingPeriod other) {
    return month.compareTo(other.month);
  }

  @JsonValue
  @Override
  public String toString() {
    return month.toString();
  }
}
