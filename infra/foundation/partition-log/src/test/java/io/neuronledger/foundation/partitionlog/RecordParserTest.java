package io.neuronledger.foundation.partitionlog;

import static org.assertj.core.api.Assertions.assertThat;

import io.neuronledger.contracts.topic.ChainRecord;
import java.nio.charset.StandardCharsets;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class RecordParserTest {
  private static final String VALID = """
      {"chain_id":1,"partition":0,"seq":7,"branch":0,"position":{"block":5,"transaction":1,"step":0},\
      "block_hash":"0x%1$s","block_time":"2026-01-02T03:04:05Z",\
      "event":{"type":"chain.branch-retracted.v1","from_block":5,"branch":1}}""".formatted("ab".repeat(32));

  private final RecordParser<ChainRecord> parser = new RecordParser<>(ChainRecord.class);

  @Test
  void a_valid_record_is_parsed_and_written_back_byte_for_byte() {
    assertThat(parse(VALID)).isInstanceOfSatisfying(ParsedRecord.Valid.class,
        valid -> assertThat(TopicJson.MAPPER.writeValueAsString(valid.value())).isEqualTo(VALID));
  }

  @Test
  void an_unknown_a_missing_and_a_trailing_value_are_malformed_with_seq() {
    assertThat(malformed(VALID.replace("\"seq\":7", "\"seq\":7,\"more\":1")).seq()).hasValue(7);
    assertThat(malformed(VALID.replace("\"branch\":0,", "")).seq()).hasValue(7);
    assertThat(malformed(VALID.replace("\"branch\":0,", "\"branch\":null,")).seq()).hasValue(7);
    assertThat(malformed(VALID + "{}").reason()).contains("Trailing token");
    assertThat(malformed(VALID.replace("0x", "0y" + "z".repeat(2_000))).reason().length()).isLessThan(600);
  }

  @Test
  void what_is_no_json_and_what_has_no_value_is_malformed_without_seq() {
    assertThat(malformed("{").seq()).isEmpty();
    assertThat(malformed(VALID.replace("\"seq\":7", "\"seq\":-7,\"more\":1")).seq()).isEmpty();
    assertThat(malformed("null")).isEqualTo(new ParsedRecord.Malformed<>("the value is null", OptionalLong.empty()));
    assertThat(parser.parse(null)).isEqualTo(new ParsedRecord.Malformed<>("a record without a value",
        OptionalLong.empty()));
  }

  private ParsedRecord<ChainRecord> parse(String json) {
    return parser.parse(json.getBytes(StandardCharsets.UTF_8));
  }

  private ParsedRecord.Malformed<ChainRecord> malformed(String json) {
    return switch (parse(json)) {
      case ParsedRecord.Malformed<ChainRecord> malformed -> malformed;
      case ParsedRecord.Valid<ChainRecord> valid -> throw new AssertionError("valid: " + valid);
    };
  }
}
