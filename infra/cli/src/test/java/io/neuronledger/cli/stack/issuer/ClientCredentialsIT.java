package io.neuronledger.cli.stack.issuer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.neuronledger.client.ClientCredentials;
import io.neuronledger.foundation.access.caller.Scope;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class ClientCredentialsIT {
  private final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-01-01T00:00:00Z"));
  private final Clock clock = ((InstantSource) now::get).withZone(ZoneOffset.UTC);

  /** The issuer's tokens are good for ten minutes, of which it counts whole seconds. */
  @Test
  void a_token_is_used_until_its_last_minute() {
    IssuerClient client = new IssuerClient("finance", "a-secret", EnumSet.of(Scope.FINANCE_READ));
    try (StackIssuer issuer = StackIssuer.start(0, List.of(client))) {
      ClientCredentials tokens = new ClientCredentials(issuer.url(), client.id(), client.secret(), clock);
      Optional<String> first = tokens.token();
      assertThat(first).isPresent();
      now.updateAndGet(at -> at.plus(Duration.ofMinutes(9)).minusSeconds(2));
      assertThat(tokens.token()).isEqualTo(first);
      now.updateAndGet(at -> at.plusSeconds(2));
      assertThat(tokens.token()).isPresent().isNotEqualTo(first);
    }
  }

  @Test
  void an_issuer_that_is_not_there_is_named() {
    ClientCredentials tokens = new ClientCredentials("http://127.0.0.1:1", "finance", "a-secret", clock);
    assertThatThrownBy(tokens::token).hasMessageContaining("the issuer http://127.0.0.1:1 does not answer");
  }
}
