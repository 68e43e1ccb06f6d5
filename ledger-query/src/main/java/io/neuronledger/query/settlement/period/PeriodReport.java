package io.neuronledger.query.settlement.period;

import io.neuronledger.contracts.period.AccountingPeriod;
import io.neuronledger.contracts.period.ReportHash;
import io.neuronledger.contracts.view.AsOf;
import io.neuronledger.contracts.view.settlement.PeriodAdjustment;
import io.neuronledger.contracts.view.settlement.PeriodRow;
import io.neuronledger.query.export.Csv;
import io.neuronledger.query.export.CsvWriter;
import io.neuronledger.query.export.Export;
import java.io.OutputStream;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.Optional;
import java.util.function.Consumer;
import org.springframework.http.MediaType;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.json.JsonMapper;

/** The period report as CSV or JSON. JSON ends with the number of rows and the hash of the same report as CSV. */
final class PeriodReport {
  private PeriodReport() {}

  /**
   * What a report says.
   *
   * @param known the usage recorded so far; absent in a report that names its positions
   * @param period where it is of exactly one, with its adjustments
   * @param previous the report of the last closed period before
   * @param then how far the account events were read, of a frozen report and of what was known at the end of a day
   * @param rows streams the rows
   * @param adjustments streams the adjustments
   */
  record Content(AsOf asOf, Optional<PeriodQueries.Known> known, Optional<AccountingPeriod> period,
      Optional<ReportHash> previous, Optional<RecordsThen> then, Consumer<Consumer<PeriodRow>> rows,
      Consumer<Consumer<PeriodAdjustment>> adjustments) {}

  /** @return the number of lines written, without the header */
  static long csv(Content content, Export export) {
    content.known().ifPresent(known -> {
      export.header("Ledger-Known-Requests", String.valueOf(known.requests()));
      known.lastRecordedAt().ifPresent(at -> export.header("Ledger-Known-Until", at.toString()));
    });
    CsvWriter csv = new CsvWriter(Csv.begin(export, Csv.TYPE, content.asOf()));
    ReportLine.header(csv);
    ReportLine.each(content, line -> line.write(csv));
    Csv.end(export, csv.rows());
    return csv.rows();
  }

  /** @return the number of rows written */
  static long json(PeriodFilter filter, Content content, Export export, JsonMapper json) {
    return json(filter, content, Csv.begin(export, MediaType.APPLICATION_JSON_VALUE, content.asOf()), json);
  }

  /**
   * Writes and closes {@code body}.
   *
   * @return the number of rows written
   */
  static long json(PeriodFilter filter, Content content, OutputStream body, JsonMapper json) {
    MessageDigest digest = ReportHash.digest();
    CsvWriter hashed = new CsvWriter(new DigestOutputStream(OutputStream.nullOutputStream(), digest));
    ReportLine.header(hashed);
    JsonGenerator out = json.createGenerator(body);
    out.writeStartObject();
    out.writePOJOProperty("as_of", content.asOf());
    filter.knownAt().ifPresent(day -> out.writePOJOProperty("known_at", day));
    content.known().ifPresent(known -> out.writePOJOProperty("known_usage", known));
    content.period().ifPresent(period -> out.writePOJOProperty("period", period));
    content.previous().ifPresent(previous -> out.writePOJOProperty("previous", previous));
    content.then().ifPresent(then -> out.writePOJOProperty("positions", then.positions()));
    filter.period().startDate().ifPresent(day -> out.writePOJOProperty("start_date", day));
    filter.period().endDate().ifPresent(day -> out.writePOJOProperty("end_date", day));
    out.writeStringProperty("by", filter.by());
    out.writeArrayPropertyStart("rows");
    content.rows().accept(row -> {
      out.writePOJO(row);
      ReportLine.of(content.period(), row).write(hashed);
    });
    long rows = hashed.rows();
    out.writeEndArray();
    out.writeArrayPropertyStart("adjustments");
    content.adjustments().accept(adjustment -> {
      out.writePOJO(adjustment);
      ReportLine.of(adjustment).write(hashed);
    });
    out.writeEndArray();
    out.writeNumberProperty("row_count", rows);
    out.writeStringProperty("checksum", "sha256:" + ReportHash.of(digest));
    out.writeEndObject();
    out.close();
    return rows;
  }
}
