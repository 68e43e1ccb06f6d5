package io.neuronledger.command.wiring;

import io.neuronledger.command.signin.SignIn;
import io.neuronledger.command.signin.SignInSettings;
import io.neuronledger.foundation.access.settings.AccessSettings;
import java.time.Clock;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.flyway.autoconfigure.FlywayMigrationInitializer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

/** How wallets sign in, where they do. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(SignInSettings.class)
class SignInConfiguration {
  /**
   * None where no wallet signs in.
   *
   * @param migrated it needs the table
   * @throws IllegalArgumentException if its tokens would have no audience, or the name of another issuer
   */
  @Bean
  static @Nullable SignIn signIn(SignInSettings settings, AccessSettings access, JdbcClient jdbc, Clock clock,
      FlywayMigrationInitializer migrated) {
    if (!settings.isOn()) {
      return null;
    }
    if (access.open() || settings.issuer().equals(access.issuer())) {
      throw new IllegalArgumentException("NEURON_LEDGER_SIGN_IN_ISSUER must be the URL of ledger-command, beside"
          + " NEURON_LEDGER_ACCESS_ISSUER and NEURON_LEDGER_ACCESS_AUDIENCE; an open service signs nobody in");
    }
    return new SignIn(settings, access.audience(), jdbc, clock);
  }
}
