package io.neuronledger.query.request;

import static org.jooq.impl.DSL.val;

import io.neuronledger.contracts.value.WalletAddress;
import java.util.Collection;
import java.util.Optional;
import java.util.function.Function;
import org.jooq.Condition;
import org.jooq.Field;

/** Conditions of filters that take several values. */
public final class ValueFilter {
  private ValueFilter() {}

  /** As an array of {@code bytea}, for statements that are written as text. */
  public static Field<byte[][]> addresses(Collection<WalletAddress> values) {
    return val(values.stream().map(WalletAddress::bytes).toArray(byte[][]::new));
  }

  /** As an array of {@code text}, for statements that are written as text. */
  public static <T> Field<String[]> texts(Collection<T> values, Function<T, String> text) {
    return val(values.stream().map(text).toArray(String[]::new));
  }

  /** Whether the field has one of the values; empty where there are none, which does not filter. */
  public static <T> Optional<Condition> oneOf(Field<T> field, Collection<T> values) {
    return values.isEmpty() ? Optional.empty() : Optional.of(field.in(values));
  }
}
