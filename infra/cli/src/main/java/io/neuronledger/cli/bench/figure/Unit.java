package io.neuronledger.cli.bench.figure;

/** The unit of a figure. */
public enum Unit {
  EVENTS_PER_SECOND("events/s", false, 0),
  CPU_PER_EVENT("µs/event", true, 1),
  BYTES_PER_EVENT("B/event", true, 0),
  MEGABYTES("MB", true, 0);

  private final String symbol;
  private final boolean cost;
  private final int digits;

  Unit(String symbol, boolean cost, int digits) {
    this.symbol = symbol;
    this.cost = cost;
    this.digits = digits;
  }

  public String symbol() {
    return symbol;
  }

  /** Whether it counts what is used up: CPU, bytes, memory. */
  public boolean isCost() {
    return cost;
  }

  /** The number of decimal places in a table. */
  int digits() {
    return digits;
  }
}
