package io.neuronledger.query.projection;

/** Collects rows to be written in one statement. */
public interface RowSink {
  /** @param values in the order of the columns; {@code Optional} for a column that may be NULL */
  void add(Object... values);
}
