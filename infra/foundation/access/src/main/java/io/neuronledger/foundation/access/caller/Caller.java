package io.neuronledger.foundation.access.caller;

import io.neuronledger.contracts.value.WalletAddress;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/**
 * Who sends a request, by the credential that was verified. A controller takes it as an argument.
 *
 * @param subject the name that the credential's issuer gave: 1 to {@value #SUBJECT_MAX} visible ASCII characters
 * @param owner the owner to whom {@link Scope#LEDGER_READ_OWN} is bound; empty: the scope reads nothing
 * @param provider the provider to whom {@link Scope#USAGE_WRITE} is bound; empty: the scope reports nothing
 */
public record Caller(String subject, Credential credential, Set<Scope> scopes, Optional<WalletAddress> owner,
    Optional<WalletAddress> provider) {
  public static final int SUBJECT_MAX = 200;

  /** The only caller of a service that is open: on loopback, in the embedded stack and in tests. */
  public static final Caller LOCAL = new Caller("local", Credential.NONE, EnumSet.allOf(Scope.class), Optional.empty(),
      Optional.empty());

  private static final char FIRST_VISIBLE = '!';
  private static final char LAST_VISIBLE = '~';

  /** The kind of a credential. */
  public enum Credential {
    /** None was asked for: the service is open. */
    NONE,
    /** An access token of the configured OIDC issuer. */
    OIDC_TOKEN,
    /** An API key of this ledger; the subject is its prefix, {@code nlk_<id>}. */
    API_KEY,
    /** A token of a wallet that has signed in; the subject is its address, in lower case. */
    WALLET_TOKEN
  }

  /** @throws IllegalArgumentException for a subject that cannot be shown as it is */
  public Caller {
    if (subject.isEmpty() || subject.length() > SUBJECT_MAX
        || !subject.chars().allMatch(c -> c >= FIRST_VISIBLE && c <= LAST_VISIBLE)) {
      throw new IllegalArgumentException("a subject has 1 to " + SUBJECT_MAX + " visible ASCII characters");
    }
    scopes = Set.copyOf(scopes);
  }

  /** Whether the caller counts as one of two persons: a subject of the issuer; no key, no wallet, nobody unnamed. */
  public boolean isPerson() {
    return credential == Credential.OIDC_TOKEN;
  }

  /** Whether the caller may report usage of this provider: only that of its own. {@link #LOCAL} is bound to none. */
  public boolean reportsFor(WalletAddress reported) {
    return credential == Credential.NONE || provider.equals(Optional.of(reported));
  }
}
