package io.neuronledger.command.wiring;

import static org.assertj.core.api.Assertions.assertThat;

import io.neuronledger.command.usage.service.UnknownService;
import io.neuronledger.foundation.access.rate.RateLimit;
import io.neuronledger.foundation.access.rate.RateSettings;
import io.neuronledger.foundation.access.settings.AccessSettings;
import io.neuronledger.foundation.access.settings.ApiKeySettings;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.test.context.ConfigDataApplicationContextInitializer;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

/** The shipped configuration file, with environment variables set by an operator. */
class SettingsTest {
  private static final Pattern VARIABLE = Pattern.compile("\\$\\{(NEURON_LEDGER_[A-Z_]+):");

  @EnableConfigurationProperties(CommandProperties.class)
  static class Bound {}

  @EnableConfigurationProperties({AccessSettings.class, ApiKeySettings.class})
  static class BoundAccess {}

  @EnableConfigurationProperties(RateSettings.class)
  static class BoundRates {}

  private final ApplicationContextRunner runner = new ApplicationContextRunner()
      .withInitializer(new ConfigDataApplicationContextInitializer())
      .withSystemProperties("spring.config.name=ledger-command", "NEURON_LEDGER_DATABASE_PASSWORD=one",
          "NEURON_LEDGER_DATABASE_MIGRATION_PASSWORD=two")
      .withUserConfiguration(Bound.class);

  /** A value other than the default, and the resulting property. */
  private record Setting(String value, Function<CommandProperties, Object> bound, Object expected) {}

  private static Setting number(int value, Function<CommandProperties, Object> bound) {
    return new Setting(String.valueOf(value), properties -> ((Number) bound.apply(properties)).intValue(), value);
  }

  private static Setting time(Function<CommandProperties, Object> bound) {
    return new Setting("77s", bound, Duration.ofSeconds(77));
  }

  private static Setting text(Function<CommandProperties, Object> bound) {
    return new Setting("another", bound, "another");
  }

  private static Map<String, Setting> settings() {
    Map<String, Setting> settings = new TreeMap<>();
    settings.put("PARTITIONS", number(7, CommandProperties::partitions));
    settings.put("KAFKA_BOOTSTRAP_SERVERS", text(all -> all.kafka().bootstrapServers()));
    settings.put("KAFKA_REPLICATION_FACTOR", number(3, all -> all.kafka().replicationFactor()));
    settings.put("KAFKA_SESSION_TIMEOUT", time(all -> all.kafka().sessionTimeout()));
    settings.put("DATABASE_URL", text(all -> all.database().url()));
    settings.put("DATABASE_USER", text(all -> all.database().user()));
    settings.put("DATABASE_PASSWORD", text(all -> all.database().password()));
    settings.put("DATABASE_MIGRATION_USER", text(all -> all.database().migrationUser()));
    settings.put("DATABASE_MIGRATION_PASSWORD", text(all -> all.database().migrationPassword()));
    settings.put("DATABASE_CONNECTIONS", number(17, all -> all.database().connections()));
    settings.put("INTAKE_GROUP", text(all -> all.intake().group()));
    settings.put("INTAKE_WORKERS", number(9, all -> all.intake().workers()));
    settings.put("INTAKE_UNIT_MAX", number(17, all -> all.intake().unitMax()));
    settings.put("INTAKE_POLL_RECORDS_MAX", number(18, all -> all.intake().pollRecordsMax()));
    settings.put("INTAKE_AGGREGATES_CACHED", number(19, all -> all.intake().aggregatesCached()));
    settings.put("INTAKE_RETRY_AFTER", time(all -> all.intake().retryAfter()));
    settings.put("INTAKE_STOPPED_RETRY_AFTER", time(all -> all.intake().stoppedRetryAfter()));
    settings.put("USAGE_GROUP", text(all -> all.usage().group()));
    settings.put("USAGE_POLL_RECORDS_MAX", number(23, all -> all.usage().pollRecordsMax()));
    settings.put("USAGE_METERS_CACHED", number(24, all -> all.usage().metersCached()));
    settings.put("USAGE_COMPLETED_AHEAD_MAX", time(all -> all.usage().completedAheadMax()));
    settings.put("USAGE_UNKNOWN_SERVICE",
        new Setting("refuse", all -> all.usage().unknownService(), UnknownService.REFUSE));
    settings.put("USAGE_RETRY_AFTER", time(all -> all.usage().retryAfter()));
    settings.put("RESOLUTION_SECOND_PERSON_ABOVE", number(26, all -> all.resolution().secondPersonAbove()));
    settings.put("PUBLISH_BATCH_MAX", number(25, all -> all.publish().batchMax()));
    settings.put("PUBLISH_POLL", time(all -> all.publish().poll()));
    settings.put("PUBLISH_LEASE_TIME", time(all -> all.publish().leaseTime()));
    settings.put("PUBLISH_RETRY_AFTER", time(all -> all.publish().retryAfter()));
    settings.put("STALL_AFTER", time(CommandProperties::stallAfter));
    return settings;
  }

