package io.neuronledger.query.export.table;

import java.io.IOException;
import java.io.OutputStream;
import tools.jackson.databind.json.JsonMapper;

/** NDJSON: the objects of the list's own answer, one a line. */
final class JsonRows implements RowWriter {
  private final JsonMapper json;
  private final OutputStream out;

  JsonRows(JsonMapper json, OutputStream out) {
    this.json = json;
    this.out = out;
  }

  @Override
  public void row(Object line) throws IOException {
    out.write(json.writeValueAsBytes(line));
    out.write('\n');
  }

  @Override
  public void end() {}
}
