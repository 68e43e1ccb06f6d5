package io.neuronledger.query.projection;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import org.jooq.Field;
import org.jooq.JSON;
import org.jooq.JSONB;
import org.jspecify.annotations.Nullable;

/** The columns of rows that are written in one statement; names, types and allowed values are the generated fields'. */
final class RowColumns {
  /** PostgreSQL's names by the Java type of a column; a domain goes by the type below it. */
  private static final Map<Class<?>, String> TYPES = Map.of(Integer.class, "int4", Long.class, "int8", Boolean.class,
      "bool", String.class, "text", byte[].class, "bytea", BigDecimal.class, "numeric", Instant.class, "timestamptz",
      LocalDate.class, "date", JSON.class, "json", JSONB.class, "jsonb");

  private final List<Field<?>> fields;

  RowColumns(List<Field<?>> fields) {
    this.fields = List.copyOf(fields);
  }

  int count() {
    return fields.size();
  }

  /** The names, for a list of columns in SQL. */
  String names() {
    return fields.stream().map(Field::getName).collect(Collectors.joining(", "));
  }

  /** PostgreSQL's names of the types. */
  List<String> types() {
    return fields.stream().map(field -> Optional.ofNullable(TYPES.get(field.getConverter().fromType()))
        .orElseThrow(() -> new IllegalArgumentException(field + " has a type without a name here"))).toList();
  }

  /**
   * One value of a row.
   *
   * @param value of the field's type, or an {@code Optional} of it; JSON also as the bytes of its text
   * @return the value; null where the {@code Optional} is empty
   * @throws IllegalArgumentException if the field takes another type
   */
  @Nullable Object checked(int column, Object value) {
    Object present = switch (value) {
      case Optional<?> optional -> optional.orElse(null);
      case OptionalLong optional -> optional.isPresent() ? (Long) optional.getAsLong() : null;
      case OptionalInt optional -> optional.isPresent() ? (Integer) optional.getAsInt() : null;
      default -> value;
    };
    Class<?> type = fields.get(column).getType();
    if (present != null && !type.isInstance(present) && !(type == JSON.class && present instanceof byte[])) {
      throw new IllegalArgumentException(
          fields.get(column) + " takes " + type.getName() + ", not " + present.getClass().getName());
    }
    return present;
  }

  /** @throws IllegalArgumentException if a row of {@code values} values does not fit */
  void requireCount(int values) {
    if (values != count()) {
      throw new IllegalArgumentException(values + " values for " + count() + " columns");
    }
  }
}
