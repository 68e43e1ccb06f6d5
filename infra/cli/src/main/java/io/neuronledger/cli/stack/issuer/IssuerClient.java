package io.neuronledger.cli.stack.issuer;

import io.neuronledger.cli.answer.ClientCredentials;
import io.neuronledger.cli.stack.secret.Secrets;
import io.neuronledger.foundation.access.caller.Scope;
import java.util.EnumSet;
import java.util.Set;

/**
 * A client of the issuer, which gets tokens by its own secret.
 *
 * @param id the subject of its tokens
 * @param scopes of its tokens, as roles
 */
public record IssuerClient(String id, String secret, Set<Scope> scopes) {
  /** The operator of the embedded services, by the folder's secret: every right, bound to nobody. */
  public static IssuerClient operator(Secrets secrets) {
    return new IssuerClient("operator", secrets.of("issuer.operator"),
        EnumSet.complementOf(EnumSet.of(Scope.LEDGER_READ_OWN)));
  }

  /** Tokens of the issuer at that address. */
  public ClientCredentials tokens(String issuer) {
    return new ClientCredentials(issuer, id, secret);
  }

  /** Its secret stays out of every text. */
  @Override
  public String toString() {
    return "IssuerClient[" + id + "]";
  }
}
