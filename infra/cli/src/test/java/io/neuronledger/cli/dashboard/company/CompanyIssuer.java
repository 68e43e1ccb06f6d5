package io.neuronledger.cli.dashboard.company;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jose.jwk.source.ImmutableJWKSet;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.proc.SecurityContext;
import io.neuronledger.contracts.value.WalletAddress;
import io.neuronledger.foundation.access.caller.Scope;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.Serial;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.tomcat.autoconfigure.servlet.TomcatServletWebServerAutoConfiguration;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.boot.web.servlet.DelegatingFilterProxyRegistrationBean;
import org.springframework.boot.web.servlet.ServletRegistrationBean;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.http.MediaType;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configuration.EnableWebSecurity;
import org.springframework.security.config.annotation.web.configuration.OAuth2AuthorizationServerConfiguration;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.core.authority.FactorGrantedAuthority;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.oauth2.core.AuthorizationGrantType;
import org.springframework.security.oauth2.core.ClientAuthenticationMethod;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.server.authorization.OAuth2AuthorizationConsent;
import org.springframework.security.oauth2.server.authorization.OAuth2AuthorizationConsentService;
import org.springframework.security.oauth2.server.authorization.OAuth2TokenType;
import org.springframework.security.oauth2.server.authorization.client.InMemoryRegisteredClientRepository;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClient;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClientRepository;
import org.springframework.security.oauth2.server.authorization.settings.AuthorizationServerSettings;
import org.springframework.security.oauth2.server.authorization.settings.ClientSettings;
import org.springframework.security.oauth2.server.authorization.token.JwtEncodingContext;
import org.springframework.security.oauth2.server.authorization.token.OAuth2TokenCustomizer;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.context.SecurityContextHolderFilter;
import org.springframework.web.cors.CorsConfiguration;
import org.springframework.web.util.HtmlUtils;

/**
 * The OIDC issuer of a company, Spring's authorization server on 127.0.0.1, which knows the dashboard as a public
 * client. Whoever opens its page is the one person that it knows, without a password, and may allow or refuse the
 * sign-in.
 */
final class CompanyIssuer implements AutoCloseable {
  private static final String CLIENT_ID = "ledger-dashboard";
  private static final String AUDIENCE = "ledger-of-the-company";
  /** What the dashboard asks for. */
  private static final String SCOPES = "openid ledger";
  private static final String AUTHORIZATION = "/oauth2/authorize";
  private static final String CONSENT = "/consent";

  private final ConfigurableApplicationContext server;

  private CompanyIssuer(ConfigurableApplicationContext server) {
    this.server = server;
  }

  /**
   * Starts it.
   *
   * @param page to which it returns the person
   * @param wallet of the person, who reads its ledger alone
   */
  static CompanyIssuer start(URI page, WalletAddress wallet) {
    return new CompanyIssuer(new SpringApplicationBuilder(Wiring.class)
        .properties("spring.config.name=company-issuer", "spring.jmx.enabled=false", "spring.main.banner-mode=off")
        .initializers((GenericApplicationContext context) ->
            context.registerBean(Known.class, () -> new Known(page, wallet)))
        .registerShutdownHook(false)
        .run("--server.address=127.0.0.1", "--server.port=0", "--server.servlet.register-default-servlet=true",
            // The browser of the test has no cookies.
            "--server.servlet.session.tracking-modes=url"));
  }

  /** As in its tokens. */
  String url() {
    return "http://127.0.0.1:"
        + Objects.requireNonNull(((WebServerApplicationContext) server).getWebServer()).getPort();
  }

  /** The settings of a ledger-query that believes it, and whose dashboard sends people to it. */
  Map<String, String> settings() {
    return Map.of("neuron-ledger.access.issuer", url(), "neuron-ledger.access.audience", AUDIENCE,
        "neuron-ledger.dashboard.client-id", CLIENT_ID, "neuron-ledger.dashboard.sign-in", "window",
        "neuron-ledger.dashboard.scopes", SCOPES, "neuron-ledger.dashboard.command", "",
        "neuron-ledger.dashboard.indexer", "");
  }

  @Override
  public void close() {
    server.close();
  }

  /** What the issuer knows. */
  record Known(URI page, WalletAddress wallet) {}

  /** The server. */
  @Configuration(proxyBeanMethods = false)
  @EnableWebSecurity
  @ImportAutoConfiguration(TomcatServletWebServerAutoConfiguration.class)
  static class Wiring {
    @Bean
    static DelegatingFilterProxyRegistrationBean lock() {
      DelegatingFilterProxyRegistrationBean registration =
          new DelegatingFilterProxyRegistrationBean("springSecurityFilterChain");
      registration.setDispatcherTypes(DispatcherType.REQUEST);
      return registration;
    }

