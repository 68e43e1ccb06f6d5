package io.neuronledger.cli.bench.figure;

import java.util.Locale;
import java.util.Optional;

/** The unit of a figure. */
public enum Unit {
  EVENTS_PER_SECOND("events/s", false, 0),
  BLOCKS_PER_SECOND("blocks/s", false, 0),
  READS_PER_SECOND("reads/s", false, 0),
  MILLISECONDS("ms", false, 1),
  RATIO("x", false, 2),
  CPU_PER_EVENT("µs/event", true, 1),
  BYTES_PER_EVENT("B/event", true, 0),
  CPU_PER_READ("µs/read", true, 1),
  CPU_PER_BLOCK("µs/block", true, 1),
  BYTES_PER_BLOCK("B/block", true, 0),
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

  /** For a table. */
  String format(Optional<Double> value) {
    return value.map(each -> String.format(Locale.ROOT, "%,." + digits + "f", each)).orElse("unknown");
  }
}
