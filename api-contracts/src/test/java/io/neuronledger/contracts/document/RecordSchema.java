package io.neuronledger.contracts.document;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import com.fasterxml.jackson.annotation.JsonValue;
import java.lang.reflect.Method;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The JSON schema of a Java type in this project's JSON: snake_case, optionals absent, a tag on sealed types, any names
 * in a map. Scalar values and records are references by simple name. Descriptions, patterns and formats are left to the
 * document.
 */
final class RecordSchema {
  private RecordSchema() {}

  /** The schema of a record; with a tag where it is a subtype. */
  static Map<String, Object> of(Class<?> type) {
    TreeSet<String> required = new TreeSet<>();
    Map<String, Object> properties = new TreeMap<>();
    tagOf(type).ifPresent(tag -> {
      required.add(tag.getKey());
      properties.put(tag.getKey(), Map.of("const", tag.getValue()));
    });
    components(type).forEach((name, component) -> {
      if (!isOptional(component.getType())) {
        required.add(name);
      }
      properties.put(name, schemaOf(component.getGenericType()));
    });
    return Map.of("type", "object", "required", List.copyOf(required), "additionalProperties", false,
        "properties", properties);
  }

  /** The names of a record's properties, and whether each is required. */
  static Map<String, Boolean> properties(Class<?> type) {
    Map<String, Boolean> properties = new TreeMap<>();
    components(type).forEach((name, component) -> properties.put(name, !isOptional(component.getType())));
    return properties;
  }

  private static Map<String, RecordComponent> components(Class<?> type) {
    Map<String, RecordComponent> components = new TreeMap<>();
    for (RecordComponent component : formOf(type).getRecordComponents()) {
      if (component.getAccessor().isAnnotationPresent(JsonUnwrapped.class)) {
        components.putAll(components(component.getType()));
      } else {
        components.put(nameOf(component), component);
      }
    }
    return components;
  }

  private static String nameOf(RecordComponent component) {
    return Optional.ofNullable(component.getAccessor().getAnnotation(JsonProperty.class)).map(JsonProperty::value)
        .orElseGet(() -> snake(component.getName()));
  }

  /** The property and the value that select a subtype. */
  private static Optional<Map.Entry<String, String>> tagOf(Class<?> type) {
    for (Class<?> above = type; above != null; above = above.getInterfaces().length == 0
        ? null : above.getInterfaces()[0]) {
      JsonTypeInfo info = above.getAnnotation(JsonTypeInfo.class);
      if (info != null) {
        return Arrays.stream(Objects.requireNonNull(above.getAnnotation(JsonSubTypes.class)).value())
            .filter(each -> each.value() == type).map(each -> Map.entry(info.property(), each.name())).findFirst();
      }
    }
    return Optional.empty();
  }

  /** One alternative per subtype, in the order of their declaration. */
  static List<Class<?>> alternatives(Class<?> sealedType) {
    return Arrays.stream(Objects.requireNonNull(sealedType.getAnnotation(JsonSubTypes.class)).value())
        .<Class<?>>map(JsonSubTypes.Type::value).toList();
  }

  private static boolean isOptional(Class<?> type) {
    return type == Optional.class || type == OptionalLong.class || type == OptionalInt.class;
  }

  private static Map<String, Object> schemaOf(Type type) {
    if (type instanceof ParameterizedType generic) {
      Type of = generic.getActualTypeArguments()[0];
      if (generic.getRawType() == Map.class) {
        return Map.of("type", "object", "additionalProperties", schemaOf(generic.getActualTypeArguments()[1]));
      }
      return generic.getRawType() == List.class
          ? Map.of("type", "array", "items", schemaOf(of))
          : schemaOf(of);
    }
    Class<?> plain = (Class<?>) type;
    if (plain == long.class || plain == int.class || plain == Long.class || plain == Integer.class
        || isOptional(plain)) {
      return Map.of("type", "integer");
    }
    if (plain == boolean.class || plain == Boolean.class) {
      return Map.of("type", "boolean");
    }
    if (plain == String.class) {
      return Map.of("type", "string");
    }
    return plain.isEnum()
        ? Map.of("enum", enumValues(plain))
        : Map.of("$ref", "#/components/schemas/" + plain.getSimpleName());
  }

  private static List<String> enumValues(Class<?> type) {
    List<String> enumValues = new ArrayList<>();
    for (Object constant : type.getEnumConstants()) {
      try {
        enumValues.add(Objects
            .requireNonNull(type.getField(((Enum<?>) constant).name()).getAnnotation(JsonProperty.class))
            .value());
      } catch (NoSuchFieldException e) {
        throw new IllegalStateException(e);
      }
    }
    return enumValues.stream().sorted().toList();
  }

  /** The record that is written in the type's place: the type itself, where it has no other form. */
  static Class<?> formOf(Class<?> type) {
    return Arrays.stream(type.getDeclaredMethods())
        .filter(method -> method.isAnnotationPresent(JsonValue.class) && method.getReturnType().isRecord())
        .<Class<?>>map(Method::getReturnType).findFirst().orElse(type);
  }

  /** Whether the type is written as a scalar. */
  static boolean isOneWord(Class<?> type) {
    return type == Instant.class || type == Duration.class
        || Arrays.stream(type.getMethods()).anyMatch(method -> method.isAnnotationPresent(JsonValue.class));
  }

  static String snake(String name) {
    return name.replaceAll("([a-z0-9])([A-Z])", "$1_$2").toLowerCase(Locale.ROOT);
  }
}