    @Bean
    static SecurityFilterChain chain(HttpSecurity http, Known known) {
      CorsConfiguration page = new CorsConfiguration();
      page.setAllowedOrigins(List.of(known.page().resolve("/").toString().replaceFirst("/$", "")));
      page.setAllowedMethods(List.of("GET", "POST"));
      page.setAllowedHeaders(List.of("Content-Type"));
      return http.cors(cors -> cors.configurationSource(_ -> page))
          .oauth2AuthorizationServer(server -> server.oidc(_ -> { })
              .authorizationEndpoint(endpoint -> endpoint.consentPage(CONSENT)))
          .addFilterAfter((request, response, rest) -> {
            if (List.of(AUTHORIZATION, CONSENT).contains(((HttpServletRequest) request).getRequestURI())) {
              SecurityContextHolder.getContext().setAuthentication(
                  UsernamePasswordAuthenticationToken.authenticated("u-7", "",
                      List.of(FactorGrantedAuthority.fromAuthority(FactorGrantedAuthority.PASSWORD_AUTHORITY))));
            }
            rest.doFilter(request, response);
          }, SecurityContextHolderFilter.class)
          .authorizeHttpRequests(requests -> requests.anyRequest().authenticated())
          .sessionManagement(sessions -> sessions.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
          .build();
    }

    @Bean
    static RegisteredClientRepository clients(Known known) {
      return new InMemoryRegisteredClientRepository(RegisteredClient.withId(CLIENT_ID).clientId(CLIENT_ID)
          .clientAuthenticationMethod(ClientAuthenticationMethod.NONE)
          .authorizationGrantType(AuthorizationGrantType.AUTHORIZATION_CODE)
          .redirectUri(known.page().toString())
          .scopes(all -> all.addAll(List.of(SCOPES.split(" ", -1))))
          .clientSettings(ClientSettings.builder().requireProofKey(true).requireAuthorizationConsent(true).build())
          .build());
    }

    @Bean
    static OAuth2AuthorizationConsentService consents() {
      return new Forgetful();
    }

    @Bean
    static OAuth2TokenCustomizer<JwtEncodingContext> claims(Known known) {
      return token -> {
        if (OAuth2TokenType.ACCESS_TOKEN.equals(token.getTokenType())) {
          token.getClaims().audience(List.of(AUDIENCE)).claim("roles", List.of(Scope.LEDGER_READ_OWN.tag()))
              .claim("ledger_owner", known.wallet().toString());
        } else {
          token.getClaims().claim("name", CompanyLedger.PERSON);
        }
      };
    }

    @Bean
    static JWKSource<SecurityContext> keys() throws JOSEException {
      return new ImmutableJWKSet<>(new JWKSet(new RSAKeyGenerator(2_048).keyID("company").generate()));
    }

    @Bean
    static JwtDecoder decoder(JWKSource<SecurityContext> keys) {
      return OAuth2AuthorizationServerConfiguration.jwtDecoder(keys);
    }

    @Bean
    static AuthorizationServerSettings settings() {
      return AuthorizationServerSettings.builder().build();
    }

    @Bean
    static ServletRegistrationBean<HttpServlet> consentPage() {
      return new ServletRegistrationBean<>(new ConsentPage(), CONSENT);
    }
  }

  /** Asks again each time. */
  private static final class Forgetful implements OAuth2AuthorizationConsentService {
    @Override
    public void save(OAuth2AuthorizationConsent consent) {}

    @Override
    public void remove(OAuth2AuthorizationConsent consent) {}

    @Override
    public @Nullable OAuth2AuthorizationConsent findById(String client, String person) {
      return null;
    }
  }

  /** Where the person allows or refuses. */
  private static final class ConsentPage extends HttpServlet {
    @Serial private static final long serialVersionUID = 1L;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
      response.setContentType(MediaType.TEXT_HTML_VALUE);
      response.getWriter().print("<!doctype html><title>Company</title><form method=\"post\" action=\"" + AUTHORIZATION
          + "\">" + hidden(request, "client_id") + hidden(request, "state")
          + "<button name=\"scope\" value=\"ledger\">Allow</button><button>Refuse</button></form>");
    }

    private static String hidden(HttpServletRequest request, String name) {
      return "<input type=\"hidden\" name=\"" + name + "\" value=\""
          + HtmlUtils.htmlEscape(request.getParameter(name)) + "\">";
    }
  }
}
