package io.neuronledger.query.runway;

import io.neuronledger.query.request.Parameters;
import io.neuronledger.query.request.RequestValues;
import java.time.Duration;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * How far ahead is looked.
 *
 * @param within 1 to 720 hours; 72 where the caller names none
 */
public record AtRiskFilter(Duration within) {
  public static final Parameters<AtRiskFilter> PARAMETERS = new Parameters<>() {
    @Override
    public Class<AtRiskFilter> type() {
      return AtRiskFilter.class;
    }

    @Override
    public Set<String> names() {
      return Set.of("within");
    }

    @Override
    public AtRiskFilter read(RequestValues given) {
      return new AtRiskFilter(given.value("within", AtRiskFilter::hours).orElse(WITHIN_DEFAULT));
    }
  };

  private static final Pattern HOURS = Pattern.compile("[1-9][0-9]{0,2}h");
  private static final int HOURS_MAX = 720;
  private static final Duration WITHIN_DEFAULT = Duration.ofDays(3);

  private static Duration hours(String text) {
    if (HOURS.matcher(text).matches()) {
      Duration hours = Duration.ofHours(Long.parseLong(text.substring(0, text.length() - 1)));
      if (hours.toHours() <= HOURS_MAX) {
        return hours;
      }
    }
    throw new IllegalArgumentException("within is a number of hours from 1h to " + HOURS_MAX + "h");
  }
}
