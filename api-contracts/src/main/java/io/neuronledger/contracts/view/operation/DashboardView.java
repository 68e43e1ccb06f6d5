package io.neuronledger.contracts.view.operation;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.neuronledger.contracts.value.WalletAddress;
import java.util.Optional;

/**
 * What the dashboard has to know before anybody signs in.
 *
 * @param signIn how people get a token of the OIDC issuer; absent where the dashboard is no client of it
 * @param chain what is followed; absent until the first record has been read
 */
public record DashboardView(Services services, Optional<SignIn> signIn, Optional<Chain> chain) {
  /** The public addresses of the other services, each without a slash at its end; absent where none is configured. */
  public record Services(Optional<String> command, Optional<String> indexer) {}

  /**
   * The OIDC issuer, and how people get its token.
   *
   * @param clientId the dashboard's at the issuer
   * @param scope what is asked of the issuer, as OAuth writes it: words with a space between each, {@code openid} among
   *     them
   */
  public record SignIn(String issuer, String clientId, Way way, String scope) {
    /** How people get a token. */
    public enum Way {
      /** At the issuer's own page, in a window of its own, which returns with an authorization code. */
      @JsonProperty("window") WINDOW,
      /** By a code that was made beforehand, which they type. */
      @JsonProperty("code") CODE
    }
  }

  /**
   * The chain that is followed, and on it the contract that wallets call.
   *
   * @param id the EIP-155 id
   * @param family of the contracts, such as {@code account-ledger}
   */
  public record Chain(long id, String family, WalletAddress contract) {}
}
