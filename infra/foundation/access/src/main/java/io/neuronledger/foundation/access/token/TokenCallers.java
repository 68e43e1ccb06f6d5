package io.neuronledger.foundation.access.token;

import io.neuronledger.contracts.value.WalletAddress;
import io.neuronledger.foundation.access.caller.Caller;
import io.neuronledger.foundation.access.caller.CallerAuthentication;
import io.neuronledger.foundation.access.caller.Scope;
import io.neuronledger.foundation.access.settings.AccessSettings;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.core.convert.converter.Converter;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.server.resource.InvalidBearerTokenException;

/** The caller of a verified token, by its claims. */
final class TokenCallers implements Converter<Jwt, CallerAuthentication> {
  private final AccessSettings settings;

  TokenCallers(AccessSettings settings) {
    this.settings = settings;
  }

  /** @throws InvalidBearerTokenException for a claim that cannot be read; a token without roles has no scopes */
  @Override
  public CallerAuthentication convert(Jwt token) {
    try {
      Set<Scope> scopes = EnumSet.noneOf(Scope.class);
      roles(claim(token, settings.rolesClaim())).forEach(role -> scopes.addAll(settings.scopesOf(role)));
      return new CallerAuthentication(new Caller(Optional.ofNullable(token.getSubject()).orElse(""),
          Caller.Credential.OIDC_TOKEN, scopes, wallet(token, settings.ownerClaim()),
          wallet(token, settings.providerClaim())), Optional.ofNullable(token.getExpiresAt()));
    } catch (IllegalArgumentException e) {
      throw new InvalidBearerTokenException("a claim cannot be read", e);
    }
  }

  private static List<String> roles(@Nullable Object claim) {
    return switch (claim) {
      case null -> List.of();
      case String words -> List.of(words.split(" ", -1));
      case Collection<?> list -> list.stream().filter(String.class::isInstance).map(String.class::cast).toList();
      default -> throw new IllegalArgumentException("the roles are no list");
    };
  }

  private static Optional<WalletAddress> wallet(Jwt token, String name) {
    return switch (claim(token, name)) {
      case null -> Optional.empty();
      case String address -> Optional.of(WalletAddress.typed(address));
      default -> throw new IllegalArgumentException(name + " is no address");
    };
  }

  /** A claim of this very name, or, along its dots, one inside of objects. */
  private static @Nullable Object claim(Jwt token, String name) {
    Map<String, Object> claims = token.getClaims();
    if (claims.containsKey(name)) {
      return claims.get(name);
    }
    Object found = claims;
    for (String part : name.split("\\.", -1)) {
      if (!(found instanceof Map<?, ?> object)) {
        return null;
      }
      found = object.get(part);
    }
    return found;
  }
}
