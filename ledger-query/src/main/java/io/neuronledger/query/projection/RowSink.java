package io.neuronledger.query.projection;

/** Takes rows, to be written in one statement. */
public interface RowSink {
  /** @param values in the order of the columns; optionals where a column may be NULL */
  void add(Object... values);
}
