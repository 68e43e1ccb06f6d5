package io.neuronledger.command.store.form;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import io.neuronledger.command.account.aggregate.LedgerSnapshot;
import io.neuronledger.contracts.event.AccountEvent;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** The stored names of events: their published names, never a class name. */
public final class StoredNames {
  private static final Map<Class<?>, String> NAME_BY_TYPE = new HashMap<>();
  private static final Map<String, Class<?>> TYPE_BY_NAME = new HashMap<>();

  static {
    for (JsonSubTypes.Type type : AccountEvent.class.getAnnotation(JsonSubTypes.class).value()) {
      add(type.value(), type.name());
    }
    add(LedgerSnapshot.class, LedgerSnapshot.NAME);
  }

  private StoredNames() {}

  private static void add(Class<?> type, String name) {
    NAME_BY_TYPE.put(type, name);
    TYPE_BY_NAME.put(name, type);
  }

  /** All stored names. */
  public static Set<String> all() {
    return Set.copyOf(TYPE_BY_NAME.keySet());
  }

  /** @throws IllegalArgumentException for a type that has no stored form */
  public static String of(Class<?> type) {
    String name = NAME_BY_TYPE.get(type);
    if (name == null) {
      throw new IllegalArgumentException("no stored form: " + type.getName());
    }
    return name;
  }

  /** @throws IllegalArgumentException for an unknown name */
  static Class<?> typeOf(String name) {
    Class<?> type = TYPE_BY_NAME.get(name);
    if (type == null) {
      throw new IllegalArgumentException("no event is stored as " + name);
    }
    return type;
  }
}
