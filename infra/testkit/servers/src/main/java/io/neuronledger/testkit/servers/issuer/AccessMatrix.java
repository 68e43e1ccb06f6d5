package io.neuronledger.testkit.servers.issuer;

import com.nimbusds.jwt.JWTClaimsSet;
import io.neuronledger.testkit.servers.RawHttp;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * Every operation of a running service with every kind of credential: none, wrong ones, expired, revoked, for somebody
 * else, too weak, bound to another owner, and each right one; tokens of an issuer, API keys and wallets' tokens alike.
 */
public final class AccessMatrix {
  /** The owner whose data the operations' targets name. */
  public static final String OWNER = "0x00000000000000000000000000000000000000aa";
  private static final String OTHER_OWNER = "0x00000000000000000000000000000000000000bb";
  private static final String BOUND_SCOPE = "ledger:read:own";
  private static final String ALLOWED = "allowed";
  private static final Duration LONG = Duration.ofHours(1);
  private static final int UNAUTHENTICATED = 401;
  private static final int FORBIDDEN = 403;

  private final int port;
  private final TokenIssuer issuer;
  private final ApiKeyPublication keys;
  private final Set<String> scopes;
  private final Optional<WalletTokens> wallets;
  private final Map<Grant, String> keysGiven = new HashMap<>();
  private final List<String> faults = new ArrayList<>();
  private String expired = "";
  private String revoked = "";
  private String last = "";

  /** What a credential is good for. */
  private record Grant(Set<String> scopes, Optional<String> owner) {}

  /** @param code of the problem that answers; {@value #ALLOWED} if none does */
  private record Rule(Grant grant, String code) {}

  /**
   * @param port of a service that believes the issuer and reads the keys
   * @param scopes all that exist
   */
  public AccessMatrix(int port, TokenIssuer issuer, ApiKeyPublication keys, Set<String> scopes) {
    this(port, issuer, keys, scopes, Optional.empty());
  }

  /** @param wallets whose tokens the service accepts; empty if it accepts none */
  public AccessMatrix(int port, TokenIssuer issuer, ApiKeyPublication keys, Set<String> scopes,
      Optional<WalletTokens> wallets) {
    this.wallets = wallets;
    this.port = port;
    this.issuer = issuer;
    this.keys = keys;
    this.scopes = Set.copyOf(scopes);
  }

  /**
   * An operation of the service's document.
   *
   * @param target with {@link #OWNER} where it names an owner
   * @param alternatives sets of scopes, each of them enough; an empty set is any valid credential; none at all: open
   */
  public record Operation(String method, String target, List<Set<String>> alternatives) {}

  /** Publishes the keys for these operations, once; whether the service knows them. */
  public boolean publishKeys(Collection<Operation> operations) {
    if (keysGiven.isEmpty()) {
      expired = keys.expired(scopes, Optional.of(OWNER));
      revoked = keys.revoked(scopes, Optional.of(OWNER));
      key(new Grant(scopes, Optional.of(OWNER)));
      operations.forEach(operation -> rules(operation).forEach(rule -> key(rule.grant())));
      last = keys.valid(Set.of(), Optional.empty());
    }
    keys.sign();
    return send(new Operation("GET", "/actuator/prometheus", List.of()), Optional.of(last)).status() == FORBIDDEN;
  }

  /** Sends all requests, with published keys; returns the answers that are not what the rule of the operation says. */
  public List<String> faults(Collection<Operation> operations) {
    String right = key(new Grant(scopes, Optional.of(OWNER)));
    for (Operation operation : operations) {
      keys.sign();
      wrongTokens(operation);
      wallets.ifPresent(tokens -> walletTokens(operation, tokens));
      expect(operation, "an unknown key", Optional.of(keys.unknown()), "credential-invalid");
      expect(operation, "a forged key", Optional.of(keys.forged(right)), "credential-invalid");
      expect(operation, "half a key", Optional.of(right.substring(0, right.length() - 1)), "credential-invalid");
      expect(operation, "an expired key", Optional.of(expired), "credential-invalid");
      expect(operation, "a revoked key", Optional.of(revoked), "credential-invalid");
      for (Rule rule : rules(operation)) {
        check(operation, rule, "token", token(rule.grant()));
        check(operation, rule, "key", key(rule.grant()));
      }
    }
    return faults;
  }

  private void wrongTokens(Operation operation) {
    if (operation.alternatives().isEmpty()) {
      check(operation, "no credential", Optional.empty(), answer -> isAllowed(answer)
          || answer.body().contains("\"sign-in-refused\""));
    } else {
      expect(operation, "no credential", Optional.empty(), "credential-missing");
    }
    JWTClaimsSet right = owned(issuer.claims("alice", List.copyOf(scopes)).build(), OWNER);
    expect(operation, "no token", Optional.of("x"), "credential-invalid");
    expect(operation, "forged", Optional.of(issuer.forged(right)), "credential-invalid");
    expect(operation, "expired", Optional.of(issuer.signed(new JWTClaimsSet.Builder(right)
        .expirationTime(Date.from(Instant.EPOCH.plus(LONG))).build())), "credential-invalid");
    expect(operation, "of another audience", Optional.of(issuer.signed(new JWTClaimsSet.Builder(right)
        .audience("another-service").build())), "credential-invalid");
    expect(operation, "of another issuer", Optional.of(issuer.signed(new JWTClaimsSet.Builder(right)
        .issuer("https://issuer.example").build())), "credential-invalid");
  }

