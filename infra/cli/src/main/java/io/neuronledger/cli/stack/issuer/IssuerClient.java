package io.neuronledger.cli.stack.issuer;

import io.neuronledger.cli.stack.secret.Secrets;
import io.neuronledger.client.ClientCredentials;
import io.neuronledger.foundation.access.caller.Scope;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * A client of the issuer, which gets tokens by its own secret.
 *
 * @param id the subject of its tokens
 * @param scopes of its tokens, as roles
 */
public record IssuerClient(String id, String secret, Set<Scope> scopes) {
  /** The id of the operator. */
  public static final String OPERATOR = "operator";

  /** The operator of the embedded services, by the folder's secret: every right, bound to nobody. */
  public static IssuerClient operator(Secrets secrets) {
    return new IssuerClient(OPERATOR, secrets.of("issuer." + OPERATOR),
        EnumSet.complementOf(EnumSet.of(Scope.LEDGER_READ_OWN)));
  }

  /**
   * All clients of the embedded services: the operator, and two persons of finance, because some decisions are proposed
   * by one person and approved by another one.
   */
  public static List<IssuerClient> all(Secrets secrets) {
    return List.of(operator(secrets), person("preparer", secrets), person("approver", secrets));
  }

  /**
   * One of all clients.
   *
   * @throws IllegalArgumentException for another id
   */
  public static IssuerClient named(String id, Secrets secrets) {
    return all(secrets).stream().filter(each -> each.id().equals(id)).findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no client of the issuer is named " + id));
  }

  private static IssuerClient person(String id, Secrets secrets) {
    return new IssuerClient(id, secrets.of("issuer." + id),
        EnumSet.of(Scope.LEDGER_READ, Scope.FINANCE_READ, Scope.FINANCE_WRITE));
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
