package io.neuronledger.query.settlement.period;

import io.neuronledger.contracts.view.AsOf;
import io.neuronledger.contracts.view.settlement.PeriodRow;
import io.neuronledger.query.export.Csv;
import io.neuronledger.query.export.CsvWriter;
import io.neuronledger.query.export.Export;
import java.io.OutputStream;
import java.util.List;
import java.util.function.Consumer;
import org.jooq.DSLContext;
import org.springframework.http.MediaType;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.json.JsonMapper;

/** The period report as CSV or JSON. Both end with the number of rows and the hash of the rows as CSV. */
final class PeriodReport {
  private static final List<String> HEADER = List.of("provider", "owner", "service", "opening", "used", "settled",
      "written_off", "closing", "requests", "settlements");

  private final PeriodQueries queries = new PeriodQueries();

  /** @return the number of rows written */
  long csv(PeriodFilter filter, AsOf asOf, DSLContext db, Export export) {
    PeriodQueries.Known known = queries.known(filter, db);
    export.header("Ledger-Known-Requests", String.valueOf(known.requests()));
    known.lastRecordedAt().ifPresent(at -> export.header("Ledger-Known-Until", at.toString()));
    CsvWriter csv = new CsvWriter(Csv.begin(export, Csv.TYPE, asOf)).header(HEADER);
    queries.each(filter, asOf, db, row -> write(csv, row));
    csv.trailer();
    return csv.rows();
  }

  /** @return the number of rows written */
  long json(PeriodFilter filter, AsOf asOf, DSLContext db, Export export, JsonMapper json) {
    PeriodQueries.Known known = queries.known(filter, db);
    CsvWriter hashed = new CsvWriter(OutputStream.nullOutputStream());
    JsonGenerator out = json.createGenerator(Csv.begin(export, MediaType.APPLICATION_JSON_VALUE, asOf));
    out.writeStartObject();
    out.writePOJOProperty("as_of", asOf);
    out.writePOJOProperty("known_usage", known);
    filter.period().startDate().ifPresent(day -> out.writePOJOProperty("start_date", day));
    filter.period().endDate().ifPresent(day -> out.writePOJOProperty("end_date", day));
    out.writeStringProperty("by", filter.by());
    out.writeArrayPropertyStart("rows");
    queries.each(filter, asOf, db, row -> {
      out.writePOJO(row);
      write(hashed, row);
    });
    out.writeEndArray();
    out.writeNumberProperty("row_count", hashed.rows());
    out.writeStringProperty("checksum", hashed.checksum());
    out.writeEndObject();
    out.close();
    return hashed.rows();
  }

  /** All rows, as they are read. */
  void each(PeriodFilter filter, AsOf asOf, DSLContext db, Consumer<PeriodRow> row) {
    queries.each(filter, asOf, db, row);
  }

  private static void write(CsvWriter csv, PeriodRow row) {
    csv.row(row.provider(), row.owner(), row.service(), row.opening(), row.used(), row.settled(), row.writtenOff(),
        row.closing(), row.requests(), row.settlements());
  }
}