  @Test
  void each_documented_variable_sets_its_property() {
    settings().forEach((name, setting) -> runner.withSystemProperties("NEURON_LEDGER_" + name + "=" + setting.value())
        .run(context -> {
          assertThat(context).hasNotFailed();
          assertThat(setting.bound().apply(context.getBean(CommandProperties.class))).as(name)
              .isEqualTo(setting.expected());
        }));
  }

  @Test
  void the_amount_that_one_person_decides_is_zero_or_more() {
    runner.withSystemProperties("NEURON_LEDGER_RESOLUTION_SECOND_PERSON_ABOVE=0")
        .run(context -> assertThat(context).hasNotFailed());
    runner.withSystemProperties("NEURON_LEDGER_RESOLUTION_SECOND_PERSON_ABOVE=-1")
        .run(context -> assertThat(context).getFailure().hasStackTraceContaining(
            "NEURON_LEDGER_RESOLUTION_SECOND_PERSON_ABOVE must be at least 0, not -1"));
  }

  @Test
  void a_client_properties_file_extends_the_client_configuration(@TempDir Path folder) throws IOException {
    Path file = Files.writeString(folder.resolve("client.properties"),
        "security.protocol=SASL_SSL\nbootstrap.servers=elsewhere:9092\n");
    runner.withSystemProperties("NEURON_LEDGER_KAFKA_CLIENT_PROPERTIES_FILE=" + file).run(context -> {
      assertThat(context).hasNotFailed();
      assertThat(context.getBean(CommandProperties.class).kafka().clients().properties())
          .containsOnlyKeys("security.protocol", "bootstrap.servers").containsEntry("security.protocol", "SASL_SSL")
          .containsEntry("bootstrap.servers", "127.0.0.1:9092");
    });
    runner.run(context -> assertThat(context.getBean(CommandProperties.class).kafka().clients().properties())
        .containsOnlyKeys("bootstrap.servers"));
  }

  @Test
  void the_security_settings_reach_the_clients_and_override_the_file(@TempDir Path folder) throws IOException {
    Path file = Files.writeString(folder.resolve("client.properties"),
        "security.protocol=PLAINTEXT\nclient.dns.lookup=x\n");
    Path trust = Files.createFile(folder.resolve("trust.p12"));
    Path key = Files.createFile(folder.resolve("key.pem"));
    runner.withSystemProperties("NEURON_LEDGER_KAFKA_CLIENT_PROPERTIES_FILE=" + file,
        "NEURON_LEDGER_KAFKA_SECURITY_PROTOCOL=SASL_SSL", "NEURON_LEDGER_KAFKA_SECURITY_USER=ledger-command",
        "NEURON_LEDGER_KAFKA_SECURITY_PASSWORD=secret", "NEURON_LEDGER_KAFKA_SECURITY_TRUSTSTORE=" + trust,
        "NEURON_LEDGER_KAFKA_SECURITY_TRUSTSTORE_PASSWORD=changeit", "NEURON_LEDGER_KAFKA_SECURITY_KEYSTORE=" + key,
        "NEURON_LEDGER_KAFKA_SECURITY_KEYSTORE_PASSWORD=of the key").run(context -> {
          assertThat(context).hasNotFailed();
          assertThat(context.getBean(CommandProperties.class).kafka().clients().properties())
              .containsEntry("security.protocol", "SASL_SSL").containsEntry("client.dns.lookup", "x")
              .containsEntry("sasl.mechanism", "SCRAM-SHA-512").hasEntrySatisfying("sasl.jaas.config", login ->
                  assertThat((String) login).contains("username=\"ledger-command\" password=\"secret\""))
              .containsEntry("ssl.truststore.location", trust.toString()).containsEntry("ssl.truststore.type", "PKCS12")
              .containsEntry("ssl.truststore.password", "changeit")
              .containsEntry("ssl.keystore.location", key.toString()).containsEntry("ssl.keystore.type", "PEM")
              .containsEntry("ssl.key.password", "of the key").doesNotContainKey("ssl.keystore.password");
        });
  }

