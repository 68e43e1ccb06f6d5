package io.neuronledger.query.asof.selector;

import io.neuronledger.foundation.problem.ProblemCode;
import io.neuronledger.foundation.problem.Refusal;
import io.neuronledger.query.request.Page;
import io.neuronledger.query.request.Parameters;
import io.neuronledger.query.request.RequestValues;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Set;

/**
 * A point in time of the years 1970 to 9999, at which the last block is asked for.
 *
 * @param time to the nanosecond; blocks have whole seconds
 */
public record PointInTime(Instant time) {
  public static final Parameters<PointInTime> PARAMETERS = new Parameters<>() {
    @Override
    public Class<PointInTime> type() {
      return PointInTime.class;
    }

    @Override
    public Set<String> names() {
      return Set.of("at");
    }

    @Override
    public PointInTime read(RequestValues given) {
      return given.value("at", PointInTime::parse).orElseThrow(() -> Refusal.parameter(ProblemCode.BAD_PARAMETER, "at",
          "name the time by the parameter at, 2026-10-31T23:59:59Z for example"));
    }
  };

  /**
   * Reads one.
   *
   * @param text RFC 3339, 2026-10-31T23:59:59Z for example
   * @throws IllegalArgumentException for anything else
   */
  public static PointInTime parse(String text) {
    try {
      Instant time = Instant.parse(text);
      if (!time.isBefore(Instant.EPOCH) && time.isBefore(Page.YEARS_END)) {
        return new PointInTime(time);
      }
    } catch (DateTimeException e) {
      throw new IllegalArgumentException("a time is written as 2026-10-31T23:59:59Z, or with an offset such as +02:00,"
          + " whose plus sign is encoded in a URL", e);
    }
    throw new IllegalArgumentException("a time must be in the years 1970 to 9999");
  }

  /**
   * Whether the last block until this time is known once a block of {@code blockTime} is sealed: no later one can be
   * earlier than that.
   */
  public boolean isBefore(Instant blockTime) {
    return time.isBefore(blockTime);
  }

  @Override
  public String toString() {
    return time.toString();
  }
}
