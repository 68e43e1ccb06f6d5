package io.neuronledger.query.webhook.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Base64;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

/** Every limit of the settings, on both sides. */
class WebhookSettingsTest {
  private static WebhookSettings bound(String name, String value) {
    Map<String, String> values = new HashMap<>();
    if (!name.isEmpty()) {
      values.put("w." + name, value);
    }
    return new Binder(new MapConfigurationPropertySource(values)).bindOrCreate("w",
        Bindable.of(WebhookSettings.class));
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', value = {"max|1", "max|100000", "of-caller-max|1", "of-caller-max|100000",
      "undelivered-max|1", "undelivered-max|100000", "at-once|2", "at-once|1000", "retries|1s", "retries|7d",
      "retries|1s,1s,1s,1s,1s,1s,1s,1s,1s,1s,1s,1s,1s,1s,1s,1s,1s,1s,1s,1s", "disabled-after|1m", "disabled-after|90d",
      "kept-for|1h", "kept-for|400d", "secret-overlap|1m", "secret-overlap|30d", "connect-timeout|100ms",
      "connect-timeout|1m", "timeout|100ms", "timeout|1m", "allowed-networks|127.0.0.0/8,::1/128"})
  void a_value_at_the_limit_is_accepted(String name, String value) {
    assertThat(bound(name, value)).isNotNull();
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', value = {"max|0", "max|100001", "of-caller-max|0", "of-caller-max|100001",
      "undelivered-max|0", "undelivered-max|100001", "at-once|1", "at-once|1001", "retries|999ms", "retries|604801s",
      "retries|1s,1s,1s,1s,1s,1s,1s,1s,1s,1s,1s,1s,1s,1s,1s,1s,1s,1s,1s,1s,1s", "disabled-after|59s",
      "disabled-after|2161h", "kept-for|59m", "kept-for|9601h", "secret-overlap|59s", "secret-overlap|721h",
      "connect-timeout|99ms", "connect-timeout|60001ms", "timeout|99ms", "timeout|60001ms",
      "allowed-networks|127.0.0.1/8", "secret|x", "secret|c2hvcnQ=", "previous-secret|c2hvcnQ="})
  void a_value_beyond_it_is_refused_by_its_variable(String name, String value) {
    assertThatThrownBy(() -> bound(name, value)).rootCause().isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("NEURON_LEDGER_WEBHOOKS_" + name.toUpperCase(Locale.ROOT).replace('-', '_'));
  }

  @Test
  void the_secret_is_not_shown() {
    String secret = Base64.getEncoder().encodeToString(new byte[32]);
    assertThat(bound("secret", secret).toString()).doesNotContain(secret);
    assertThatThrownBy(() -> bound("secret", "c2hvcnQ=")).rootCause().message().doesNotContain("c2hvcnQ");
  }
}