  @Test
  void who_may_call_is_set_by_these_variables() {
    String keys = "API_KEYS_SECRET=" + Base64.getEncoder().encodeToString(new byte[32]);
    accessBy("OPEN=true", keys).run(context ->
        assertThat(context.getBean(AccessSettings.class).open()).isTrue());
    accessBy(keys, "ISSUER=https://issuer.example", "AUDIENCE=ledger", "ROLES_CLAIM=groups", "OWNER_CLAIM=wallet",
        "PROVIDER_CLAIM=seller", "ALLOWED_ORIGINS=https://a.example,https://b.example").run(context ->
            assertThat(context.getBean(AccessSettings.class)).isEqualTo(new AccessSettings(false,
                "https://issuer.example", "ledger", "groups", "wallet", "seller", Map.of(),
                List.of("https://a.example", "https://b.example"))));
  }

  @Test
  void the_secret_of_api_keys_is_set_by_these_variables() {
    String secret = Base64.getEncoder().encodeToString(new byte[32]);
    String previous = Base64.getEncoder().encodeToString(new byte[33]);
    accessBy("OPEN=true", "API_KEYS_SECRET=" + secret, "API_KEYS_PREVIOUS_SECRET=" + previous).run(context ->
        assertThat(context.getBean(ApiKeySettings.class)).isEqualTo(new ApiKeySettings(secret, previous)));
    accessBy("OPEN=true").run(context -> assertThat(context).getFailure()
        .hasStackTraceContaining("NEURON_LEDGER_ACCESS_API_KEYS_SECRET must be at least 32 random bytes in base64"));
  }

  @Test
  void how_many_requests_callers_may_send_is_set_by_these_variables() {
    ApplicationContextRunner rates = new ApplicationContextRunner()
        .withInitializer(new ConfigDataApplicationContextInitializer())
        .withSystemProperties("spring.config.name=ledger-command").withUserConfiguration(BoundRates.class);
    rates.run(context -> assertThat(context.getBean(RateSettings.class))
        .isEqualTo(new RateSettings(30, 5, 5, 60, Map.of())));
    rates.withSystemProperties("NEURON_LEDGER_RATE_PER_MINUTE=600", "NEURON_LEDGER_RATE_BURST=50",
        "NEURON_LEDGER_RATE_AT_ONCE=10", "NEURON_LEDGER_RATE_FAILURES_PER_MINUTE=0")
        .withPropertyValues("neuron-ledger.rate.callers.[a.b/c].per-minute=6",
            "neuron-ledger.rate.callers.[a.b/c].burst=2", "neuron-ledger.rate.callers.[a.b/c].at-once=1")
        .run(context -> assertThat(context.getBean(RateSettings.class))
            .isEqualTo(new RateSettings(600, 50, 10, 0, Map.of("a.b/c", new RateLimit(6, 2, 1)))));
  }

  private static ApplicationContextRunner accessBy(String... settings) {
    return new ApplicationContextRunner().withInitializer(new ConfigDataApplicationContextInitializer())
        .withSystemProperties("spring.config.name=ledger-command").withUserConfiguration(BoundAccess.class)
        .withSystemProperties(Stream.of(settings).map(each -> "NEURON_LEDGER_ACCESS_" + each).toArray(String[]::new));
  }

  /** Each of them is tested above, or by a test of its own. */
  @Test
  void the_file_documents_these_and_no_others() throws IOException {
    TreeSet<String> documented = new TreeSet<>();
    VARIABLE.matcher(shipped()).results().forEach(found -> documented.add(found.group(1)));
    TreeSet<String> tried = new TreeSet<>(settings().keySet().stream().map(name -> "NEURON_LEDGER_" + name).toList());
    tried.addAll(Arrays.asList("NEURON_LEDGER_SERVER_ADDRESS", "NEURON_LEDGER_COMMAND_PORT",
        "NEURON_LEDGER_KAFKA_CLIENT_PROPERTIES_FILE"));
    Stream.of("PER_MINUTE", "BURST", "AT_ONCE", "FAILURES_PER_MINUTE")
        .forEach(name -> tried.add("NEURON_LEDGER_RATE_" + name));
    Stream.of("ISSUER", "DOMAIN", "URI", "PAGE", "CHAIN_ID", "KEY", "OTHER_KEY", "NONCE_SECRET", "NODE", "NODE_TIMEOUT",
        "NODE_GAS", "TOKEN_LIFE").forEach(name -> tried.add("NEURON_LEDGER_SIGN_IN_" + name));
    Stream.of("PROTOCOL", "USER", "PASSWORD", "TRUSTSTORE", "TRUSTSTORE_PASSWORD", "KEYSTORE", "KEYSTORE_PASSWORD")
        .forEach(name -> tried.add("NEURON_LEDGER_KAFKA_SECURITY_" + name));
    Stream.of("OPEN", "ISSUER", "AUDIENCE", "ROLES_CLAIM", "OWNER_CLAIM", "PROVIDER_CLAIM", "ALLOWED_ORIGINS",
        "API_KEYS_SECRET", "API_KEYS_PREVIOUS_SECRET").forEach(name -> tried.add("NEURON_LEDGER_ACCESS_" + name));
    assertThat(documented).isEqualTo(tried);
  }

