package io.neuronledger.foundation.partitionlog;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** The stored names of a family of events: those of its {@link JsonSubTypes}, never a class name. */
public final class StoredNames {
  private final Map<Class<?>, String> names = new HashMap<>();
  private final Map<String, Class<?>> types = new HashMap<>();

  private StoredNames() {}

  /** @param family an interface with {@link JsonSubTypes} */
  public static StoredNames of(Class<?> family) {
    StoredNames declared = new StoredNames();
    for (JsonSubTypes.Type type : Objects.requireNonNull(family.getAnnotation(JsonSubTypes.class)).value()) {
      declared.add(type.value(), type.name());
    }
    return declared;
  }

  /** These names and one more. */
  public StoredNames with(Class<?> type, String name) {
    StoredNames more = new StoredNames();
    names.forEach(more::add);
    more.add(type, name);
    return more;
  }

  private void add(Class<?> type, String name) {
    names.put(type, name);
    types.put(name, type);
  }

  public Set<String> all() {
    return Set.copyOf(types.keySet());
  }

  /** @throws IllegalArgumentException for a type that has no stored form */
  public String nameOf(Class<?> type) {
    String name = names.get(type);
    if (name == null) {
      throw new IllegalArgumentException("no stored form: " + type.getName());
    }
    return name;
  }

  /** @throws IllegalArgumentException for an unknown name */
  public Class<?> typeOf(String name) {
    Class<?> type = types.get(name);
    if (type == null) {
      throw new IllegalArgumentException("no event is stored as " + name);
    }
    return type;
  }
}
