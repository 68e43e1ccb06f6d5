package io.neuronledger.query.export.table;

import java.util.List;

/**
 * A column of an exported table.
 *
 * @param name the names of the JSON properties that lead to the value, joined by underscores: {@code position_block}
 * @param path those names
 */
record Column(String name, List<String> path, Kind kind) {
  Column {
    path = List.copyOf(path);
  }

  /** How a value is written. */
  enum Kind {
    /** Text, also of times, days, and true or false. */
    TEXT,
    /** A count. */
    NUMBER,
    /** Neuron: text, because a spreadsheet keeps 15 digits of a number. */
    AMOUNT,
    /** The amount of the column before it, as a number in 0G. */
    ZERO_G,
    /** A list, as JSON. */
    JSON
  }
}
