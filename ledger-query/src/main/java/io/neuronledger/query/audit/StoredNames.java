package io.neuronledger.query.audit;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import io.neuronledger.contracts.event.AccountEvent;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/** The name that each event is stored under, as declared in the contracts. */
final class StoredNames {
  private static final Map<Class<?>, String> BY_CLASS = Arrays.stream(
          Objects.requireNonNull(AccountEvent.class.getAnnotation(JsonSubTypes.class)).value())
      .collect(Collectors.toUnmodifiableMap(JsonSubTypes.Type::value, JsonSubTypes.Type::name));

  private StoredNames() {}

  public static String of(AccountEvent event) {
    return Objects.requireNonNull(BY_CLASS.get(event.getClass()), "an event without a stored name");
  }
}
