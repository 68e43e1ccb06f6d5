package io.neuronledger.testkit.servers.issuer;

import com.nimbusds.jwt.JWTClaimsSet;
import io.neuronledger.testkit.servers.RawHttp;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * Every operation of a running service with every kind of credential: none, wrong ones, expired, for somebody else, too
 * weak, bound to another owner, and each right one.
 */
public final class AccessMatrix {
  /** The owner whose data the operations' targets name. */
  public static final String OWNER = "0x00000000000000000000000000000000000000aa";
  private static final String OTHER_OWNER = "0x00000000000000000000000000000000000000bb";
  private static final String BOUND_SCOPE = "ledger:read:own";
  private static final Duration LONG = Duration.ofHours(1);

  private final int port;
  private final TokenIssuer issuer;
  private final Set<String> scopes;
  private final List<String> faults = new ArrayList<>();

  /**
   * @param port of a service that believes the issuer
   * @param scopes all that exist
   */
  public AccessMatrix(int port, TokenIssuer issuer, Set<String> scopes) {
    this.port = port;
    this.issuer = issuer;
    this.scopes = Set.copyOf(scopes);
  }

  /**
   * An operation of the service's document.
   *
   * @param target with {@link #OWNER} where it names an owner
   * @param alternatives sets of scopes, each of them enough; an empty set is any valid credential
   */
  public record Operation(String method, String target, List<Set<String>> alternatives) {}

  /** Sends all requests; returns the answers that are not what the rule of the operation says. */
  public List<String> faults(Collection<Operation> operations) {
    for (Operation operation : operations) {
      expect(operation, "no credential", Optional.empty(), "credential-missing");
      JWTClaimsSet right = owned(issuer.claims("alice", List.copyOf(scopes)).build(), OWNER);
      expect(operation, "no token", Optional.of("x"), "credential-invalid");
      expect(operation, "forged", Optional.of(issuer.forged(right)), "credential-invalid");
      expect(operation, "expired", Optional.of(issuer.signed(new JWTClaimsSet.Builder(right)
          .expirationTime(Date.from(Instant.EPOCH.plus(LONG))).build())), "credential-invalid");
      expect(operation, "of another audience", Optional.of(issuer.signed(new JWTClaimsSet.Builder(right)
          .audience("another-service").build())), "credential-invalid");
      expect(operation, "of another issuer", Optional.of(issuer.signed(new JWTClaimsSet.Builder(right)
          .issuer("https://issuer.example").build())), "credential-invalid");
      tooWeak(operation);
      operation.alternatives().forEach(alternative -> enough(operation, alternative));
    }
    return faults;
  }

  private void tooWeak(Operation operation) {
    if (operation.alternatives().contains(Set.of())) {
      return;
    }
    Set<String> others = new TreeSet<>(scopes);
    operation.alternatives().forEach(others::removeAll);
    expect(operation, "with all other scopes", Optional.of(token(others, OWNER)), "insufficient-scope");
    expect(operation, "without a scope", Optional.of(token(Set.of(), OWNER)), "insufficient-scope");
  }

  private void enough(Operation operation, Set<String> alternative) {
    check(operation, "with " + alternative, Optional.of(token(alternative, OWNER)),
        answer -> answer.status() != 401 && answer.status() != 403 && !answer.body().contains("\"unknown-path\""));
    if (alternative.contains(BOUND_SCOPE)) {
      expect(operation, "bound to another owner", Optional.of(token(alternative, OTHER_OWNER)), "foreign-owner");
      expect(operation, "bound to no owner", Optional.of(issuer.token("alice", alternative.toArray(String[]::new))),
          "foreign-owner");
    }
  }

  private String token(Set<String> roles, String owner) {
    return issuer.signed(owned(issuer.claims("alice", List.copyOf(roles)).build(), owner));
  }

  private static JWTClaimsSet owned(JWTClaimsSet claims, String owner) {
    return new JWTClaimsSet.Builder(claims).claim("ledger_owner", owner).build();
  }

  private void expect(Operation operation, String credential, Optional<String> token, String code) {
    check(operation, credential, token, answer -> answer.body().contains("\"code\":\"" + code + "\"")
        && answer.mediaType().equals("application/problem+json") && answer.header("WWW-Authenticate").isPresent()
        && answer.status() == (code.startsWith("credential-") ? 401 : 403));
  }

  private void check(Operation operation, String credential, Optional<String> token, Predicate<RawHttp.Answer> holds) {
    String[] headers = token.map(each -> new String[] {"Authorization: Bearer " + each}).orElse(new String[0]);
    RawHttp.Answer answer = RawHttp.send(port, operation.method(), operation.target(), headers);
    if (!holds.test(answer)) {
      faults.add(operation + ", " + credential + ": " + answer);
    }
  }
}