  @Test
  void the_defaults_suffice_but_for_the_passwords() {
    runner.run(context -> {
      assertThat(context).hasNotFailed();
      assertThat(context.getBean(CommandProperties.class).partitions()).isEqualTo(16);
      assertThat(context.getEnvironment().getProperty("server.port")).isEqualTo("8082");
      assertThat(context.getEnvironment().getProperty("server.address")).isEqualTo("127.0.0.1");
    });
  }

  /** The role that migrates has a password of its own; the tables of rights name the role that runs. */
  @Test
  void migrations_run_as_the_role_that_migrates() {
    runner.withSystemProperties("NEURON_LEDGER_DATABASE_USER=runs", "NEURON_LEDGER_DATABASE_MIGRATION_USER=migrates")
        .run(context -> {
          assertThat(context.getEnvironment().getProperty("spring.flyway.user")).isEqualTo("migrates");
          assertThat(context.getEnvironment().getProperty("spring.flyway.password")).isEqualTo("two");
          assertThat(context.getEnvironment().getProperty("spring.flyway.placeholders.running-role")).isEqualTo("runs");
        });
  }

  @ParameterizedTest
  @CsvSource({"COMMAND_PORT, 18082, server.port", "SERVER_ADDRESS, 0.0.0.0, server.address"})
  void each_server_variable_sets_its_property(String name, String value, String property) {
    runner.withSystemProperties("NEURON_LEDGER_" + name + "=" + value)
        .run(context -> assertThat(context.getEnvironment().getProperty(property)).isEqualTo(value));
  }

  @ParameterizedTest
  @CsvSource({"PARTITIONS, 0", "KAFKA_REPLICATION_FACTOR, 0", "KAFKA_CLIENT_PROPERTIES_FILE, /no/such/file",
      "KAFKA_SECURITY_PROTOCOL, TLS", "KAFKA_SECURITY_USER, alone", "KAFKA_SECURITY_TRUSTSTORE, /no/such/file.pem",
      "KAFKA_SESSION_TIMEOUT, PT5S",
      "DATABASE_PASSWORD, ''", "DATABASE_MIGRATION_PASSWORD, ''",
      "DATABASE_MIGRATION_USER, ledger_command", "DATABASE_CONNECTIONS, 3", "INTAKE_WORKERS, 0",
      "INTAKE_UNIT_MAX, 0", "INTAKE_POLL_RECORDS_MAX, 0", "INTAKE_AGGREGATES_CACHED, -1", "INTAKE_RETRY_AFTER, 0s",
      "INTAKE_STOPPED_RETRY_AFTER, -1s", "USAGE_POLL_RECORDS_MAX, 0", "USAGE_METERS_CACHED, -1",
          "USAGE_RETRY_AFTER, 0s",
      "PUBLISH_BATCH_MAX, 0", "PUBLISH_POLL, 0s", "PUBLISH_LEASE_TIME, 0s", "PUBLISH_RETRY_AFTER, 0s",
      "STALL_AFTER, 0s"})
  void an_invalid_value_fails_the_start_with_the_name_of_its_variable(String name, String value) {
    runner.withSystemProperties("NEURON_LEDGER_" + name + "=" + value).run(context ->
        assertThat(context).getFailure().rootCause().hasMessageContaining("NEURON_LEDGER_" + name));
  }

  private static String shipped() throws IOException {
    try (InputStream file =
        Objects.requireNonNull(SettingsTest.class.getResourceAsStream("/ledger-command.yaml"))) {
      return new String(file.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
