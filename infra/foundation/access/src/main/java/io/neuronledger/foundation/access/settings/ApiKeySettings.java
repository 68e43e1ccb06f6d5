package io.neuronledger.foundation.access.settings;

import java.util.Base64;
import java.util.Optional;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The secret by which API keys are hashed, the same in all services of a deployment. There is no default.
 *
 * @param secret at least {@value #SECRET_BYTES_MIN} random bytes, in base64
 * @param previousSecret the one before, by which keys are still verified; empty if there is none
 */
@ConfigurationProperties("neuron-ledger.access.api-keys")
public record ApiKeySettings(@DefaultValue("") String secret, @DefaultValue("") String previousSecret) {
  private static final int SECRET_BYTES_MIN = 32;
  private static final String VARIABLE = "NEURON_LEDGER_ACCESS_API_KEYS_";

  /** @throws IllegalArgumentException naming the environment variable to set; the value is not shown */
  public ApiKeySettings {
    require(secret, "SECRET");
    if (!previousSecret.isEmpty()) {
      require(previousSecret, "PREVIOUS_SECRET");
    }
  }

  private static void require(String value, String setting) {
    if (decoded(value).filter(bytes -> bytes.length >= SECRET_BYTES_MIN).isEmpty()) {
      throw new IllegalArgumentException(VARIABLE + setting + " must be at least " + SECRET_BYTES_MIN
          + " random bytes in base64, the same for all services: openssl rand -base64 " + SECRET_BYTES_MIN);
    }
  }

  private static Optional<byte[]> decoded(String value) {
    try {
      return Optional.of(Base64.getDecoder().decode(value.strip()));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  public byte[] secretBytes() {
    return decoded(secret).orElseThrow();
  }

  public Optional<byte[]> previousSecretBytes() {
    return previousSecret.isEmpty() ? Optional.empty() : decoded(previousSecret);
  }

  /** Without the secrets. */
  @Override
  public String toString() {
    return "ApiKeySettings";
  }
}
