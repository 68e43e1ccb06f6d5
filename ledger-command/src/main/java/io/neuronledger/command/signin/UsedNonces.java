package io.neuronledger.command.signin;

import io.neuronledger.command.signin.SignInNonces.Nonce;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicReference;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The nonces by which wallets have signed in, over all instances; none is used twice. */
final class UsedNonces {
  private static final Duration CLEANING_INTERVAL = Duration.ofMinutes(1);
  /** After its expiry: the clocks of the instances may differ. */
  private static final Duration KEPT = Duration.ofMinutes(10);
  private static final int REMOVED_AT_ONCE_MAX = 1_000;

  private final JdbcClient jdbc;
  private final Clock clock;
  private final AtomicReference<Instant> nextCleaning = new AtomicReference<>(Instant.MIN);

  UsedNonces(JdbcClient jdbc, Clock clock) {
    this.jdbc = jdbc;
    this.clock = clock;
  }

  /** @return false if it was used before, also at the same time */
  boolean use(Nonce nonce) {
    removeExpired();
    return jdbc.sql("INSERT INTO used_nonce (nonce, expires_at) VALUES (:nonce, :expires) ON CONFLICT DO NOTHING")
        .param("nonce", nonce.value()).param("expires", nonce.expiresAt().atOffset(ZoneOffset.UTC)).update() == 1;
  }

  private void removeExpired() {
    Instant now = clock.instant();
    Instant due = nextCleaning.get();
    if (!now.isBefore(due) && nextCleaning.compareAndSet(due, now.plus(CLEANING_INTERVAL))) {
      int _ = jdbc.sql("""
          DELETE FROM used_nonce WHERE nonce IN
            (SELECT nonce FROM used_nonce WHERE expires_at < :now LIMIT :most)""")
          .param("now", now.minus(KEPT).atOffset(ZoneOffset.UTC)).param("most", REMOVED_AT_ONCE_MAX).update();
    }
  }
}
