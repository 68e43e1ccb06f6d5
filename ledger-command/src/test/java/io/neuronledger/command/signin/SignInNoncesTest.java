package io.neuronledger.command.signin;

import static org.assertj.core.api.Assertions.assertThat;

import io.neuronledger.command.signin.SignInNonces.Nonce;
import io.neuronledger.testkit.servers.ManualClock;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** A nonce is recognised by whoever has the secret, and by nobody else. */
class SignInNoncesTest {
  private final ManualClock clock = new ManualClock();
  private final SignInNonces nonces = nonces(1);

  private SignInNonces nonces(int secret) {
    byte[] bytes = new byte[32];
    bytes[0] = (byte) secret;
    return new SignInNonces(bytes, new SecureRandom(), clock);
  }

  @Test
  void every_instance_recognises_a_nonce_and_when_it_expires() {
    Nonce nonce = nonces.next();
    assertThat(nonce.value()).matches("[0-9a-f]{64}");
    assertThat(nonce.expiresAt()).isEqualTo(clock.instant().plus(5, ChronoUnit.MINUTES));
    assertThat(nonces(1).recognised(nonce.value())).contains(nonce);
  }

  @Test
  void no_two_nonces_are_alike() {
    Set<String> made = new HashSet<>();
    for (int i = 0; i < 1_000; i++) {
      assertThat(made.add(nonces.next().value())).isTrue();
    }
  }

  @Test
  void a_nonce_of_somebody_else_is_not_recognised() {
    String nonce = nonces.next().value();
    assertThat(nonces(2).recognised(nonce)).isEmpty();
    for (int i = 0; i < nonce.length(); i++) {
      String changed = nonce.substring(0, i) + (nonce.charAt(i) == '0' ? '1' : '0') + nonce.substring(i + 1);
      assertThat(nonces.recognised(changed)).as("%s", i).isEmpty();
    }
    for (String other : List.of("", "32891756", nonce.substring(1), nonce + "0", nonce.toUpperCase(Locale.ROOT)
        .replaceFirst("[0-9]", "A"), "g".repeat(64), "\u0660".repeat(64))) {
      assertThat(nonces.recognised(other)).as(other).isEmpty();
    }
  }

  @Test
  void a_second_beyond_2038_is_a_second() {
    clock.pass(Duration.between(clock.instant(), Instant.parse("2100-01-01T00:00:00Z")));
    Nonce nonce = nonces.next();
    assertThat(nonces.recognised(nonce.value())).contains(nonce);
  }
}
