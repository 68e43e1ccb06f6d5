package io.neuronledger.command.signin;

import io.neuronledger.command.signin.SignInNonces.Nonce;
import io.neuronledger.foundation.access.interval.Interval;
import io.neuronledger.foundation.problem.ProblemCode;
import io.neuronledger.foundation.problem.Refusal;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The nonces by which wallets have signed in, over all instances; none is used twice. */
final class UsedNonces {
  private static final Logger log = LoggerFactory.getLogger(UsedNonces.class);
  private static final Duration CLEANING_INTERVAL = Duration.ofMinutes(1);
  /** After its expiry: the clocks of the instances may differ. */
  private static final Duration KEPT = Duration.ofMinutes(10);
  private static final int REMOVED_AT_ONCE_MAX = 1_000;

  private final JdbcClient jdbc;
  private final Clock clock;
  private final Interval cleaning;

  UsedNonces(JdbcClient jdbc, Clock clock) {
    this.jdbc = jdbc;
    this.clock = clock;
    this.cleaning = new Interval(CLEANING_INTERVAL, clock);
  }

  /**
   * @return false if it was used before, also at the same time
   * @throws Refusal if the database fails; whether the nonce is used up is then unknown
   */
  boolean use(Nonce nonce) {
    try {
      removeExpired();
      return insert(nonce);
    } catch (DataAccessException e) {
      log.warn("the nonce of a sign-in cannot be stored", e);
      throw new Refusal(ProblemCode.DATABASE_UNAVAILABLE,
          "nobody was signed in, and the nonce may be used up: ask for another nonce, and sign in with that");
    }
  }

  private boolean insert(Nonce nonce) {
    return jdbc.sql("INSERT INTO used_nonce (nonce, expires_at) VALUES (:nonce, :expires) ON CONFLICT DO NOTHING")
        .param("nonce", nonce.value()).param("expires", nonce.expiresAt().atOffset(ZoneOffset.UTC)).update() == 1;
  }

  private void removeExpired() {
    if (cleaning.begin()) {
      int _ = jdbc.sql("""
          DELETE FROM used_nonce WHERE nonce IN
            (SELECT nonce FROM used_nonce WHERE expires_at < :now LIMIT :most)""")
          .param("now", clock.instant().minus(KEPT).atOffset(ZoneOffset.UTC)).param("most", REMOVED_AT_ONCE_MAX)
          .update();
    }
  }
}
