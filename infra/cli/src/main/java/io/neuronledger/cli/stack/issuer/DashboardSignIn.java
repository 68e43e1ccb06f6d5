package io.neuronledger.cli.stack.issuer;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.Serial;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import org.springframework.boot.web.servlet.ServletRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.http.MediaType;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.oauth2.core.AuthorizationGrantType;
import org.springframework.security.oauth2.core.ClientAuthenticationMethod;
import org.springframework.security.oauth2.server.authorization.OAuth2AuthorizationService;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClient;
import org.springframework.security.oauth2.server.authorization.settings.ClientSettings;
import org.springframework.security.oauth2.server.authorization.settings.TokenSettings;
import org.springframework.security.provisioning.InMemoryUserDetailsManager;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.web.cors.CorsConfiguration;
import org.springframework.web.cors.CorsConfigurationSource;

/** What an issuer has for the dashboard: a client without a secret, which gets tokens for the codes of people. */
@Configuration(proxyBeanMethods = false)
class DashboardSignIn {
  /** Where a client of the issuer gets a code for itself. */
  static final String CODES_PATH = "/sign-in-codes";
  /** How long such a code is good. */
  static final Duration CODE_TTL = Duration.ofMinutes(10);
  /** A working day. */
  private static final Duration TOKEN_TTL = Duration.ofHours(8);

  @Bean
  static RegisteredClient dashboard(StackDashboard dashboard) {
    return RegisteredClient.withId(StackDashboard.CLIENT_ID).clientId(StackDashboard.CLIENT_ID)
        .clientAuthenticationMethod(ClientAuthenticationMethod.NONE)
        .authorizationGrantType(AuthorizationGrantType.AUTHORIZATION_CODE)
        .redirectUri(dashboard.page())
        .clientSettings(ClientSettings.builder().requireProofKey(true).build())
        .tokenSettings(TokenSettings.builder().accessTokenTimeToLive(TOKEN_TTL).build())
        .build();
  }

  /** The page is of another origin than the issuer, and sends no cookies. */
  @Bean
  static CorsConfigurationSource origins(StackDashboard dashboard) {
    CorsConfiguration page = new CorsConfiguration();
    page.setAllowedOrigins(List.of(dashboard.url()));
    page.setAllowedMethods(List.of("GET", "POST"));
    page.setAllowedHeaders(List.of("Content-Type"));
    page.setAllowCredentials(false);
    return _ -> page;
  }

  @Bean
  static SignInCodes codes(OAuth2AuthorizationService authorizations, RegisteredClient dashboard) {
    return new SignInCodes(authorizations, dashboard, InstantSource.system());
  }

  /** Whoever has the secret of a client may have a code for that client. */
  @Bean
  @Order(0)
  static SecurityFilterChain codesChain(HttpSecurity http, IssuerClients known) {
    return http.securityMatcher(CODES_PATH)
        .authorizeHttpRequests(requests -> requests.anyRequest().authenticated())
        .httpBasic(Customizer.withDefaults())
        .userDetailsService(new InMemoryUserDetailsManager(known.clients().stream()
            .map(client -> User.withUsername(client.id()).password(client.storedSecret()).build()).toList()))
        .csrf(AbstractHttpConfigurer::disable)
        .sessionManagement(sessions -> sessions.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
        .build();
  }

  @Bean
  static ServletRegistrationBean<HttpServlet> codesServlet(SignInCodes codes) {
    return new ServletRegistrationBean<>(new CodesServlet(codes), CODES_PATH);
  }

  /** Answers a code of the client that has authenticated, as text. */
  private static final class CodesServlet extends HttpServlet {
    @Serial private static final long serialVersionUID = 1L;

    private final transient SignInCodes codes;

    CodesServlet(SignInCodes codes) {
      this.codes = codes;
    }

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response) throws IOException {
      response.setContentType(MediaType.TEXT_PLAIN_VALUE);
      response.getWriter().print(codes.make(request.getUserPrincipal().getName(), CODE_TTL));
    }
  }
}
