package io.neuronledger.contracts.view.operation;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.neuronledger.contracts.value.WalletAddress;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Who asks, as the credential of the request was verified.
 *
 * @param subject the name that the credential's issuer gave; of an API key {@code nlk_<id>}, of a wallet its address in
 *     lower case, and {@code local} where the service is open
 * @param scopes the published words, such as {@code ledger:read:own}; none is contained in another one
 * @param owner the only owner whom {@code ledger:read:own} reads; absent: that scope reads nothing
 * @param provider the only provider whom {@code usage:write} reports for; absent: that scope reports nothing
 * @param endsAt the first instant at which the credential is not good, unless it is revoked before; absent: it does not
 *     end
 */
public record CallerView(String subject, Credential credential, List<String> scopes, Optional<WalletAddress> owner,
    Optional<WalletAddress> provider, Optional<Instant> endsAt) {
  /** The kind of a credential. */
  public enum Credential {
    /** None was asked for: the service is open. */
    @JsonProperty("none") NONE,
    /** An access token of the configured OIDC issuer. */
    @JsonProperty("oidc_token") OIDC_TOKEN,
    /** An API key. */
    @JsonProperty("api_key") API_KEY,
    /** The token of a wallet that has signed in. */
    @JsonProperty("wallet_token") WALLET_TOKEN
  }

  public CallerView {
    scopes = List.copyOf(scopes);
  }
}
