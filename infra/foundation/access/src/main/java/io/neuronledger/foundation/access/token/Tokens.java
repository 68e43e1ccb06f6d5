package io.neuronledger.foundation.access.token;

import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.RemoteKeySourceException;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.proc.DefaultJOSEObjectTypeVerifier;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jose.util.Base64URL;
import com.nimbusds.jose.util.JSONObjectUtils;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import io.neuronledger.foundation.access.caller.CallerAuthentication;
import io.neuronledger.foundation.access.settings.AccessSettings;
import io.neuronledger.foundation.access.settings.WalletSettings;
import java.text.ParseException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.springframework.core.convert.converter.Converter;
import org.springframework.security.authentication.AuthenticationManager;
import org.springframework.security.authentication.AuthenticationProvider;
import org.springframework.security.authentication.ProviderManager;
import org.springframework.security.oauth2.core.DelegatingOAuth2TokenValidator;
import org.springframework.security.oauth2.core.OAuth2Error;
import org.springframework.security.oauth2.core.OAuth2ErrorCodes;
import org.springframework.security.oauth2.core.OAuth2TokenValidator;
import org.springframework.security.oauth2.core.OAuth2TokenValidatorResult;
import org.springframework.security.oauth2.jwt.BadJwtException;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtClaimNames;
import org.springframework.security.oauth2.jwt.JwtClaimValidator;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtException;
import org.springframework.security.oauth2.jwt.JwtIssuerValidator;
import org.springframework.security.oauth2.jwt.JwtTimestampValidator;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder;
import org.springframework.security.oauth2.server.resource.authentication.BearerTokenAuthenticationToken;
import org.springframework.security.oauth2.server.resource.authentication.JwtAuthenticationProvider;

/** Verifies the access tokens of an OIDC issuer, and those that ledger-command gives to wallets. */
public final class Tokens {
  /** The one algorithm of wallets' tokens. */
  private static final Set<JWSAlgorithm> ALGORITHMS_OF_WALLETS = Set.of(JWSAlgorithm.ES256);
  /** How far the issuer's clock may differ from this machine's. */
  private static final Duration CLOCK_SKEW = Duration.ofSeconds(30);
  /** Asymmetric ones that every JDK has. */
  private static final Set<JWSAlgorithm> ALGORITHMS = Set.of(JWSAlgorithm.RS256, JWSAlgorithm.RS384,
      JWSAlgorithm.RS512, JWSAlgorithm.PS256, JWSAlgorithm.PS384, JWSAlgorithm.PS512, JWSAlgorithm.ES256,
      JWSAlgorithm.ES384, JWSAlgorithm.ES512);
  /** RFC 7519's type, RFC 9068's, and none, which is usual. */
  private static final DefaultJOSEObjectTypeVerifier<SecurityContext> TYPES =
      new DefaultJOSEObjectTypeVerifier<>(JOSEObjectType.JWT, new JOSEObjectType("at+jwt"), null);

  /** Header, claims and signature. */
  private static final int PARTS = 3;

  private Tokens() {}

  /**
   * Verifies tokens by the keys of the one issuer that they name: no issuer vouches for the other's.
   *
   * @throws IllegalArgumentException if both are the same
   */
  public static AuthenticationManager manager(AccessSettings settings, WalletSettings wallets, Clock clock) {
    AuthenticationManager oidc = new ProviderManager(provider(decoder(settings.issuer(), settings.audience(),
        new IssuerKeys(settings.issuer(), clock), clock), new TokenCallers(settings)));
    if (!wallets.areAccepted()) {
      return oidc;
    }
    if (wallets.issuer().equals(settings.issuer())) {
      throw new IllegalArgumentException("NEURON_LEDGER_ACCESS_WALLETS_ISSUER must be the URL of ledger-command, and"
          + " NEURON_LEDGER_ACCESS_ISSUER another one");
    }
    IssuerKeys keys = new IssuerKeys(wallets.issuer(), Optional.of(wallets.issuer() + WalletSettings.KEYS_PATH), clock);
    AuthenticationManager ofWallets = new ProviderManager(provider(decoder(wallets.issuer(), settings.audience(),
        ALGORITHMS_OF_WALLETS, keys, clock), new WalletCallers()));
    return credential -> (names((BearerTokenAuthenticationToken) credential, wallets.issuer()) ? ofWallets : oidc)
        .authenticate(credential);
  }

