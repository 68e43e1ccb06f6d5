package io.neuronledger.foundation.partitionlog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.config.types.Password;
import org.apache.kafka.common.security.JaasContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class KafkaSecurityTest {
  private static KafkaSecurity security(String protocol, String user, String password, String truststore,
      String truststorePassword, String keystore, String keystorePassword) {
    return new KafkaSecurity(Optional.of(protocol), Optional.of(user), Optional.of(password), Optional.of(truststore),
        Optional.of(truststorePassword), Optional.of(keystore), Optional.of(keystorePassword));
  }

  @Test
  void nothing_is_set_where_nothing_is_given() {
    assertThat(KafkaSecurity.NONE.properties()).isEmpty();
    assertThat(security("", "", " ", "", "", "", "").properties()).isEmpty();
    assertThat(security("SSL", "", "", "", "", "", "").properties()).isEqualTo(Map.of("security.protocol", "SSL"));
  }

  /** Kafka's own parser reads what we write. */
  @ParameterizedTest
  @ValueSource(strings = {"simple", "with \"quotes\"", "with \\ backslash\\", "semi;colon = equals", "ümläut"})
  void every_password_of_one_line_reaches_kafka_unchanged(String password) {
    String login = KafkaSecurity.local("us\"er", password).properties().get("sasl.jaas.config");
    Map<String, ?> options = JaasContext.loadClientContext(Map.of("sasl.jaas.config", new Password(login)))
        .configurationEntries().getFirst().getOptions();
    assertThat(options.get("username")).isEqualTo("us\"er");
    assertThat(options.get("password")).isEqualTo(password);
  }

  @ParameterizedTest
  @CsvSource({"trust.pem,PEM", "trust.crt,PEM", "trust.p12,PKCS12", "trust.PFX,PKCS12", "trust.jks,JKS"})
  void the_type_of_a_store_follows_its_ending(String name, String type, @TempDir Path folder) throws IOException {
    String file = Files.createFile(folder.resolve(name)).toString();
    assertThat(security("SSL", "", "", file, "", "", "").properties())
        .containsEntry("ssl.truststore.location", file).containsEntry("ssl.truststore.type", type);
    assertThat(security("SSL", "", "", "", "", file, "secret").properties())
        .containsEntry("ssl.keystore.location", file).containsEntry("ssl.keystore.type", type)
        .containsEntry(type.equals("PEM") ? "ssl.key.password" : "ssl.keystore.password", "secret");
  }

  @ParameterizedTest
  @CsvSource({
      "ssl,'','','','','','',PROTOCOL must be",
      "SASL_SSL,'',x,'','','','',USER must be set",
      "SASL_PLAINTEXT,u,'','','','','',PASSWORD must be set",
      "SSL,u,'','','','','',USER must be set for the protocols",
      "PLAINTEXT,'',secret,'','','','',PASSWORD must be set for the protocols",
      "'',u,secret,'','','','',USER must be set for the protocols",
      "SASL_PLAINTEXT,u,secret,/x/t.pem,'','','',TRUSTSTORE is used by",
      "SSL,'','',/x/t.pem,'','','',TRUSTSTORE must be a file that can be read",
      "SSL,'','','',secret,'','',TRUSTSTORE_PASSWORD is set without",
      "SSL,'','','','',/x/k.txt,'',KEYSTORE must end with",
      "SSL,'','','','','',secret,KEYSTORE_PASSWORD is set without"})
  void what_would_have_no_effect_or_fail_later_is_refused_by_name(String protocol, String user, String password,
      String truststore, String truststorePassword, String keystore, String keystorePassword, String rule) {
    assertThatThrownBy(() -> security(protocol, user, password, truststore, truststorePassword, keystore,
        keystorePassword)).isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("NEURON_LEDGER_KAFKA_SECURITY_" + rule).message().doesNotContain("secret");
  }

  @Test
  void a_password_of_a_pem_truststore_or_of_two_lines_is_refused(@TempDir Path folder) throws IOException {
    String pem = Files.createFile(folder.resolve("trust.pem")).toString();
    assertThatThrownBy(() -> security("SSL", "", "", pem, "secret", "", ""))
        .hasMessageStartingWith("NEURON_LEDGER_KAFKA_SECURITY_TRUSTSTORE_PASSWORD must not be set");
    assertThatThrownBy(() -> KafkaSecurity.local("user", "sec\nret")).hasMessageContaining("control characters")
        .message().doesNotContain("ret\n");
  }

  @Test
  void its_text_has_no_password() {
    assertThat(KafkaSecurity.local("user", "secret").toString()).contains("user").doesNotContain("secret");
  }

  @Test
  void kafka_accepts_the_properties() {
    for (KafkaSecurity each : List.of(KafkaSecurity.local("user", "secret"),
        security("SASL_SSL", "user", "secret", "", "", "", ""), security("SSL", "", "", "", "", "", ""))) {
      Map<String, Object> properties =
          KafkaClients.properties("127.0.0.1:1", Optional.empty(), each.properties());
      assertThatCode(() -> Admin.create(properties).close(Duration.ZERO)).doesNotThrowAnyException();
    }
  }
}
