package io.neuronledger.query.events;

import io.neuronledger.query.request.Parameters;
import io.neuronledger.query.request.RequestValues;
import java.util.Optional;
import java.util.Set;

/**
 * Which events are asked for.
 *
 * @param after the id of the last event that is known, {@code beginning} or {@code now}; empty: now
 * @param untilNow whether the answer ends with the last event that there is now, instead of waiting for others
 */
public record EventsFilter(Optional<String> after, boolean untilNow) {
  public static final Parameters<EventsFilter> PARAMETERS = new Parameters<>() {
    @Override
    public Class<EventsFilter> type() {
      return EventsFilter.class;
    }

    @Override
    public Set<String> names() {
      return Set.of("after", "until");
    }

    @Override
    public EventsFilter read(RequestValues given) {
      return new EventsFilter(given.value("after", text -> text), given.value("until", EventsFilter::now).isPresent());
    }
  };

  private static String now(String text) {
    if (!text.equals(Subscriptions.NOW)) {
      throw new IllegalArgumentException("until is now, or left out");
    }
    return text;
  }
}
