package io.neuronledger.foundation.access.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.neuronledger.contracts.value.WalletAddress;
import io.neuronledger.foundation.access.caller.Caller;
import io.neuronledger.foundation.access.caller.CallerAuthentication;
import io.neuronledger.foundation.access.caller.Scope;
import io.neuronledger.foundation.access.settings.AccessSettings;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.server.resource.InvalidBearerTokenException;

/** The caller of a token's claims. */
class TokenCallersTest {
  private static final String WALLET = "0x00000000000000000000000000000000000000aa";

  @Test
  void roles_give_scopes_by_the_settings_and_by_their_own_names() {
    Map<String, String> roles = Map.of("cfo", "finance:read, finance:write");
    assertThat(caller(settings("roles", roles), Map.of("roles", List.of("cfo", "ledger:read", "janitor", 7))).scopes())
        .containsExactlyInAnyOrder(Scope.FINANCE_READ, Scope.FINANCE_WRITE, Scope.LEDGER_READ);
    assertThat(caller(settings("scope", roles), Map.of("scope", "openid cfo", "roles", List.of("admin"))).scopes())
        .containsExactlyInAnyOrder(Scope.FINANCE_READ, Scope.FINANCE_WRITE);
  }

  @Test
  void a_claim_may_be_inside_of_objects_or_have_dots_in_its_name() {
    assertThat(caller(settings("realm_access.roles", Map.of()),
        Map.of("realm_access", Map.of("roles", List.of("admin")))).scopes()).containsExactly(Scope.ADMIN);
    assertThat(caller(settings("https://ledger.example/roles", Map.of()),
        Map.of("https://ledger.example/roles", List.of("admin"))).scopes()).containsExactly(Scope.ADMIN);
  }

  @Test
  void a_token_without_roles_has_no_scopes() {
    assertThat(caller(settings("roles", Map.of()), Map.of()).scopes()).isEmpty();
    assertThat(caller(settings("roles", Map.of()), Map.of("roles", "ADMIN Admin admin:x ledger:*")).scopes()).isEmpty();
  }

  @Test
  void a_token_is_bound_by_its_claims() {
    Caller caller = caller(settings("roles", Map.of()), Map.of("ledger_owner", WALLET));
    assertThat(caller.owner()).contains(WalletAddress.parse(WALLET));
    assertThat(caller.provider()).isEmpty();
    assertThat(caller(settings("roles", Map.of()), Map.of("ledger_provider", WALLET)).provider())
        .contains(WalletAddress.parse(WALLET));
  }

  @Test
  void a_claim_that_cannot_be_read_is_no_credential() {
    AccessSettings settings = settings("roles", Map.of());
    for (Map<String, Object> claims : List.<Map<String, Object>>of(Map.of("ledger_owner", "0x12"),
        Map.of("ledger_owner", List.of(WALLET)), Map.of("ledger_provider", ""), Map.of("roles", Map.of("admin", 1)))) {
      assertThatThrownBy(() -> caller(settings, claims)).as("%s", claims)
          .isInstanceOf(InvalidBearerTokenException.class);
    }
  }

  @Test
  void a_configured_role_has_no_other_scope() {
    AccessSettings settings = settings("roles", Map.of("admin", "metrics:read"));
    assertThat(settings.scopesOf("admin")).isEqualTo(Set.of(Scope.METRICS_READ));
    assertThat(settings.scopesOf("ledger:read")).isEqualTo(Set.of(Scope.LEDGER_READ));
    assertThat(settings.scopesOf("root")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "a b", "a\nb", "ä"})
  void a_subject_that_cannot_be_shown_is_no_credential(String subject) {
    assertThatThrownBy(() -> new TokenCallers(settings("roles", Map.of())).convert(token(Map.of("sub", subject))))
        .isInstanceOf(InvalidBearerTokenException.class);
    assertThatThrownBy(() -> new TokenCallers(settings("roles", Map.of())).convert(token(Map.of("iss", "x"))))
        .isInstanceOf(InvalidBearerTokenException.class);
  }

  private static Caller caller(AccessSettings settings, Map<String, Object> claims) {
    CallerAuthentication authentication = new TokenCallers(settings).convert(Jwt.withTokenValue("x")
        .header("alg", "ES256").subject("alice").claims(all -> all.putAll(claims)).build());
    assertThat(authentication.isAuthenticated()).isTrue();
    assertThat(authentication.getAuthorities()).extracting(GrantedAuthority::getAuthority)
        .containsExactlyInAnyOrderElementsOf(authentication.getPrincipal().scopes().stream().map(Scope::tag).toList());
    return authentication.getPrincipal();
  }

  private static Jwt token(Map<String, Object> claims) {
    return Jwt.withTokenValue("x").header("alg", "ES256").claims(all -> all.putAll(claims)).build();
  }

  private static AccessSettings settings(String rolesClaim, Map<String, String> roles) {
    return new AccessSettings(false, "https://issuer.example", "neuron-ledger", rolesClaim, "ledger_owner",
        "ledger_provider", roles, List.of());
  }

  @Test
  void a_service_without_settings_or_with_odd_ones_does_not_start() {
    assertRefused("NEURON_LEDGER_ACCESS_ISSUER", false, "", "", Map.of(), List.of());
    for (String issuer : List.of("http://issuer.example", "issuer", "ftp://127.0.0.1", "https://",
        "http://localhost.evil", "https://user@issuer.example")) {
      assertRefused("NEURON_LEDGER_ACCESS_ISSUER", false, issuer, "a", Map.of(), List.of());
    }
    String issuer = "https://issuer.example";
    assertRefused("NEURON_LEDGER_ACCESS_AUDIENCE", false, issuer, " ", Map.of(), List.of());
    assertRefused("NEURON_LEDGER_ACCESS_OPEN", true, issuer, "a", Map.of(), List.of());
    assertRefused("not a scope: root", false, issuer, "a", Map.of("x", "root"), List.of());
    for (String origin : List.of("*", "null", "https://*.example", "https://a.example/")) {
      assertRefused("NEURON_LEDGER_ACCESS_ALLOWED_ORIGINS", false, issuer, "a", Map.of(), List.of(origin));
    }
    assertThat(new AccessSettings(true, "", "", "roles", "o", "p", Map.of(), List.of()).open()).isTrue();
    assertThat(new AccessSettings(false, "http://127.0.0.1:9/x", "a", "roles", "o", "p", Map.of("r", "admin"),
        List.of("https://a.example:8443")).scopesOf("r")).isEqualTo(Set.of(Scope.ADMIN));
  }

  private static void assertRefused(String words, boolean open, String issuer, String audience,
      Map<String, String> roles, List<String> origins) {
    assertThatThrownBy(() -> new AccessSettings(open, issuer, audience, "roles", "o", "p", roles, origins))
        .isInstanceOf(IllegalArgumentException.class).hasMessageContaining(words);
  }
}
