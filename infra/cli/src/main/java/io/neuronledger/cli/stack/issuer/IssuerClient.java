package io.neuronledger.cli.stack.issuer;

import io.neuronledger.foundation.access.caller.Scope;
import java.util.Set;

/**
 * A client of the issuer, which gets tokens by its own secret.
 *
 * @param id the subject of its tokens
 * @param scopes of its tokens, as roles
 */
public record IssuerClient(String id, String secret, Set<Scope> scopes) {
  /** Its secret stays out of every text. */
  @Override
  public String toString() {
    return "IssuerClient[" + id + "]";
  }
}
