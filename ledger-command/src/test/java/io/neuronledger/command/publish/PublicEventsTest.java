package io.neuronledger.command.publish;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.neuronledger.command.store.EventTable.StoredEvent;
import io.neuronledger.contracts.event.EventNames;
import io.neuronledger.foundation.partitionlog.RawBytes;
import java.time.Instant;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PublicEventsTest {
  private static final byte[] KEY = ("0x" + "ab".repeat(20)).getBytes(UTF_8);

  private static StoredEvent event(String name, OptionalLong publicSeq, String payload) {
    return new StoredEvent(3, 9, publicSeq, "ledger:0x" + "ab".repeat(20), 4, name,
        Instant.parse("2026-01-01T00:00:10Z"), new RawBytes(payload.getBytes(UTF_8)), new RawBytes(new byte[32]));
  }

  private static String value(StoredEvent event) {
    return new String(PublicEvents.record(event, 16_661, KEY).value(), UTF_8);
  }

  @Test
  void the_event_is_copied_byte_for_byte() {
    assertThat(value(event(EventNames.FUNDS_DEPOSITED, OptionalLong.of(7), "{\"type\": \"x\",  \"by\":\"kept\"}")))
        .isEqualTo("{\"chain_id\":16661,\"partition\":3,\"seq\":7,\"recorded_at\":\"2026-01-01T00:00:10Z\","
            + "\"event\":{\"type\": \"x\",  \"by\":\"kept\"}}");
  }

  @ParameterizedTest
  @ValueSource(strings = {EventNames.DISCREPANCY_RESOLVED,
      EventNames.DISCREPANCY_RESOLUTION_REVOKED, EventNames.DIFFERENCE_RESOLVED,
      EventNames.DIFFERENCE_RESOLUTION_PROPOSED, EventNames.DIFFERENCE_RESOLUTION_REVOKED,
      EventNames.USAGE_REVERSED})
  void who_has_decided_is_left_out(String name) {
    String decision = "{\"type\":\"x\",\"reason\":\"agreed\",\"by\":\"cfo\",\"at\":\"t\"}";
    assertThat(value(event(name, OptionalLong.of(0), decision)))
        .endsWith("\"event\":{\"type\":\"x\",\"reason\":\"agreed\",\"at\":\"t\"}}").doesNotContain("cfo");
  }

  @Test
  void an_event_without_a_public_number_has_no_public_form() {
    assertThatThrownBy(() -> value(event(EventNames.BLOCK_SEALED, OptionalLong.empty(), "{}")))
        .isInstanceOf(RuntimeException.class);
  }
}
