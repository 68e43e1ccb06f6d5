package io.neuronledger.command.key;

import static org.assertj.core.api.Assertions.assertThat;

import io.neuronledger.command.fixture.Wallets;
import io.neuronledger.command.store.form.EventSerializer;
import io.neuronledger.foundation.access.caller.Scope;
import io.neuronledger.foundation.access.key.ApiKeyRecord;
import io.neuronledger.foundation.access.key.KeyHash;
import io.neuronledger.foundation.partitionlog.TopicJson;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.axonframework.serialization.SerializedObject;
import org.axonframework.serialization.SimpleSerializedObject;
import org.axonframework.serialization.SimpleSerializedType;
import org.junit.jupiter.api.Test;

/** The stored JSON of the events of API keys, and the published JSON of their state: neither ever changes. */
class ApiKeyFormsTest {
  private static final EventSerializer SERIALIZER = EventSerializer.of(EventSerializer.API_KEY_NAMES);
  private static final KeyHash HASH = KeyHash.parse("A".repeat(43));
  private static final KeyHash OTHER = KeyHash.parse("B".repeat(42) + "A");
  private static final Instant TIME = Instant.parse("2027-01-31T12:00:00Z");
  private static final AdminAct ACT = new AdminAct("ann", "192.0.2.7", Instant.parse("2026-11-27T12:00:00.123Z"));
  private static final String ACT_JSON =
      "{\"by\":\"ann\",\"from\":\"192.0.2.7\",\"at\":\"2026-11-27T12:00:00.123Z\"}";

  private static Map<ApiKeyEvent, String> events() {
    KeyTerms terms = new KeyTerms("n", Set.of(Scope.LEDGER_READ_OWN), Optional.of(Wallets.ALICE), Optional.empty());
    return Map.of(new ApiKeyEvent.ApiKeyMade("0a", terms, HASH, TIME, ACT), """
            {"type":"api-key-made.v1","id":"0a","terms":{"name":"n","scopes":["ledger:read:own"],"owner":"%s"},\
            "hash":"%s","expires_at":"2027-01-31T12:00:00Z","act":%s}"""
            .formatted(Wallets.ALICE, "A".repeat(43), ACT_JSON),
        new ApiKeyEvent.ApiKeyRotated("0a", OTHER, TIME, TIME.plusSeconds(1), ACT), """
            {"type":"api-key-rotated.v1","id":"0a","hash":"%sA","previous_expires_at":"2027-01-31T12:00:00Z",\
            "expires_at":"2027-01-31T12:00:01Z","act":%s}""".formatted("B".repeat(42), ACT_JSON),
        new ApiKeyEvent.ApiKeyRevoked("0a", ACT), """
            {"type":"api-key-revoked.v1","id":"0a","act":%s}""".formatted(ACT_JSON));
  }

  @Test
  void an_event_is_stored_in_this_form() {
    assertThat(events()).hasSameSizeAs(EventSerializer.API_KEY_NAMES.all());
    for (Map.Entry<ApiKeyEvent, String> each : events().entrySet()) {
      SerializedObject<byte[]> written = SERIALIZER.serialize(each.getKey(), byte[].class);
      assertThat(new String(written.getData(), StandardCharsets.UTF_8)).isEqualTo(each.getValue());
      assertThat(SERIALIZER.<byte[], Object>deserialize(new SimpleSerializedObject<>(written.getData(), byte[].class,
          new SimpleSerializedType(written.getType().getName(), null)))).isEqualTo(each.getKey());
      assertThat(TopicJson.MAPPER.readValue(each.getValue(), ApiKeyEvent.class)).isEqualTo(each.getKey());
    }
  }

  @Test
  void a_state_is_published_in_this_form() {
    Map<ApiKeyRecord, String> records = Map.of(
        new ApiKeyRecord.Valid("0a", 3, Set.of(Scope.USAGE_WRITE), Optional.empty(), Optional.of(Wallets.PROVIDER),
            HASH, Optional.of(new ApiKeyRecord.Previous(OTHER, TIME)), TIME.plusSeconds(1)), """
            {"type":"valid","id":"0a","revision":3,"scopes":["usage:write"],"provider":"%s","hash":"%s",\
            "previous":{"hash":"%sA","expires_at":"2027-01-31T12:00:00Z"},"expires_at":"2027-01-31T12:00:01Z"}"""
            .formatted(Wallets.PROVIDER, "A".repeat(43), "B".repeat(42)),
        new ApiKeyRecord.Revoked("0a", 4), "{\"type\":\"revoked\",\"id\":\"0a\",\"revision\":4}",
        new ApiKeyRecord.SignOfLife(TIME), "{\"type\":\"sign-of-life\",\"at\":\"2027-01-31T12:00:00Z\"}");
    records.forEach((record, json) -> {
      assertThat(TopicJson.MAPPER.writeValueAsString(record)).isEqualTo(json);
      assertThat(TopicJson.MAPPER.readValue(json, ApiKeyRecord.class)).isEqualTo(record);
    });
  }
}