  /** What each valid credential is answered with, of whichever kind. */
  private List<Rule> rules(Operation operation) {
    List<Rule> rules = new ArrayList<>();
    if (operation.alternatives().isEmpty()) {
      rules.add(new Rule(new Grant(Set.of(), Optional.empty()), ALLOWED));
    } else if (!operation.alternatives().contains(Set.of())) {
      Set<String> others = new TreeSet<>(scopes);
      operation.alternatives().forEach(others::removeAll);
      rules.add(new Rule(new Grant(others, Optional.of(OWNER)), "insufficient-scope"));
      rules.add(new Rule(new Grant(Set.of(), Optional.of(OWNER)), "insufficient-scope"));
    }
    for (Set<String> alternative : operation.alternatives()) {
      rules.add(new Rule(new Grant(alternative, Optional.of(OWNER)), ALLOWED));
      if (alternative.contains(BOUND_SCOPE)) {
        rules.add(new Rule(new Grant(alternative, Optional.of(OTHER_OWNER)), "foreign-owner"));
        rules.add(new Rule(new Grant(alternative, Optional.empty()), "foreign-owner"));
      }
    }
    return rules;
  }

  /** A wallet has the one scope, for itself. */
  private void walletTokens(Operation operation, WalletTokens tokens) {
    boolean isForAny = operation.alternatives().isEmpty() || operation.alternatives().contains(Set.of());
    boolean isForOwners = operation.alternatives().contains(Set.of(BOUND_SCOPE));
    check(operation, new Rule(new Grant(Set.of(BOUND_SCOPE), Optional.of(OWNER)),
        isForAny || isForOwners ? ALLOWED : "insufficient-scope"), "wallet's token", tokens.token(OWNER));
    String foreign = isForOwners ? "foreign-owner" : "insufficient-scope";
    check(operation, new Rule(new Grant(Set.of(BOUND_SCOPE), Optional.of(OTHER_OWNER)), isForAny ? ALLOWED : foreign),
        "wallet's token", tokens.token(OTHER_OWNER));
    JWTClaimsSet right = tokens.claims(OWNER).build();
    expect(operation, "a forged wallet's token", Optional.of(tokens.forged(right)), "credential-invalid");
    expect(operation, "an expired wallet's token", Optional.of(tokens.signed(new JWTClaimsSet.Builder(right)
        .expirationTime(Date.from(Instant.EPOCH.plus(LONG))).build())), "credential-invalid");
  }

  private void check(Operation operation, Rule rule, String kind, String credential) {
    String name = kind + " for " + rule.grant();
    if (rule.code().equals(ALLOWED)) {
      check(operation, name, Optional.of(credential), AccessMatrix::isAllowed);
    } else {
      expect(operation, name, Optional.of(credential), rule.code());
    }
  }

  /** That a key manages no keys is said by the operation itself, after it was allowed. */
  private static boolean isAllowed(RawHttp.Answer answer) {
    return answer.status() != UNAUTHENTICATED
        && (answer.status() != FORBIDDEN || answer.body().contains("\"api-key-manages-no-keys\""))
        && !answer.body().contains("\"unknown-path\"") && !answer.body().contains("\"api-keys-unknown\"");
  }

  private String token(Grant grant) {
    JWTClaimsSet claims = issuer.claims("alice", List.copyOf(grant.scopes())).build();
    return issuer.signed(grant.owner().map(owner -> owned(claims, owner)).orElse(claims));
  }

  /** One key for each grant, so that all are published before they are used. */
  private String key(Grant grant) {
    return keysGiven.computeIfAbsent(grant, _ -> keys.valid(grant.scopes(), grant.owner()));
  }

  private static JWTClaimsSet owned(JWTClaimsSet claims, String owner) {
    return new JWTClaimsSet.Builder(claims).claim("ledger_owner", owner).build();
  }

  private void expect(Operation operation, String credential, Optional<String> token, String code) {
    check(operation, credential, token, answer -> answer.body().contains("\"code\":\"" + code + "\"")
        && answer.mediaType().equals("application/problem+json") && answer.header("WWW-Authenticate").isPresent()
        && answer.status() == (code.startsWith("credential-") ? UNAUTHENTICATED : FORBIDDEN));
  }

  private void check(Operation operation, String credential, Optional<String> token, Predicate<RawHttp.Answer> holds) {
    RawHttp.Answer answer = send(operation, token);
    boolean isRevealed = token.filter(each -> each.startsWith("nlk_") && answer.body().contains(each)).isPresent();
    if (!holds.test(answer) || isRevealed) {
      faults.add(operation + ", " + credential + ": " + answer);
    }
  }

  private RawHttp.Answer send(Operation operation, Optional<String> token) {
    String[] headers = token.map(each -> new String[] {"Authorization: Bearer " + each}).orElse(new String[0]);
    return RawHttp.send(port, operation.method(), operation.target(), headers);
  }
}
