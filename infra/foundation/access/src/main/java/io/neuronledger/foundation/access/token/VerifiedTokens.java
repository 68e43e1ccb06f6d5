package io.neuronledger.foundation.access.token;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.springframework.security.oauth2.core.OAuth2TokenValidator;
import org.springframework.security.oauth2.core.OAuth2TokenValidatorResult;
import org.springframework.security.oauth2.jwt.BadJwtException;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtValidationException;

/**
 * Verifies the signature of a token once a minute, because that costs more than many an answer. The claims are
 * validated for each request. Only verified tokens are kept, so that nobody without one can fill the memory.
 */
final class VerifiedTokens implements JwtDecoder {
  private static final Duration FRESH = Duration.ofMinutes(1);
  private static final int TOKENS_MAX = 10_000;

  /** The one spelling of a token: a library also takes others, and each would be kept by itself. */
  private static final Pattern FORM = Pattern.compile("[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]+");

  private final JwtDecoder signatures;
  private final OAuth2TokenValidator<Jwt> claims;
  private final Clock clock;
  private final Map<String, Verified> verified = Collections.synchronizedMap(new Oldest());

  /** @param at when the signature was verified */
  private record Verified(Jwt token, Instant at) {}

  /** Drops the token that was verified first. */
  private static final class Oldest extends LinkedHashMap<String, Verified> {
    private static final long serialVersionUID = 1L;

    @Override
    protected boolean removeEldestEntry(Map.Entry<String, Verified> eldest) {
      return size() > TOKENS_MAX;
    }
  }

  /** @param signatures verifies signatures alone */
  VerifiedTokens(JwtDecoder signatures, OAuth2TokenValidator<Jwt> claims, Clock clock) {
    this.signatures = signatures;
    this.claims = claims;
    this.clock = clock;
  }

  /** @throws BadJwtException for what is no token, and for claims that are not valid now */
  @Override
  public Jwt decode(String token) {
    Instant now = clock.instant();
    Verified known = verified.get(token);
    if (known != null && now.isBefore(known.at().plus(FRESH))) {
      return valid(known.token());
    }
    if (!FORM.matcher(token).matches()) {
      throw new BadJwtException("not a signed token");
    }
    verified.remove(token);
    Jwt decoded = valid(signatures.decode(token));
    verified.put(token, new Verified(decoded, now));
    return decoded;
  }

  private Jwt valid(Jwt token) {
    OAuth2TokenValidatorResult result = claims.validate(token);
    if (result.hasErrors()) {
      throw new JwtValidationException("a claim is not valid", result.getErrors());
    }
    return token;
  }
}
