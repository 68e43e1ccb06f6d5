package io.neuronledger.query.export.table;

import java.util.List;
import tools.jackson.databind.JsonNode;

/** The values of one row. */
record Cells(JsonNode row) {
  /** As text, in the order of the columns; an absent value is empty. */
  List<String> of(List<Column> columns) {
    return columns.stream().map(this::text).toList();
  }

  private String text(Column column) {
    JsonNode value = row;
    for (String name : column.path()) {
      value = value.path(name);
    }
    if (value.isMissingNode() || value.isNull()) {
      return "";
    }
    return value.isContainer() ? value.toString() : value.asString();
  }
}
