package io.neuronledger.query.settlement.period;

import static org.assertj.core.api.Assertions.assertThat;

import io.neuronledger.contracts.period.ReportHash;
import io.neuronledger.contracts.view.settlement.PeriodRow;
import io.neuronledger.foundation.partitionlog.TopicJson;
import io.neuronledger.query.export.CsvWriter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** The document's example of a report as CSV is the same one as that of JSON, whose checksum it has. */
class ReportExampleTest {
  @Test
  void the_csv_is_that_of_the_json() throws IOException {
    JsonNode forms;
    try (InputStream stream = Objects.requireNonNull(
        ReportExampleTest.class.getResourceAsStream("/openapi/ledger-query.v1.yaml"))) {
      forms = new YAMLMapper().readTree(stream).path("paths").path("/v1/reports/settlement")
          .at("/get/responses/200/content");
    }
    JsonNode report = forms.path("application/json").at("/examples/all/value");
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    CsvWriter csv = new CsvWriter(out);
    ReportLine.header(csv);
    report.path("rows").forEach(row ->
        ReportLine.of(Optional.empty(), TopicJson.MAPPER.treeToValue(row, PeriodRow.class)).write(csv));
    assertThat(out.toString(StandardCharsets.UTF_8))
        .isEqualTo(forms.path("text/csv").at("/examples/all/value").asString());
    assertThat(report.path("checksum").asString()).isEqualTo("sha256:"
        + HexFormat.of().formatHex(ReportHash.digest().digest(out.toByteArray())));
    assertThat(csv.rows()).isEqualTo(report.path("row_count").asLong());
  }
}
