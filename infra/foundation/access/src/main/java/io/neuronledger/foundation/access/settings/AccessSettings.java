package io.neuronledger.foundation.access.settings;

import io.neuronledger.foundation.access.caller.Scope;
import java.net.URI;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Who is believed. Environment: {@code NEURON_LEDGER_ACCESS_…}. There is no default issuer: a service starts with one,
 * or declared as open.
 *
 * @param open whether no credential is asked for; on a loopback address only, with neither issuer nor audience
 * @param issuer the OIDC issuer, exactly as in its tokens; https, or http on a loopback address
 * @param audience of the issuer's tokens for this ledger
 * @param rolesClaim the claim with the caller's roles: a list or words separated by spaces; dots lead into objects
 * @param ownerClaim the claim with the owner to whom the token is bound
 * @param providerClaim the claim with the provider to whom the token is bound
 * @param roles scopes by role, comma-separated; a role without an entry that is called like a scope has that scope
 * @param allowedOrigins the origins of web pages that may call, besides the service's own
 */
@ConfigurationProperties("neuron-ledger.access")
public record AccessSettings(@DefaultValue("false") boolean open, @DefaultValue("") String issuer,
    @DefaultValue("") String audience, @DefaultValue("roles") String rolesClaim,
    @DefaultValue("ledger_owner") String ownerClaim, @DefaultValue("ledger_provider") String providerClaim,
    @DefaultValue Map<String, String> roles, @DefaultValue List<String> allowedOrigins) {
  private static final String PREFIX = "NEURON_LEDGER_ACCESS_";

  /** @throws IllegalArgumentException naming the environment variable to set or to change */
  public AccessSettings {
    roles = Map.copyOf(roles);
    allowedOrigins = List.copyOf(allowedOrigins);
    if (open) {
      require(issuer.isEmpty() && audience.isEmpty(), "OPEN",
          "is true, so " + PREFIX + "ISSUER and " + PREFIX + "AUDIENCE must not be set");
    } else {
      require(isTrusted(issuer), "ISSUER",
          "must be the https URL of the OIDC issuer whose tokens are accepted; it is: '" + issuer + "'");
      require(!audience.isBlank(), "AUDIENCE", "must be the audience of the issuer's tokens for this ledger");
    }
    allowedOrigins.forEach(origin -> require(origin.matches("https?://[A-Za-z0-9.:\\[\\]-]+"), "ALLOWED_ORIGINS",
        "must be origins like https://ledger.example.com; it has: '" + origin + "'"));
    roles.forEach((role, tags) -> scopes(tags));
  }

  private static void require(boolean holds, String setting, String rule) {
    if (!holds) {
      throw new IllegalArgumentException(PREFIX + setting + " " + rule);
    }
  }

  /** Whether what this URL answers can be believed: nobody can change it on the way. */
  public static boolean isTrusted(String url) {
    try {
      URI uri = URI.create(url);
      return uri.getHost() != null && uri.getUserInfo() == null
          && ("https".equals(uri.getScheme()) || ("http".equals(uri.getScheme()) && Loopback.isName(uri.getHost())));
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  /** The scopes of a role: as configured, else that of the same name; none for an unknown one. */
  public Set<Scope> scopesOf(String role) {
    return Optional.ofNullable(roles.get(role)).map(AccessSettings::scopes)
        .orElseGet(() -> Scope.find(role).map(Set::of).orElse(Set.of()));
  }

  /** @throws IllegalArgumentException for an unknown scope */
  private static Set<Scope> scopes(String tags) {
    Set<Scope> scopes = new HashSet<>();
    for (String tag : tags.split(",", -1)) {
      scopes.add(Scope.of(tag.strip()));
    }
    return scopes;
  }
}
