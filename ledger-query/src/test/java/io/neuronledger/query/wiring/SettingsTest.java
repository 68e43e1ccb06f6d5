package io.neuronledger.query.wiring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.neuronledger.contracts.value.WalletAddress;
import io.neuronledger.query.events.SubscriptionSettings;
import io.neuronledger.query.fixture.Wallets;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.MutablePropertySources;
import org.springframework.core.env.SystemEnvironmentPropertySource;
import org.springframework.core.io.ClassPathResource;

/** The packaged settings file, and overrides. */
class SettingsTest {
  private static final String FILE = "NEURON_LEDGER_KAFKA_CLIENT_PROPERTIES_FILE";

  @Test
  void the_environment_names_a_file_of_client_properties(@TempDir Path folder) throws IOException {
    Path file = Files.writeString(folder.resolve("client.properties"),
        "security.protocol=SASL_SSL\nsasl.mechanism=PLAIN\nbootstrap.servers=elsewhere:9092\n");
    Settings settings = settings(Map.of(FILE, file.toString()), Map.of());
    assertThat(properties(settings)).containsEntry("security.protocol", "SASL_SSL")
        .containsEntry("sasl.mechanism", "PLAIN").containsEntry("bootstrap.servers", "127.0.0.1:9092");
    assertThat(properties(settings(Map.of(), Map.of()))).doesNotContainKey("security.protocol");
    assertThat(properties(settings(Map.of(FILE, file.toString()),
        Map.of("neuron-ledger.kafka.properties.[sasl.mechanism]", "GSSAPI"))))
        .containsEntry("sasl.mechanism", "GSSAPI").containsEntry("security.protocol", "SASL_SSL");
  }

  @Test
  void the_environment_sets_the_principal_at_kafka(@TempDir Path folder) throws IOException {
    Path trust = Files.createFile(folder.resolve("trust.pem"));
    Map<String, Object> security = Map.of("NEURON_LEDGER_KAFKA_SECURITY_PROTOCOL", "SASL_SSL",
        "NEURON_LEDGER_KAFKA_SECURITY_USER", "ledger-query", "NEURON_LEDGER_KAFKA_SECURITY_PASSWORD", "a \"b\\",
        "NEURON_LEDGER_KAFKA_SECURITY_TRUSTSTORE", trust.toString());
    assertThat(properties(settings(security, Map.of()))).containsEntry("security.protocol", "SASL_SSL")
        .containsEntry("ssl.truststore.location", trust.toString()).containsEntry("ssl.truststore.type", "PEM")
        .hasEntrySatisfying("sasl.jaas.config", login -> assertThat((String) login)
            .contains("username=\"ledger-query\"", "password=\"a \\\"b\\\\\";"));
    assertThat(properties(settings(security, Map.of("neuron-ledger.kafka.properties.[sasl.mechanism]", "GSSAPI"))))
        .containsEntry("sasl.mechanism", "GSSAPI");
  }

  @Test
  void an_unreadable_file_is_refused_with_its_name() {
    assertThatThrownBy(() -> settings(Map.of(FILE, "/no/such/file"), Map.of()))
        .hasRootCauseMessage(FILE + " must be a file that can be read, not /no/such/file");
  }

  @Test
  void the_passwords_of_both_roles_are_required() throws IOException {
    for (String name : List.of("NEURON_LEDGER_DATABASE_PASSWORD", "NEURON_LEDGER_DATABASE_MIGRATION_PASSWORD")) {
      assertThatThrownBy(() -> settings(Map.of(name, ""), Map.of()))
          .hasRootCauseMessage(name + " must be set: there is no default password");
    }
    assertThat(settings(Map.of("NEURON_LEDGER_DATABASE_MIGRATION_USER", "migrates"), Map.of()).database()
        .migrationUser()).isEqualTo("migrates");
    assertThatThrownBy(() -> settings(Map.of("NEURON_LEDGER_DATABASE_MIGRATION_USER", "ledger_query"), Map.of()))
        .hasRootCauseMessage(
            "NEURON_LEDGER_DATABASE_MIGRATION_USER must be another role than NEURON_LEDGER_DATABASE_USER");
  }

  @Test
  void the_environment_sets_single_values() throws IOException {
    Settings settings = settings(Map.of("NEURON_LEDGER_DATABASE_EXPORTS_MAX", "2",
        "NEURON_LEDGER_DATABASE_EXPORT_DEADLINE", "1h"), Map.of());
    assertThat(settings.database().exportsMax()).isEqualTo(2);
    assertThat(settings.database().exportDeadline()).isEqualTo(Duration.ofHours(1));
  }

