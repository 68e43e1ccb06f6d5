package io.neuronledger.command.signin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.JOSEException;
import java.security.KeyPair;
import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

/** All settings or none, each within its limits; keys in every form that OpenSSL writes. */
class SignInSettingsTest {
  private static final KeyPair KEY = Messages.newKey("EC", 256);
  private static final Map<String, String> ALL = Map.of("issuer", Messages.ISSUER, "domain", Messages.DOMAIN, "uri",
      Messages.URI, "chain-id", "1", "key", Messages.base64(KEY.getPrivate()), "nonce-secret", Messages.SECRET);

  private static SignInSettings bound(Map<String, String> values) {
    Map<String, String> named = new HashMap<>();
    values.forEach((name, value) -> named.put("neuron-ledger.sign-in." + name, value));
    return new Binder(new MapConfigurationPropertySource(named))
        .bindOrCreate("neuron-ledger.sign-in", SignInSettings.class);
  }

  private static SignInSettings with(String name, String value) {
    Map<String, String> values = new HashMap<>(ALL);
    values.put(name, value);
    return bound(values);
  }

  @Test
  void none_is_off_and_all_is_on() {
    assertThat(bound(Map.of()).isOn()).isFalse();
    assertThat(bound(ALL).isOn()).isTrue();
    assertThat(bound(ALL)).extracting(SignInSettings::nodeTimeout, SignInSettings::nodeGas, SignInSettings::tokenLife)
        .containsExactly(Duration.ofSeconds(2), 500_000L, Duration.ofHours(1));
    for (String name : ALL.keySet()) {
      assertThatThrownBy(() -> with(name, "")).rootCause().hasMessageStartingWith("NEURON_LEDGER_SIGN_IN_"
          + name.toUpperCase(Locale.ROOT).replace('-', '_') + " must be set");
    }
  }

  @ParameterizedTest
  @CsvSource({"issuer, http://command.example", "issuer, https://command.example/", "domain, a/b", "domain, a b",
      "uri, /login", "page, http://page.example/", "page, page.example", "page, https://page.example",
      "page, https://page.example:443/", "page, https://Page.example/", "page, https://page.example/?a=/",
      "chain-id, 0", "chain-id, 01", "chain-id, 0x1", "nonce-secret, AAAA", "nonce-secret, ~", "key, AAAA", "key, ~",
      "other-key, AAAA", "node, ftp://node.example", "node, node:8545", "node-timeout, 99ms", "node-timeout, 10001ms",
      "node-gas, 49999", "node-gas, 30000001", "token-life, 59s", "token-life, 86401s"})
  void a_value_outside_of_its_limits_names_its_variable(String name, String value) {
    assertThatThrownBy(() -> with(name, value)).rootCause().hasMessageContaining("NEURON_LEDGER_SIGN_IN_"
        + name.toUpperCase(Locale.ROOT).replace('-', '_') + " must be");
  }

  @ParameterizedTest
  @CsvSource({"issuer, http://127.0.0.1:8082", "domain, localhost", "page, http://127.0.0.1:8080/", "chain-id, 16661",
      "node, http://node:8545", "node-timeout, 100ms", "node-timeout, 10s", "node-gas, 50000", "node-gas, 30000000",
      "token-life, 1m", "token-life, 24h"})
  void a_value_within_its_limits_is_taken(String name, String value) {
    assertThatCode(() -> with(name, value)).doesNotThrowAnyException();
  }

  @Test
  void a_node_another_key_or_a_page_alone_is_a_mistake() {
    for (String name : List.of("node", "other-key", "page")) {
      assertThatThrownBy(() -> bound(Map.of(name, "http://127.0.0.1:8545"))).rootCause()
          .hasMessageContaining("NEURON_LEDGER_SIGN_IN_KEY must be set");
    }
  }

  @Test
  void a_key_is_pem_or_its_base64_alone_and_of_the_one_curve() throws JOSEException {
    String body = Messages.base64(KEY.getPrivate());
    String pem = "-----BEGIN PRIVATE KEY-----\n" + Base64.getMimeEncoder().encodeToString(KEY.getPrivate().getEncoded())
        + "\n-----END PRIVATE KEY-----\n";
    TokenKeys keys = TokenKeys.of(with("key", pem));
    assertThat(keys.signing().toECPublicKey()).isEqualTo(KEY.getPublic());
    assertThat(TokenKeys.of(with("key", body))).isEqualTo(keys);
    assertThat(keys.published().toString()).doesNotContain("\"d\"");
    assertThat(keys).asString().doesNotContain(keys.signing().getD().toString());
    assertThat(bound(ALL)).asString().doesNotContain(body, Messages.SECRET);
    for (KeyPair other : List.of(Messages.newKey("EC", 384), Messages.newKey("RSA", 2_048))) {
      assertThatThrownBy(() -> with("key", Messages.base64(other.getPrivate()))).rootCause()
          .hasMessageContaining("NEURON_LEDGER_SIGN_IN_KEY must be a private key of the curve P-256");
      assertThatThrownBy(() -> with("other-key", Messages.base64(other.getPublic()))).rootCause()
          .hasMessageContaining("NEURON_LEDGER_SIGN_IN_OTHER_KEY must be a public key of the curve P-256");
    }
    assertThatThrownBy(() -> with("other-key", body)).rootCause()
        .hasMessageContaining("OTHER_KEY must be a public key");
  }

  @Test
  void two_keys_are_published_while_they_are_changed() {
    KeyPair next = Messages.newKey("EC", 256);
    TokenKeys before = TokenKeys.of(with("other-key", Messages.base64(next.getPublic())));
    assertThat(before.published().getKeys()).hasSize(2);
    Map<String, String> changed = new HashMap<>(ALL);
    changed.put("key", Messages.base64(next.getPrivate()));
    changed.put("other-key", Messages.base64(KEY.getPublic()));
    TokenKeys after = TokenKeys.of(bound(changed));
    assertThat(after.published().getKeys()).containsExactlyInAnyOrderElementsOf(before.published().getKeys());
    assertThat(after.signing().getKeyID()).isNotEqualTo(before.signing().getKeyID());
  }
}