  private static AuthenticationProvider provider(JwtDecoder decoder,
      Converter<Jwt, CallerAuthentication> callers) {
    JwtAuthenticationProvider provider = new JwtAuthenticationProvider(decoder);
    provider.setJwtAuthenticationConverter(callers);
    return provider;
  }

  /** Whether the token, which is not verified yet, names this issuer. Its claims may be JSON's null. */
  private static boolean names(BearerTokenAuthenticationToken token, String issuer) {
    String[] parts = token.getToken().split("\\.", -1);
    try {
      Optional<Map<String, Object>> claims = parts.length == PARTS
          ? Optional.ofNullable(JSONObjectUtils.parse(new Base64URL(parts[1]).decodeToString())) : Optional.empty();
      return claims.map(named -> named.get(JwtClaimNames.ISS)).filter(issuer::equals).isPresent();
    } catch (ParseException e) {
      return false;
    }
  }

  /**
   * A decoder of tokens with this issuer, this audience, an expiry, and a signature by one of the keys.
   *
   * @param keys public keys: a symmetric algorithm, by which whoever verifies can sign, is not accepted
   */
  static JwtDecoder decoder(String issuer, String audience, JWKSource<SecurityContext> keys, Clock clock) {
    return decoder(issuer, audience, ALGORITHMS, keys, clock);
  }

  private static JwtDecoder decoder(String issuer, String audience, Set<JWSAlgorithm> algorithms,
      JWKSource<SecurityContext> keys, Clock clock) {
    DefaultJWTProcessor<SecurityContext> processor = new DefaultJWTProcessor<>();
    processor.setJWSTypeVerifier(TYPES);
    processor.setJWSKeySelector(new JWSVerificationKeySelector<>(algorithms, keys));
    // The claims are validated below, with this service's clock and for each request.
    processor.setJWTClaimsSetVerifier((_, _) -> { });
    JwtTimestampValidator times = new JwtTimestampValidator(CLOCK_SKEW);
    times.setClock(clock);
    NimbusJwtDecoder decoder = new NimbusJwtDecoder(processor);
    decoder.setJwtValidator(_ -> OAuth2TokenValidatorResult.success());
    OAuth2TokenValidator<Jwt> claims = new DelegatingOAuth2TokenValidator<>(times,
        new JwtClaimValidator<Instant>(JwtClaimNames.EXP, Objects::nonNull),
        Tokens::boundToNoKey,
        new JwtIssuerValidator(issuer),
        new JwtClaimValidator<List<String>>(JwtClaimNames.AUD, named -> named != null && named.contains(audience)));
    return new VerifiedTokens(token -> decoded(decoder, token), claims, clock);
  }

  /** A token that is bound to a key of its holder proves nothing without that key, which is not asked for here. */
  private static OAuth2TokenValidatorResult boundToNoKey(Jwt token) {
    return token.hasClaim("cnf")
        ? OAuth2TokenValidatorResult.failure(new OAuth2Error(OAuth2ErrorCodes.INVALID_TOKEN))
        : OAuth2TokenValidatorResult.success();
  }

  /** Of all that can fail, only keys that cannot be read are no verdict; everything else is the token's fault. */
  private static Jwt decoded(JwtDecoder decoder, String token) {
    try {
      return decoder.decode(token);
    } catch (BadJwtException e) {
      throw e;
    } catch (JwtException e) {
      if (e.getCause() instanceof RemoteKeySourceException) {
        throw e;
      }
      throw new BadJwtException("the token cannot be verified", e);
    }
  }
}