  @Test
  void the_number_of_readers_follows_the_processors() throws IOException {
    assertThat(settings(Map.of(), Map.of()).database().readersMax())
        .isEqualTo(Math.max(4, 2 * Runtime.getRuntime().availableProcessors()));
    assertThat(settings(Map.of("NEURON_LEDGER_DATABASE_READERS_MAX", "3"), Map.of()).database().readersMax())
        .isEqualTo(3);
  }

  @Test
  void the_intervals_of_single_providers_are_a_map() throws IOException {
    WalletAddress provider = Wallets.wallet(7);
    assertThat(settings(Map.of(), Map.of("neuron-ledger.settlement.intervals.[" + provider + "]", "1h"))
        .settlement().intervals()).isEqualTo(Map.of(provider.value(), Duration.ofHours(1)));
  }

  @Test
  void a_session_timeout_below_that_of_the_brokers_is_refused() throws IOException {
    assertThat(settings(Map.of("NEURON_LEDGER_KAFKA_SESSION_TIMEOUT", "PT6S"), Map.of()).kafka().sessionTimeout())
        .isEqualTo(Duration.ofSeconds(6));
    assertThatThrownBy(() -> settings(Map.of("NEURON_LEDGER_KAFKA_SESSION_TIMEOUT", "PT5S"), Map.of()))
        .hasRootCauseMessage(
            "NEURON_LEDGER_KAFKA_SESSION_TIMEOUT must be at least PT6S, the brokers' minimum, not PT5S");
  }

  @Test
  void the_access_log_is_kept_for_one_day_to_ten_years() throws IOException {
    String name = "NEURON_LEDGER_ACCESS_LOG_RETENTION";
    assertThat(settings(Map.of(), Map.of()).accessLog().retention()).isEqualTo(Duration.ofDays(400));
    for (String within : List.of("1d", "3650d")) {
      assertThat(settings(Map.of(name, within), Map.of()).accessLog().retention().toDays() + "d").isEqualTo(within);
    }
    for (String beyond : List.of("PT23H59M59.999S", "PT87600H0.001S")) {
      assertThatThrownBy(() -> settings(Map.of(name, beyond), Map.of()))
          .hasRootCauseMessage(name + " must be from 1 to 3650 days, such as 400d, not " + beyond);
    }
  }

  @Test
  void a_period_that_is_not_closed_has_up_to_so_many_reports() throws IOException {
    String name = "NEURON_LEDGER_SETTLEMENT_REPORTS_KEPT_MAX";
    assertThat(settings(Map.of(), Map.of()).settlement().reportsKeptMax()).isEqualTo(100);
    for (int within : List.of(1, 10_000)) {
      assertThat(settings(Map.of(name, "" + within), Map.of()).settlement().reportsKeptMax()).isEqualTo(within);
    }
    for (String beyond : List.of("0", "10001")) {
      assertThatThrownBy(() -> settings(Map.of(name, beyond), Map.of()))
          .hasRootCauseMessage(name + " must be from 1 to 10000, not " + beyond);
    }
  }

  @ParameterizedTest
  @CsvSource({"KEPT_FOR,PT1M,PT59.999S,from 1 minute to 90 days",
      "KEPT_FOR,PT2160H,PT2160H0.001S,from 1 minute to 90 days",
      "KEPT_MAX,1,0,from 1 to 10000", "KEPT_MAX,10000,10001,from 1 to 10000",
      "KEPT_OF_CALLER_MAX,1,0,from 1 to 10000", "KEPT_OF_CALLER_MAX,10000,10001,from 1 to 10000",
      "BYTES_MAX,1024B,1023B,from 1KB to 1024GB", "BYTES_MAX,1099511627776B,1099511627777B,from 1KB to 1024GB",
      "FREE_MIN,0B,-1B,from 0 to 1024GB", "FREE_MIN,1099511627776B,1099511627777B,from 0 to 1024GB",
      "DEADLINE,PT1S,PT0.999S,from 1 second to 12 hours", "DEADLINE,PT12H,PT12H0.001S,from 1 second to 12 hours"})
  void each_limit_of_exports_has_two_sides(String setting, String within, String beyond, String range)
      throws IOException {
    String name = "NEURON_LEDGER_EXPORTS_" + setting;
    assertThat(settings(Map.of(name, within), Map.of()).exports().toString()).contains(within);
    assertThatThrownBy(() -> settings(Map.of(name, beyond), Map.of()))
        .hasRootCauseMessage(name + " must be " + range + ", not " + beyond);
  }

