package io.neuronledger.query.webhook.delivery;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class WebhookSecretsTest {
  private static final UUID ID = UUID.fromString("0f9a3a52-0d0e-4d0b-9a53-7a4f6d1c2b11");

  private static WebhookSecrets of(int secret, int previous) {
    return new WebhookSecrets(new WebhookSettings(text(secret), previous == 0 ? "" : text(previous), false, List.of(),
        1, 1, 1, 2, List.of(Duration.ofSeconds(5)), Duration.ofDays(5), Duration.ofDays(30), Duration.ofDays(1),
        Duration.ofSeconds(5), Duration.ofSeconds(15)));
  }

  private static String text(int seed) {
    byte[] bytes = new byte[32];
    bytes[0] = (byte) seed;
    return Base64.getEncoder().encodeToString(bytes);
  }

  @Test
  void a_secret_is_read_again_and_is_never_stored_as_it_is() {
    byte[] secret = of(1, 0).make();
    byte[] stored = of(1, 0).encrypted(ID, secret);
    assertThat(of(1, 0).decrypted(ID, stored)).contains(secret);
    assertThat(new String(stored, ISO_8859_1))
        .doesNotContain(new String(secret, ISO_8859_1));
    assertThat(of(1, 0).encrypted(ID, secret)).isNotEqualTo(stored);
  }

  @Test
  void the_secret_before_still_reads_and_another_one_does_not() {
    byte[] secret = of(1, 0).make();
    byte[] stored = of(1, 0).encrypted(ID, secret);
    assertThat(of(2, 1).decrypted(ID, stored)).contains(secret);
    assertThat(of(1, 0).decrypted(ID, of(1, 2).encrypted(ID, secret))).as("the current one encrypts").contains(secret);
    assertThat(of(2, 3).decrypted(ID, stored)).isEmpty();
  }

  @Test
  void what_was_changed_or_moved_to_another_webhook_is_not_read() {
    byte[] stored = of(1, 0).encrypted(ID, of(1, 0).make());
    byte[] changed = stored.clone();
    changed[stored.length - 1] ^= 1;
    assertThat(of(1, 0).decrypted(ID, changed)).isEmpty();
    assertThat(of(1, 0).decrypted(UUID.randomUUID(), stored)).isEmpty();
  }

  @Test
  void its_text_is_that_of_the_standard() {
    assertThat(WebhookSecrets.text(new byte[32])).matches("whsec_[A-Za-z0-9+/]{43}=");
  }
}
