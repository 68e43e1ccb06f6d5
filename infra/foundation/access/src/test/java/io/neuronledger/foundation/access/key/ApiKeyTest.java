package io.neuronledger.foundation.access.key;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.neuronledger.foundation.access.settings.ApiKeySettings;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;

/** The form of a key, its hash, and the setting with which it is hashed. */
class ApiKeyTest {
  private static final String ID = "0123456789abcdef";
  private static final String ZEROS = "nlk_" + ID + "_" + "A".repeat(43);

  private final SecureRandom random = new SecureRandom();

  private static String base64(int bytes, int fill) {
    byte[] secret = new byte[bytes];
    Arrays.fill(secret, (byte) fill);
    return Base64.getEncoder().encodeToString(secret);
  }

  private static KeyHasher hasher(int fill) {
    return new KeyHasher(new ApiKeySettings(base64(32, fill), ""));
  }

  @Test
  void a_new_key_is_read_again_and_shows_only_its_prefix() {
    ApiKey key = ApiKey.create(ApiKey.newId(random), random);
    assertThat(key.reveal()).matches("nlk_[0-9a-f]{16}_[A-Za-z0-9_-]{43}");
    assertThat(ApiKey.parse(key.reveal()).orElseThrow().id()).isEqualTo(key.id());
    assertThat(key).hasToString("nlk_" + key.id());
    assertThat(ApiKey.create(key.id(), random).reveal()).isNotEqualTo(key.reveal());
    assertThat(ApiKey.newId(random)).isNotEqualTo(key.id());
  }

  @Test
  void a_key_has_one_spelling() {
    assertThat(ApiKey.parse(ZEROS)).isPresent();
    for (String other : List.of("", "nlk_", ZEROS + "A", ZEROS.substring(0, ZEROS.length() - 1), ZEROS + "=",
        " " + ZEROS, ZEROS.replace("nlk_", "NLK_"), ZEROS.replace("f_", "F_"), ZEROS.replace("f_", "g_"),
        ZEROS.replace("ef_", "e_"), ZEROS.substring(0, ZEROS.length() - 1) + "+", ZEROS.replace("_A", "A"))) {
      assertThat(ApiKey.parse(other)).as(other).isEmpty();
    }
  }

  /** Of the last character's six bits a decoder takes four: 16 spellings are of 32 bytes, the others of no key. */
  @Test
  void the_last_character_hides_nothing() {
    String beginning = ZEROS.substring(0, ZEROS.length() - 1);
    String letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    assertThat(letters.chars().filter(last -> ApiKey.parse(beginning + (char) last).isPresent()).count()).isEqualTo(16);
    assertThat(ApiKey.parse(beginning + "E")).isPresent();
    assertThat(ApiKey.parse(beginning + "B")).isEmpty();
  }

  @Test
  void the_hash_is_the_hmac_of_the_whole_key() throws GeneralSecurityException {
    ApiKey key = ApiKey.parse(ZEROS).orElseThrow();
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(Base64.getDecoder().decode(base64(32, 7)), "HmacSHA256"));
    KeyHash expected = new KeyHash(mac.doFinal(ZEROS.getBytes(StandardCharsets.US_ASCII)));
    assertThat(hasher(7).hash(key)).isEqualTo(expected).hasSameHashCodeAs(expected);
    assertThat(KeyHash.parse(expected.text())).isEqualTo(expected);
    assertThat(expected.toString()).doesNotContain(expected.text());
    assertThatThrownBy(() -> KeyHash.parse("AAAA")).hasMessageContaining("32 bytes");
    ApiKey sameSecret = ApiKey.parse(ZEROS.replace(ID, "f".repeat(16))).orElseThrow();
    assertThat(hasher(7).hash(sameSecret)).isNotEqualTo(expected);
    assertThat(hasher(8).hash(key)).isNotEqualTo(expected);
  }

  @Test
  void a_key_is_verified_by_the_secret_before_and_hashed_by_the_current_one() {
    ApiKey key = ApiKey.parse(ZEROS).orElseThrow();
    KeyHash before = hasher(7).hash(key);
    KeyHasher rotated = new KeyHasher(new ApiKeySettings(base64(32, 8), base64(32, 7)));
    assertThat(rotated.isAmong(key, List.of(before))).isTrue();
    assertThat(rotated.hash(key)).isEqualTo(hasher(8).hash(key));
    assertThat(rotated.isAmong(key, List.of(hasher(9).hash(key)))).isFalse();
    assertThat(rotated.isAmong(key, List.of())).isFalse();
    assertThat(hasher(8).isAmong(key, List.of(before))).isFalse();
  }

  @Test
  void a_secret_has_32_bytes_at_least_and_is_not_shown() {
    assertThat(new ApiKeySettings(base64(32, 1), "")).hasToString("ApiKeySettings");
    assertThat(new ApiKeySettings(base64(32, 1), base64(33, 2)).previousSecretBytes()).isPresent();
    for (String wrong : List.of("", base64(31, 1), "secret!", "x".repeat(31))) {
      assertThatThrownBy(() -> new ApiKeySettings(wrong, "")).hasMessageStartingWith(
          "NEURON_LEDGER_ACCESS_API_KEYS_SECRET must be at least 32 random bytes in base64");
    }
    assertThatThrownBy(() -> new ApiKeySettings(base64(32, 1), base64(31, 1)))
        .hasMessageStartingWith("NEURON_LEDGER_ACCESS_API_KEYS_PREVIOUS_SECRET")
        .hasMessageNotContaining(base64(31, 1));
  }
}