  @ParameterizedTest
  @CsvSource({"MAX,1,0,from 1 to 100000", "MAX,100000,100001,from 1 to 100000",
      "OF_CALLER_MAX,1,0,from 1 to 100000", "OF_CALLER_MAX,100000,100001,from 1 to 100000",
      "HEARTBEAT,PT1S,PT0.999S,from 1 second to 5 minutes", "HEARTBEAT,PT5M,PT5M0.001S,from 1 second to 5 minutes",
      "RETRY,PT0.001S,PT0S,from 1 millisecond to 5 minutes", "RETRY,PT5M,PT5M0.001S,from 1 millisecond to 5 minutes"})
  void each_limit_of_subscriptions_has_two_sides(String setting, String within, String beyond, String range)
      throws IOException {
    String name = "NEURON_LEDGER_SUBSCRIPTIONS_" + setting;
    assertThat(settings(Map.of(name, within), Map.of()).subscriptions().toString()).contains(within);
    assertThatThrownBy(() -> settings(Map.of(name, beyond), Map.of()))
        .hasRootCauseMessage(name + " must be " + range + ", not " + beyond);
  }

  @Test
  void subscriptions_leave_a_thousand_connections_to_other_requests() throws IOException {
    SubscriptionSettings subscriptions =
        settings(Map.of("NEURON_LEDGER_SUBSCRIPTIONS_MAX", "7192"), Map.of()).subscriptions();
    subscriptions.requireWithin(8_192);
    subscriptions.requireWithin(-1);
    assertThatThrownBy(() -> subscriptions.requireWithin(8_191)).hasMessage("NEURON_LEDGER_SUBSCRIPTIONS_MAX is 7192,"
        + " and the web server takes 8191 connections: set SERVER_TOMCAT_MAX_CONNECTIONS to 8192 or more, so that 1000"
        + " are left to other requests");
  }

  @ParameterizedTest
  @CsvSource({"INTERVAL,PT0.1S,PT0.099S,from 100 milliseconds to 1 minute",
      "INTERVAL,PT1M,PT1M0.001S,from 100 milliseconds to 1 minute",
      "WHOLE_EVERY,PT1S,PT0.999S,from 1 second to 1 hour", "WHOLE_EVERY,PT1H,PT1H0.001S,from 1 second to 1 hour",
      "RULES_MAX,1,0,from 1 to 10000", "RULES_MAX,10000,10001,from 1 to 10000",
      "RULES_OF_OWNER_MAX,1,0,from 1 to 10000", "RULES_OF_OWNER_MAX,10000,10001,from 1 to 10000",
      "ACTIVE_OF_RULE_MAX,1,0,from 1 to 100000", "ACTIVE_OF_RULE_MAX,100000,100001,from 1 to 100000"})
  void each_limit_of_alerts_has_two_sides(String setting, String within, String beyond, String range)
      throws IOException {
    String name = "NEURON_LEDGER_ALERTS_" + setting;
    assertThat(settings(Map.of(name, within), Map.of()).alerts().toString()).contains(within);
    assertThatThrownBy(() -> settings(Map.of(name, beyond), Map.of()))
        .hasRootCauseMessage(name + " must be " + range + ", not " + beyond);
  }

  private static Map<String, Object> properties(Settings settings) {
    return settings.kafka().clients().properties();
  }

  private static Settings settings(Map<String, Object> environment, Map<String, Object> arguments) throws IOException {
    MutablePropertySources sources = new MutablePropertySources();
    sources.addLast(new MapPropertySource("arguments", arguments));
    Map<String, Object> variables = new HashMap<>(Map.of("NEURON_LEDGER_DATABASE_PASSWORD", "one",
        "NEURON_LEDGER_DATABASE_MIGRATION_PASSWORD", "two"));
    variables.putAll(environment);
    sources.addLast(new SystemEnvironmentPropertySource("systemEnvironment", variables));
    List.copyOf(new YamlPropertySourceLoader().load("shipped", new ClassPathResource("ledger-query.yaml")))
        .forEach(sources::addLast);
    return new Binder(ConfigurationPropertySources.from(sources)).bind("neuron-ledger", Settings.class).get();
  }
}
