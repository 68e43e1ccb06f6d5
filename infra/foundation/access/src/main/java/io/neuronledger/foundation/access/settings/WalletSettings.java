package io.neuronledger.foundation.access.settings;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Whether the tokens of wallets are accepted. Environment: {@code NEURON_LEDGER_ACCESS_WALLETS_…}.
 *
 * @param issuer the URL of ledger-command, exactly as in the tokens that it gives to wallets; https, or http on a
 *     loopback address; empty: no token of a wallet is accepted
 */
@ConfigurationProperties("neuron-ledger.access.wallets")
public record WalletSettings(@DefaultValue("") String issuer) {
  /** Where an issuer of wallets' tokens publishes its keys. */
  public static final String KEYS_PATH = "/v1/sign-in/keys";

  /** @throws IllegalArgumentException naming the environment variable to change */
  public WalletSettings {
    if (!issuer.isEmpty() && (!AccessSettings.isTrusted(issuer) || issuer.endsWith("/"))) {
      throw new IllegalArgumentException("NEURON_LEDGER_ACCESS_WALLETS_ISSUER must be the https URL of ledger-command,"
          + " without a slash at its end; it is: '" + issuer + "'");
    }
  }

  public boolean areAccepted() {
    return !issuer.isEmpty();
  }
}
