package io.neuronledger.query.export.table;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import com.fasterxml.jackson.annotation.JsonValue;
import io.neuronledger.contracts.usage.NeuronSum;
import io.neuronledger.contracts.value.Neuron;
import io.neuronledger.contracts.value.SignedNeuron;
import java.lang.reflect.Method;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The columns of a list: one for each value that its JSON objects may have, in the order of their properties. An object
 * within the object becomes columns too, a list one column with JSON. They follow from the record of the list's line,
 * so that a new property is a new column.
 */
final class Columns {
  private static final String TWIN = "_0g";
  private static final Pattern WORDS = Pattern.compile("(?<=[a-z0-9])(?=[A-Z])");
  private static final Set<Class<?>> AMOUNTS = Set.of(Neuron.class, SignedNeuron.class, NeuronSum.class);
  private static final Set<Class<?>> NUMBERS = Set.of(long.class, int.class, Long.class, Integer.class,
      OptionalLong.class, OptionalInt.class, BigInteger.class);

  private final boolean isInZeroG;
  private final Map<String, Column> columns = new LinkedHashMap<>();

  private Columns(boolean isInZeroG) {
    this.isInZeroG = isInZeroG;
  }

  /** @param isInZeroG whether each amount is followed by the same in 0G */
  static List<Column> of(Class<?> line, boolean isInZeroG) {
    Columns found = new Columns(isInZeroG);
    found.addRecord(line, List.of(), new HashSet<>());
    return List.copyOf(found.columns.values());
  }

  /** @param within the types around this one: one that is within itself is written as JSON */
  private void add(Type type, List<String> path, Set<Class<?>> within) {
    Class<?> raw = rawOf(type);
    if (raw == Optional.class && type instanceof ParameterizedType optional) {
      add(optional.getActualTypeArguments()[0], path, within);
    } else if (AMOUNTS.contains(raw)) {
      put(path, Column.Kind.AMOUNT);
      if (isInZeroG) {
        List<String> twin = new ArrayList<>(path);
        twin.set(twin.size() - 1, path.getLast() + TWIN);
        put(twin, Column.Kind.ZERO_G);
      }
    } else if (NUMBERS.contains(raw)) {
      put(path, Column.Kind.NUMBER);
    } else if (Collection.class.isAssignableFrom(raw) || Map.class.isAssignableFrom(raw) || within.contains(raw)) {
      put(path, Column.Kind.JSON);
    } else if (isObject(raw)) {
      Set<Class<?>> around = new HashSet<>(within);
      around.add(raw);
      addObject(raw, path, around);
    } else {
      put(path, Column.Kind.TEXT);
    }
  }

  private void addObject(Class<?> type, List<String> path, Set<Class<?>> within) {
    JsonSubTypes subtypes = type.getAnnotation(JsonSubTypes.class);
    if (subtypes == null) {
      addRecord(type, path, within);
      return;
    }
    JsonTypeInfo tag = Objects.requireNonNull(type.getAnnotation(JsonTypeInfo.class));
    put(with(path, tag.property()), Column.Kind.TEXT);
    for (JsonSubTypes.Type subtype : subtypes.value()) {
      addRecord(subtype.value(), path, within);
    }
  }

  private void addRecord(Class<?> type, List<String> path, Set<Class<?>> within) {
    for (RecordComponent component : type.getRecordComponents()) {
      boolean isUnwrapped = component.getAccessor().isAnnotationPresent(JsonUnwrapped.class);
      add(component.getGenericType(), isUnwrapped ? path : with(path, nameOf(component)), within);
    }
  }

  private void put(List<String> path, Column.Kind kind) {
    String name = String.join("_", path);
    Column added = new Column(name, path, kind);
    Column known = columns.putIfAbsent(name, added);
    if (known != null && !known.equals(added)) {
      throw new IllegalStateException("two different columns would have the name " + name);
    }
  }

  private static boolean isObject(Class<?> type) {
    return type.isAnnotationPresent(JsonSubTypes.class)
        || (type.isRecord() && Arrays.stream(type.getMethods()).noneMatch(Columns::isTheValue));
  }

  private static boolean isTheValue(Method method) {
    return method.isAnnotationPresent(JsonValue.class);
  }

  private static String nameOf(RecordComponent component) {
    JsonProperty named = component.getAccessor().getAnnotation(JsonProperty.class);
    return named == null || named.value().isEmpty() ? snakeCase(component.getName()) : named.value();
  }

  private static String snakeCase(String name) {
    return WORDS.matcher(name).replaceAll("_").toLowerCase(Locale.ROOT);
  }

  private static List<String> with(List<String> path, String name) {
    List<String> longer = new ArrayList<>(path);
    longer.add(name);
    return longer;
  }

  private static Class<?> rawOf(Type type) {
    return type instanceof ParameterizedType parameterized ? rawOf(parameterized.getRawType()) : (Class<?>) type;
  }
}
