package io.neuronledger.command.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.neuronledger.command.fixture.Reports;
import io.neuronledger.command.fixture.Wallets;
import io.neuronledger.contracts.usage.Units;
import io.neuronledger.contracts.usage.UsageReport;
import io.neuronledger.foundation.problem.JsonBody;
import io.neuronledger.foundation.problem.Refusal;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ReportReaderTest {
  private static final String FULL = Reports.json(Reports.full("r-1"));

  @Test
  void a_report_reads_back_from_its_json() {
    assertThat(read(FULL)).isEqualTo(Reports.full("r-1"));
    assertThat(read(Reports.json(Reports.report("r-2", 3)))).isEqualTo(Reports.report("r-2", 3));
  }

  @Test
  void priced_and_unpriced_units_read_back_from_their_json() {
    for (Units units : List.of(Reports.priced(), Reports.unpriced(), new Units.Unpriced(List.of()))) {
      UsageReport report = Reports.withUnits(Reports.full("r-1"), units);
      assertThat(read(Reports.json(report))).isEqualTo(report);
    }
  }

  /** A mistake in priced units, and its message with the line. */
  @ParameterizedTest
  @CsvSource(delimiter = '|', value = {
      "\"kind\":\"clips\"|\"kind\":\"films\"|units.lines[1].kind: must be one of input-tokens,",
      "\"tier\":\"1080p\"|\"tier\":\"full hd\"|units.lines[1]: tier must be visible ASCII characters",
      "\"tier\":\"1080p\"|\"tier\":7|units.lines[1].tier must be a string, not the number 7",
      "\"count\":2|\"count\":-2|units.lines[1]: count must be 0 to 2^53",
      "\"count\":2|\"count\":2.5|units.lines[1].count must be a whole number",
      "\"price\":\"500\"|\"price\":\"-5\"|units.lines[1].price: not an amount",
      "\"price\":\"500\"|\"cost\":\"500\"|units.lines[1].price is missing",
      "\"price\":\"500\"|\"price\":\"500\",\"unit\":1|units.lines[1].unit is not a field",
      "\"kind\":\"priced\"|\"kind\":\"unpriced\"|units.lines[0].price is not a field",
      "\"lines\":[|\"lines\":[7,|units.lines must be an array of JSON objects",
      "\"lines\":[|\"prices\":[|units.lines is missing",
      "\"clips\",\"tier\":\"1080p\"|\"cache-write-tokens\"|units: two lines of cache-write-tokens"})
  void a_mistake_in_a_line_is_reported_with_the_line(String right, String wrong, String message) {
    String json = Reports.json(Reports.withUnits(Reports.full("r-1"), Reports.priced()));
    assertThat(json).contains(right);
    assertThatThrownBy(() -> read(json.replace(right, wrong))).isInstanceOf(Refusal.class)
        .hasMessageContaining(message);
  }

  @Test
  void priced_units_have_1_to_20_lines() {
    String line = "{\"kind\":\"clips\",\"tier\":\"t-%d\",\"count\":1,\"price\":\"0\"}";
    String json = Reports.json(Reports.withUnits(Reports.full("r-1"), Reports.priced()));
    String lines = json.substring(json.indexOf("\"lines\":["), json.indexOf(']') + 1);
    IntFunction<String> with = count -> json.replace(lines, IntStream.range(0, count).mapToObj(line::formatted)
        .collect(Collectors.joining(",", "\"lines\":[", "]")));
    assertThat(read(with.apply(Units.LINES_MAX))).isInstanceOf(UsageReport.class);
    assertThatThrownBy(() -> read(with.apply(Units.LINES_MAX + 1))).isInstanceOf(Refusal.class)
        .hasMessageContaining("units.lines has at most 20 objects, not 21");
    assertThatThrownBy(() -> read(with.apply(0))).isInstanceOf(Refusal.class)
        .hasMessageContaining("units: priced units have a line at least");
  }

  @Test
  void a_time_may_name_its_offset() {
    assertThat(read(FULL.replace("2026-01-01T00:10:00.500Z", "2026-01-01T02:10:00.5+02:00")))
        .isEqualTo(Reports.full("r-1"));
  }

  /** Examples of EIP-55: mixed case is a checksum, one case has none. */
  @ParameterizedTest
  @ValueSource(strings = {"0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed", "0x5aaeb6053f3e94c9b9a09f33669435e7ef1beaed",
      "0x5AAEB6053F3E94C9B9A09F33669435E7EF1BEAED"})
  void addresses_may_carry_their_checksum(String address) {
    UsageReport report = (UsageReport) read(FULL.replace(Wallets.ALICE.value(), address));
    assertThat(report.owner()).hasToString("0x5aaeb6053f3e94c9b9a09f33669435e7ef1beaed");
  }

  @ParameterizedTest
  @ValueSource(strings = {"owner", "provider"})
  void a_wrong_checksum_is_refused(String field) {
    String json = FULL.replaceFirst("\"" + field + "\":\"0x[0-9a-f]{40}\"",
        "\"" + field + "\":\"0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAeD\"");
    assertThatThrownBy(() -> read(json)).isInstanceOf(Refusal.class)
        .hasMessageContaining(field + ": the letters' case is no EIP-55 checksum");
  }

  /** A mistake, and its message with the field. */
  @ParameterizedTest
  @CsvSource(delimiter = '|', value = {
      "\"request_id\":\"r-1\"|\"request_id\":\"\"|request_id",
      "\"request_id\":\"r-1\"|\"request_id\":7|request_id must be a string, not the number 7",
      "\"request_id\":\"r-1\",||request_id is missing",
      "\"request_id\":\"r-1\"|\"request_id\":null|request_id is missing",
      "\"owner\":\"0x|\"owner\":\"1x|owner: not 0x and 40",
      "\"owner\":\"0x|\"owner\":\"0X|owner: not 0x and 40",
      "\"service\":\"inference-v1.0\"|\"service\":\"\"|service: a service name is not empty",
      "\"service\":\"inference-v1.0\"|\"service\":\" inference\"|"
          + "service: a service name neither begins nor ends with a blank",
      "\"service\":\"inference-v1.0\"|\"service\":\"inference\\u2003\"|service: a service name neither begins nor ends",
      "\"service\":\"inference-v1.0\"|\"service\":\"in\\tference\"|service: a service name holds no control characters",
      "\"model\":\"deepseek|\"model\":\"deep seek|model",
      "\"kind\":\"tokens\"|\"kind\":\"words\"|units.kind must be tokens, images, seconds, priced or unpriced: words",
      "\"input\":1200|\"input\":1200.5|units.input must be a whole number, not the number 1200.5",
      "\"input\":1200|\"input\":\"1200\"|units.input must be a whole number, not a string",
      "\"input\":1200|\"input\":-1|input must be 0 to 2^53",
      "\"input\":1200|\"input\":99999999999999999999|units.input must be a whole number",
      "\"input\":1200|\"input\":100|cached_input is a part of input: 200 of 100",
      "\"input_price\":\"70\"|\"input_price\":70|units.input_price must be a string, not the number 70",
      "\"input_price\":\"70\"|\"input_price\":\"7e1\"|units.input_price: not an amount",
      "\"fee\":\"134400\"|\"fee\":\"-1\"|fee: not an amount",
      "\"fee\":\"134400\"|\"fee\":134400|fee must be a string, not the number 134400",
      "2026-01-01T00:10:00.500Z|yesterday|when: not a time with a zone",
      "2026-01-01T00:10:00.500Z|2026-01-01T00:10:00|when: not a time with a zone",
      "2026-01-01T00:10:00.500Z|1999-01-01T00:00:00Z|when must be from 2000",
      "\"source\":\"router\"|\"source\":\"relay\"|source must be direct or router",
      "\"api_key_id\":\"key-7\"|\"api_key\":\"key-7\"|api_key is not a field",
      "\"output\":300|\"output\":300,\"images\":1|units.images is not a field"})
  void a_mistake_is_reported_with_its_field(String right, String wrong, String message) {
    String json = FULL.replace(right, wrong == null ? "" : wrong);
    assertThat(json).as("the replacement took place").isNotEqualTo(FULL);
    assertThatThrownBy(() -> read(json)).isInstanceOf(Refusal.class).hasMessageContaining(message);
  }

  @Test
  void all_mistakes_are_reported_at_once() {
    String json = FULL.replace("\"request_id\":\"r-1\"", "\"request_id\":7")
        .replace("\"kind\":\"tokens\"", "\"kind\":\"images\"")
        .replace("\"fee\":\"134400\"", "\"fee\":\"x\"").replace("\"source\":\"router\"", "\"sauce\":\"router\"");
    assertThatThrownBy(() -> read(json)).isInstanceOf(Refusal.class)
        .hasMessageContainingAll("request_id must be a string", "units.count is missing", "units.price is missing",
            "fee: not an amount", "source is missing", "sauce is not a field");
  }

  @Test
  void at_most_twenty_mistakes_are_reported() {
    StringBuilder json = new StringBuilder(FULL.substring(0, FULL.lastIndexOf('}')));
    for (int i = 0; i < 21; i++) {
      json.append(",\"f").append(i).append("\":1");
    }
    assertThatThrownBy(() -> read(json + "}")).isInstanceOf(Refusal.class).hasMessageContaining("f19 is not a field")
        .hasMessageEndingWith("; and 1 more mistakes");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{", "[1]", "7", "\"r-1\"", "null", "{} {}", "{\"fee\":\"1\",\"fee\":\"2\"}"})
  void any_other_json_is_refused(String text) {
    assertThatThrownBy(() -> read(text)).isInstanceOf(Refusal.class);
  }

  private static Object read(String json) {
    return ReportReader.report(JsonBody.parse(json.getBytes(StandardCharsets.UTF_8)));
  }
}
