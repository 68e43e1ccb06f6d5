package io.neuronledger.cli.stack.issuer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jwt.SignedJWT;
import io.neuronledger.cli.answer.LedgerApi;
import io.neuronledger.client.TokenSource;
import io.neuronledger.foundation.access.caller.Scope;
import java.net.URI;
import java.text.ParseException;
import java.util.EnumSet;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class StackIssuerIT {
  private static final IssuerClient FINANCE =
      new IssuerClient("finance", "a-secret", EnumSet.of(Scope.FINANCE_READ, Scope.LEDGER_READ));
  private static StackIssuer issuer;

  @BeforeAll
  static void start() {
    issuer = StackIssuer.start(0, List.of(FINANCE));
  }

  @AfterAll
  static void stop() {
    issuer.close();
  }

  @Test
  void a_token_names_the_client_and_its_scopes_and_is_signed_by_the_published_key() throws Exception {
    SignedJWT token = granted();
    assertThat(token.getJWTClaimsSet().getIssuer()).isEqualTo(issuer.url());
    assertThat(token.getJWTClaimsSet().getSubject()).isEqualTo("finance");
    assertThat(token.getJWTClaimsSet().getAudience()).containsExactly("neuron-ledger");
    assertThat(token.getJWTClaimsSet().getStringListClaim("roles")).containsExactly("finance:read", "ledger:read");
    assertThat(token.getJWTClaimsSet().getExpirationTime()).isInTheFuture();
    URI keys = URI.create(anonymous().getOk("/.well-known/openid-configuration").path("jwks_uri").asString());
    JWKSet published = JWKSet.load(keys.toURL());
    assertThat(token.verify(new ECDSAVerifier(
        published.getKeyByKeyId(token.getHeader().getKeyID()).toECKey()))).isTrue();
    assertThat(published.getKeys()).noneMatch(JWK::isPrivate);
  }

  @Test
  void another_secret_and_another_client_get_no_token() {
    for (IssuerClient wrong : List.of(new IssuerClient("finance", "another-secret", FINANCE.scopes()),
        new IssuerClient("nobody", "a-secret", FINANCE.scopes()))) {
      assertThatThrownBy(() -> issuer.tokens(wrong).token()).hasMessageContaining("401").hasMessageContaining(
          "invalid_client");
    }
  }

  @Test
  void nothing_else_is_answered() {
    assertThat(List.of("/", "/oauth2/authorize", "/login", "/actuator/health", "/userinfo"))
        .allSatisfy(path -> assertThat(anonymous().get(path).statusCode()).as(path).isBetween(400, 404));
  }

  @Test
  void a_client_does_not_show_its_secret() {
    assertThat(FINANCE.toString()).doesNotContain("a-secret");
  }

  private static SignedJWT granted() throws ParseException {
    return SignedJWT.parse(issuer.tokens(FINANCE).token().orElseThrow());
  }

  private static LedgerApi anonymous() {
    return new LedgerApi(issuer.url(), TokenSource.none());
  }
}
