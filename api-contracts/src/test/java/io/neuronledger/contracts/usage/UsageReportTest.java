package io.neuronledger.contracts.usage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.neuronledger.contracts.value.Neuron;
import io.neuronledger.contracts.value.ServiceName;
import io.neuronledger.contracts.value.WalletAddress;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UsageReportTest {
  private static final WalletAddress OWNER = WalletAddress.parse("0x" + "1".repeat(40));
  private static final WalletAddress PROVIDER = WalletAddress.parse("0x" + "2".repeat(40));
  private static final Units UNITS = new Units.Images(2, Neuron.parse("5"));

  @ParameterizedTest
  @ValueSource(strings = {"", "with space", "tab\t", "nul\0", "line\n", "é", "🙂"})
  void an_external_name_is_visible_ascii(String text) {
    assertThatThrownBy(() -> new RequestId(text)).hasMessageContaining("request_id");
    assertThatThrownBy(() -> new ModelName(text)).hasMessageContaining("model");
    assertThatThrownBy(() -> new ApiKeyId(text)).hasMessageContaining("api_key_id");
  }

  @Test
  void a_name_has_at_most_200_characters() {
    assertThat(new RequestId("x".repeat(200)).value()).hasSize(200);
    assertThatThrownBy(() -> new RequestId("x".repeat(201))).isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"2000-01-01T00:00:00Z", "2026-04-01T12:30:00.123456Z", "2099-12-31T23:59:59.999999Z"})
  void a_request_was_completed_in_this_century(String when) {
    assertThat(report(Instant.parse(when), "inference-v1.0").when()).isEqualTo(when);
  }

  /** Seconds mistaken for milliseconds, and vice versa. */
  @ParameterizedTest
  @ValueSource(strings = {"1999-12-31T23:59:59.999999Z", "2100-01-01T00:00:00Z", "1970-01-21T10:00:00Z",
      "+56200-01-01T00:00:00Z"})
  void another_time_is_a_mistake(String when) {
    assertThatThrownBy(() -> report(Instant.parse(when), "inference-v1.0"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("when");
  }

  @Test
  void time_is_truncated_to_microseconds() {
    assertThat(report(Instant.parse("2026-04-01T00:00:00.123456789Z"), "inference-v1.0").when())
        .isEqualTo(Instant.parse("2026-04-01T00:00:00.123456Z"));
  }

  @Test
  void any_service_name_is_accepted_that_is_text_of_a_sane_length() {
    assertThat(report(Instant.EPOCH.plusSeconds(1_700_000_000), "x".repeat(200)).service().value()).hasSize(200);
    assertThat(report(Instant.EPOCH.plusSeconds(1_700_000_000), "ein Dienst: für Ü 🙂").service().type())
        .isEqualTo("ein Dienst: für Ü 🙂");
    assertThatThrownBy(() -> report(Instant.EPOCH.plusSeconds(1_700_000_000), "x".repeat(201)))
        .hasMessageContaining("service");
    assertThatThrownBy(() -> report(Instant.EPOCH.plusSeconds(1_700_000_000), "half \ud83d"))
        .hasMessageContaining("service");
  }

  private static UsageReport report(Instant when, String service) {
    return new UsageReport(new RequestId("r-1"), OWNER, PROVIDER, ServiceName.of(service), new ModelName("m"), UNITS,
        UNITS.fee().orElseThrow(), when, UsageSource.DIRECT, Optional.empty());
  }
}
