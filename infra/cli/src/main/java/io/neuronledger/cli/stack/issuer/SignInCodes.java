package io.neuronledger.cli.stack.issuer;

import io.neuronledger.cli.stack.secret.Secrets;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.Principal;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.oauth2.core.AuthorizationGrantType;
import org.springframework.security.oauth2.core.endpoint.OAuth2AuthorizationRequest;
import org.springframework.security.oauth2.core.endpoint.PkceParameterNames;
import org.springframework.security.oauth2.server.authorization.OAuth2Authorization;
import org.springframework.security.oauth2.server.authorization.OAuth2AuthorizationCode;
import org.springframework.security.oauth2.server.authorization.OAuth2AuthorizationService;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClient;

/**
 * The codes by which people sign in to the dashboard, each good once: authorization codes of OAuth, made beforehand for
 * whoever has the secrets of the stack. A code is also the verifier of its own PKCE challenge (RFC 7636), so that it is
 * all that has to be copied.
 */
final class SignInCodes {
  private static final String AUTHORIZATION_PATH = "/oauth2/authorize";

  private final OAuth2AuthorizationService authorizations;
  private final RegisteredClient dashboard;
  private final InstantSource clock;

  SignInCodes(OAuth2AuthorizationService authorizations, RegisteredClient dashboard, InstantSource clock) {
    this.authorizations = authorizations;
    this.dashboard = dashboard;
    this.clock = clock;
  }

  /**
   * Makes a code: 43 characters of base64url.
   *
   * @param who the subject of the token that it is exchanged for
   * @param validity how long it is good, if nobody uses it
   */
  String make(String who, Duration validity) {
    String code = Secrets.generate();
    Instant now = clock.instant();
    OAuth2AuthorizationRequest request = OAuth2AuthorizationRequest.authorizationCode()
        .authorizationUri(AUTHORIZATION_PATH).clientId(dashboard.getClientId())
        .redirectUri(dashboard.getRedirectUris().iterator().next())
        .additionalParameters(Map.of(PkceParameterNames.CODE_CHALLENGE, challenge(code),
            PkceParameterNames.CODE_CHALLENGE_METHOD, "S256"))
        .build();
    authorizations.save(OAuth2Authorization.withRegisteredClient(dashboard)
        .principalName(who)
        .authorizationGrantType(AuthorizationGrantType.AUTHORIZATION_CODE)
        .attribute(Principal.class.getName(), UsernamePasswordAuthenticationToken.authenticated(who, "", List.of()))
        .attribute(OAuth2AuthorizationRequest.class.getName(), request)
        .token(new OAuth2AuthorizationCode(code, now, now.plus(validity)))
        .build());
    return code;
  }

  private static String challenge(String verifier) {
    try {
      return Base64.getUrlEncoder().withoutPadding().encodeToString(
          MessageDigest.getInstance("SHA-256").digest(verifier.getBytes(StandardCharsets.US_ASCII)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
