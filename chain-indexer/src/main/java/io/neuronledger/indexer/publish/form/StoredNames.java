package io.neuronledger.indexer.publish.form;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import io.neuronledger.contracts.event.ChainEvent;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/** The stored names of chain events, from their declaration. */
final class StoredNames {
  private static final Map<Class<?>, String> NAMES =
      Arrays.stream(Objects.requireNonNull(ChainEvent.class.getAnnotation(JsonSubTypes.class)).value())
          .collect(Collectors.toUnmodifiableMap(JsonSubTypes.Type::value, JsonSubTypes.Type::name));

  private StoredNames() {}

  public static String of(ChainEvent event) {
    return Objects.requireNonNull(NAMES.get(event.getClass()), () -> "no stored name: " + event.getClass());
  }
}
