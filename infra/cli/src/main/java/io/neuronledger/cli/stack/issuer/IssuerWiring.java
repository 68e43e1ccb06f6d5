package io.neuronledger.cli.stack.issuer;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.source.ImmutableJWKSet;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.proc.SecurityContext;
import jakarta.servlet.DispatcherType;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Stream;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.tomcat.autoconfigure.servlet.TomcatServletWebServerAutoConfiguration;
import org.springframework.boot.web.servlet.DelegatingFilterProxyRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configuration.EnableWebSecurity;
import org.springframework.security.config.annotation.web.configuration.OAuth2AuthorizationServerConfiguration;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.core.Authentication;
import org.springframework.security.oauth2.core.AuthorizationGrantType;
import org.springframework.security.oauth2.core.ClientAuthenticationMethod;
import org.springframework.security.oauth2.jose.jws.SignatureAlgorithm;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.server.authorization.InMemoryOAuth2AuthorizationService;
import org.springframework.security.oauth2.server.authorization.OAuth2AuthorizationService;
import org.springframework.security.oauth2.server.authorization.client.InMemoryRegisteredClientRepository;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClient;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClientRepository;
import org.springframework.security.oauth2.server.authorization.settings.AuthorizationServerSettings;
import org.springframework.security.oauth2.server.authorization.settings.TokenSettings;
import org.springframework.security.oauth2.server.authorization.token.JwtEncodingContext;
import org.springframework.security.oauth2.server.authorization.token.OAuth2TokenCustomizer;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.web.cors.CorsConfigurationSource;

/** The authorization server: OIDC discovery, public keys, and tokens for clients by their own credentials. */
@Configuration(proxyBeanMethods = false)
@EnableWebSecurity
@ImportAutoConfiguration(TomcatServletWebServerAutoConfiguration.class)
class IssuerWiring {
  private static final String CHAIN = "springSecurityFilterChain";
  private static final Duration TOKEN_TTL = Duration.ofMinutes(10);

  @Bean
  static DelegatingFilterProxyRegistrationBean lock() {
    DelegatingFilterProxyRegistrationBean registration = new DelegatingFilterProxyRegistrationBean(CHAIN);
    registration.setDispatcherTypes(DispatcherType.REQUEST);
    return registration;
  }

  /** Tokens are for clients with their secret, who are known to no other path; what is public is answered before. */
  @Bean
  static SecurityFilterChain issuerChain(HttpSecurity http, ObjectProvider<CorsConfigurationSource> origins) {
    origins.ifAvailable(source -> http.cors(cors -> cors.configurationSource(source)));
    return http.oauth2AuthorizationServer(server -> server.oidc(_ -> { }))
        .authorizeHttpRequests(requests -> requests.anyRequest().authenticated())
        .sessionManagement(sessions -> sessions.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
        .build();
  }

  @Bean
  static RegisteredClientRepository clients(IssuerClients known, ObjectProvider<RegisteredClient> dashboard) {
    return new InMemoryRegisteredClientRepository(
        Stream.concat(known.clients().stream().map(IssuerWiring::registered), dashboard.stream()).toList());
  }

  @Bean
  static OAuth2AuthorizationService authorizations() {
    return new InMemoryOAuth2AuthorizationService();
  }

  private static RegisteredClient registered(IssuerClient client) {
    return RegisteredClient.withId(client.id()).clientId(client.id())
        .clientSecret(client.storedSecret())
        .clientAuthenticationMethod(ClientAuthenticationMethod.CLIENT_SECRET_BASIC)
        .authorizationGrantType(AuthorizationGrantType.CLIENT_CREDENTIALS)
        .tokenSettings(TokenSettings.builder().accessTokenTimeToLive(TOKEN_TTL).build())
        .build();
  }

  /** What the ledger's services read: the audience, and the scopes as roles. */
  @Bean
  static OAuth2TokenCustomizer<JwtEncodingContext> claims(IssuerClients known) {
    return token -> {
      token.getJwsHeader().algorithm(SignatureAlgorithm.ES256);
      token.getClaims().audience(List.of(StackIssuer.AUDIENCE)).claim("roles",
          known.roles(Objects.requireNonNull(token.<Authentication>getPrincipal()).getName()));
    };
  }

  @Bean
  static JWKSource<SecurityContext> keys() throws JOSEException {
    return new ImmutableJWKSet<>(
        new JWKSet(new ECKeyGenerator(Curve.P_256).keyID(UUID.randomUUID().toString()).generate()));
  }

  /** For the endpoint about a user, which knows none yet. */
  @Bean
  static JwtDecoder decoder(JWKSource<SecurityContext> keys) {
    return OAuth2AuthorizationServerConfiguration.jwtDecoder(keys);
  }

  /** Without a configured issuer it is the address at which it is asked. */
  @Bean
  static AuthorizationServerSettings settings() {
    return AuthorizationServerSettings.builder().build();
  }
}
