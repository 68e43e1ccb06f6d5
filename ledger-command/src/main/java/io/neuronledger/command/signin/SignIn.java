package io.neuronledger.command.signin;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import io.neuronledger.command.signin.SignInNonces.Nonce;
import io.neuronledger.command.signin.message.SignInMessage;
import io.neuronledger.contracts.value.WalletAddress;
import io.neuronledger.foundation.access.caller.Scope;
import io.neuronledger.foundation.evm.PersonalSignature;
import io.neuronledger.foundation.problem.ProblemCode;
import io.neuronledger.foundation.problem.Refusal;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Date;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Signs wallets in. What a message names is compared with the settings, never with what the request says about itself.
 */
public final class SignIn {
  /** How far a wallet's clock may be ahead of this machine's. */
  private static final Duration CLOCK_SKEW = Duration.ofSeconds(60);

  private final SignInSettings settings;
  private final String audience;
  private final TokenKeys keys;
  private final SignInNonces nonces;
  private final UsedNonces used;
  private final Optional<ContractSignatures> contracts;
  private final Clock clock;

  /**
   * @param settings with which sign-in is on
   * @param audience of the tokens: that of the issuer's tokens for this ledger
   */
  public SignIn(SignInSettings settings, String audience, JdbcClient jdbc, Clock clock) {
    this.settings = settings;
    this.audience = audience;
    this.keys = TokenKeys.of(settings);
    this.nonces = new SignInNonces(settings.nonceSecretBytes(), new SecureRandom(), clock);
    this.used = new UsedNonces(jdbc, clock);
    this.contracts = settings.node().isEmpty() ? Optional.empty() : Optional.of(new ContractSignatures(
        URI.create(settings.node()), settings.nodeTimeout(), settings.nodeGas(), clock));
    this.clock = clock;
  }

  /** A nonce, and what a message with it must name. */
  record Offer(String nonce, Instant expiresAt, String domain, String uri, String version, String chainId) {}

  /** @param expiresAt of the token */
  record Session(String token, WalletAddress owner, Instant issuedAt, Instant expiresAt) {
    /** Without the token. */
    @Override
    public String toString() {
      return "Session[" + owner + "]";
    }
  }

  Offer offer() {
    Nonce nonce = nonces.next();
    return new Offer(nonce.value(), nonce.expiresAt(), settings.domain(), settings.uri(), SignInMessage.VERSION,
        settings.chainId());
  }

  /** The public keys of the tokens, as a JWK set. */
  String publishedKeys() {
    return keys.published().toString();
  }

  /**
   * Signs the wallet of the message in.
   *
   * @throws Refusal if the message is not for this ledger or not valid now, if the wallet has not signed it, or if the
   *     nonce was used before; and if the signature of a contract wallet cannot be checked, or the database does not
   *     answer, at present
   */
  Session signIn(SignInMessage message, byte[] signature) {
    Instant now = clock.instant();
    Nonce nonce = nonces.recognised(message.nonce()).filter(known -> now.isBefore(known.expiresAt()))
        .orElseThrow(() -> refused("the nonce is not one of this ledger, or it has expired: ask for another one"));
    requireMeant(message);
    requireValid(message, now);
    requireSigned(message, signature);
    if (!used.use(nonce)) {
      throw refused("the nonce was used before: ask for another one");
    }
    return session(message, now.truncatedTo(ChronoUnit.SECONDS));
  }

  private void requireMeant(SignInMessage message) {
    SignInSettings.Asker asker = settings.askerOf(message.uri());
    require(message.domain().equals(asker.domain()), "the domain of the message is not " + asker.domain());
    require(message.scheme().stream().allMatch(asker.uri().split(":", 2)[0]::equals),
        "the scheme of the message is not that of " + asker.uri());
    require(message.uri().equals(asker.uri()), "the URI of the message is not " + asker.uri());
    require(message.chainId().equals(settings.chainId()), "the chain of the message is not " + settings.chainId());
  }

  private static void requireValid(SignInMessage message, Instant now) {
    require(!message.issued().isAfter(now.plus(CLOCK_SKEW)), "the message was issued in the future");
    require(!message.issued().isBefore(now.minus(SignInNonces.LIFE)), "the message was issued more than "
        + SignInNonces.LIFE.toMinutes() + " minutes ago");
    require(message.expires().stream().allMatch(now::isBefore), "the message has expired");
    require(message.begins().stream().noneMatch(now::isBefore), "the message is not valid yet");
  }

  private void requireSigned(SignInMessage message, byte[] signature) {
    String text = message.toString();
    if (PersonalSignature.signer(text, signature).equals(Optional.of(message.address()))) {
      return;
    }
    boolean isAccepted = contracts.isPresent() && contracts.get()
        .isAccepted(message.address(), PersonalSignature.hash(text), signature)
        .orElseThrow(() -> new Refusal(ProblemCode.SIGNATURE_NOT_CHECKED,
            "the key that signed is not the wallet's, and the node cannot be asked whether the wallet is a contract"
                + " that accepts it; the nonce is not used up"));
    require(isAccepted, "the signature is not the wallet's");
  }

  private static void require(boolean holds, String fault) {
    if (!holds) {
      throw refused(fault);
    }
  }

  private static Refusal refused(String fault) {
    return new Refusal(ProblemCode.SIGN_IN_REFUSED, fault);
  }

  /** It ends with the message, where that says when it expires. */
  private Session session(SignInMessage message, Instant now) {
    Instant longest = now.plus(settings.tokenLife());
    Instant end = message.expires().filter(longest::isAfter).orElse(longest);
    WalletAddress owner = message.address();
    SignedJWT token = new SignedJWT(new JWSHeader.Builder(JWSAlgorithm.ES256).type(JOSEObjectType.JWT)
        .keyID(keys.signing().getKeyID()).build(),
        new JWTClaimsSet.Builder().issuer(settings.issuer()).audience(audience).subject(owner.value())
            .issueTime(Date.from(now)).expirationTime(Date.from(end)).claim("scope", Scope.LEDGER_READ_OWN.tag())
            .build());
    try {
      token.sign(new ECDSASigner(keys.signing()));
    } catch (JOSEException e) {
      throw new IllegalStateException("the key was checked at the start", e);
    }
    return new Session(token.serialize(), owner, now, end);
  }
}
