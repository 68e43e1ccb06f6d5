package io.neuronledger.foundation.access;

import io.neuronledger.foundation.access.caller.CallerResolver;
import io.neuronledger.foundation.access.document.DocumentController;
import io.neuronledger.foundation.access.key.ApiKey;
import io.neuronledger.foundation.access.key.ApiKeyDirectory;
import io.neuronledger.foundation.access.key.ApiKeyUses;
import io.neuronledger.foundation.access.key.KeyHasher;
import io.neuronledger.foundation.access.log.AccessLog;
import io.neuronledger.foundation.access.log.AccessLogFilter;
import io.neuronledger.foundation.access.rate.FailedCredentialsFilter;
import io.neuronledger.foundation.access.rate.RateFilter;
import io.neuronledger.foundation.access.rate.RateSettings;
import io.neuronledger.foundation.access.rate.SharedBuckets;
import io.neuronledger.foundation.access.rule.AccessDecisions;
import io.neuronledger.foundation.access.rule.AccessDecisions.AccessDecision;
import io.neuronledger.foundation.access.rule.AccessProblems;
import io.neuronledger.foundation.access.rule.AccessRules;
import io.neuronledger.foundation.access.rule.PublishedOperationsFilter;
import io.neuronledger.foundation.access.settings.AccessSettings;
import io.neuronledger.foundation.access.settings.ApiKeySettings;
import io.neuronledger.foundation.access.settings.Loopback;
import io.neuronledger.foundation.access.settings.WalletSettings;
import io.neuronledger.foundation.access.token.Tokens;
import io.neuronledger.foundation.problem.ProblemCode;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Clock;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.web.servlet.DelegatingFilterProxyRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.http.HttpHeaders;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.authentication.AuthenticationManager;
import org.springframework.security.authorization.AuthorizationDeniedException;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configuration.EnableWebSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.config.observation.SecurityObservationSettings;
import org.springframework.security.oauth2.server.resource.authentication.BearerTokenAuthenticationToken;
import org.springframework.security.oauth2.server.resource.web.authentication.BearerTokenAuthenticationConverter;
import org.springframework.security.oauth2.server.resource.web.authentication.BearerTokenAuthenticationFilter;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.firewall.HttpFirewall;
import org.springframework.security.web.firewall.HttpStatusRequestRejectedHandler;
import org.springframework.security.web.firewall.RequestRejectedHandler;
import org.springframework.security.web.firewall.StrictHttpFirewall;
import org.springframework.security.web.header.writers.ReferrerPolicyHeaderWriter.ReferrerPolicy;
import org.springframework.security.web.servletapi.SecurityContextHolderAwareRequestFilter;
import org.springframework.web.filter.CorsFilter;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.servlet.HandlerExceptionResolver;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/**
 * The lock of a service that imports it, in front of everything that a request can reach; requires {@link AccessRules}
 * of the service's document, its {@link AccessLog}, and the problems of {@code ProblemWiring}.
 */
@Configuration(proxyBeanMethods = false)
@EnableWebSecurity
@EnableConfigurationProperties({AccessSettings.class, ApiKeySettings.class, WalletSettings.class, RateSettings.class})
public class AccessWiring implements WebMvcConfigurer {
  private static final Logger log = LoggerFactory.getLogger(AccessWiring.class);
  private static final String CHAIN = "springSecurityFilterChain";
  /** After the filter of undecodable query strings, before all others. */
  private static final int ORDER = -100;
  /** The beginning of the header with an API key. */
  private static final Pattern API_KEY = Pattern.compile("bearer +" + ApiKey.PREFIX, Pattern.CASE_INSENSITIVE);

  @Override
  public void addArgumentResolvers(List<HandlerMethodArgumentResolver> resolvers) {
    resolvers.add(new CallerResolver());
  }

  /** Every request from outside; what a controller dispatches again was allowed before. */
  @Bean
  static DelegatingFilterProxyRegistrationBean lock() {
    DelegatingFilterProxyRegistrationBean registration = new DelegatingFilterProxyRegistrationBean(CHAIN);
    registration.setOrder(ORDER);
    registration.setDispatcherTypes(DispatcherType.REQUEST);
    return registration;
  }

  /** The time of each filter of the chain is nobody's question, and asking it costs a quarter of a request's CPU. */
  @Bean
  static SecurityObservationSettings securityObservations() {
    return SecurityObservationSettings.noObservations();
  }

  @Bean
  static AccessProblems accessProblems(@Qualifier("handlerExceptionResolver") HandlerExceptionResolver resolver) {
    return new AccessProblems(resolver);
  }

  @Bean
  static DocumentController documents(AccessRules rules) {
    return new DocumentController(rules);
  }

  @Bean
  static KeyHasher keyHasher(ApiKeySettings settings) {
    return new KeyHasher(settings);
  }

  /** Empty, and without news of any key, until {@link ApiKeyWiring} fills it. */
  @Bean
  static ApiKeyDirectory apiKeyDirectory(KeyHasher hasher, ObjectProvider<Clock> clock,
      ObjectProvider<ApiKeyUses> uses) {
    return new ApiKeyDirectory(hasher, clock.getIfAvailable(Clock::systemUTC),
        id -> uses.ifAvailable(each -> each.used(id)));
  }

  /** Always up: while nothing is recorded, the service still answers what needs no record. The details say so. */
  @Bean
  static HealthIndicator accessLogHealthIndicator(AccessLog accessLog) {
    return () -> {
      Optional<Instant> awaySince = accessLog.awaySince();
      Health.Builder health = Health.up().withDetail("writable", awaySince.isEmpty());
      awaySince.ifPresent(since -> health.withDetail("since", since.toString()));
      return health.build();
    };
  }

  /** Both kinds come in the same header; only the beginning of the text distinguishes them. */
  @Bean
  static CredentialCheck credentialCheck(AccessSettings settings, WalletSettings wallets, ApiKeyDirectory keys,
      ObjectProvider<Clock> clock) {
    BearerTokenAuthenticationConverter converter = new BearerTokenAuthenticationConverter();
    if (settings.open()) {
      // Of an open service, which takes no notice of other credentials.
      return new CredentialCheck(token -> keys.authenticate(token.getToken()),
          request -> API_KEY.matcher(Objects.requireNonNullElse(request.getHeader(HttpHeaders.AUTHORIZATION), ""))
              .lookingAt() ? converter.convert(request) : null);
    }
    AuthenticationManager tokens = Tokens.manager(settings, wallets, clock.getIfAvailable(Clock::systemUTC));
    return new CredentialCheck(
        token -> isApiKey(token) ? keys.authenticate(token.getToken()) : tokens.authenticate(token), converter);
  }

  /**
   * @throws IllegalStateException where the service is open on an address that others reach, or the actuator has a port
   *     of its own, on which there is no lock
   */
  @Bean
  static SecurityFilterChain accessChain(HttpSecurity http, AccessRules rules, AccessSettings settings,
      CredentialCheck credentials, AccessProblems problems, RateSettings rates,
      ObjectProvider<SharedBuckets> shared, AccessLog accessLog, ObjectProvider<Clock> clock, Environment environment) {
    requireOnePort(environment);
    HttpSecurity chain = http.addFilter(bearer(credentials, problems));
    if (settings.open()) {
      chain.addFilterAfter(openTo(environment), BearerTokenAuthenticationFilter.class);
    }
    CorsFilter origins = OriginCheck.filter(settings.allowedOrigins(), rules, problems);
    http.addFilter(origins).addFilterAfter(new PublishedOperationsFilter(rules, problems), CorsFilter.class);
    limit(http, rates, problems, Optional.ofNullable(shared.getIfAvailable()), clock.getIfAvailable(Clock::systemUTC));
    http.addFilterAfter(new AccessLogFilter(accessLog, problems), RateFilter.class);
    return chain
        .headers(headers -> headers
            .referrerPolicy(referrer -> referrer.policy(ReferrerPolicy.NO_REFERRER))
            .contentSecurityPolicy(content -> content.policyDirectives("default-src 'none'; frame-ancestors 'none'")))
        .sessionManagement(sessions -> sessions.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
        .csrf(AbstractHttpConfigurer::disable)
        .cors(AbstractHttpConfigurer::disable)
        .logout(AbstractHttpConfigurer::disable)
        .requestCache(AbstractHttpConfigurer::disable)
        .anonymous(AbstractHttpConfigurer::disable)
        .exceptionHandling(answers -> answers
            .authenticationEntryPoint((request, response, _) -> problems.missing(request, response))
            .accessDeniedHandler((request, response, denied) -> problems.forbidden(request, response, code(denied))))
        .authorizeHttpRequests(requests -> requests.anyRequest().access(new AccessDecisions()))
        .build();
  }

  /** Failed credentials before any is verified, and callers after theirs was. */
  private static void limit(HttpSecurity http, RateSettings rates, AccessProblems problems,
      Optional<SharedBuckets> shared, Clock clock) {
    if (rates.failuresPerMinute() > 0) {
      http.addFilterAfter(new FailedCredentialsFilter(rates.failuresPerMinute(), problems, clock),
          PublishedOperationsFilter.class);
    }
    http.addFilterAfter(new RateFilter(rates, shared, problems, clock), SecurityContextHolderAwareRequestFilter.class);
  }

  private static ProblemCode code(AccessDeniedException denied) {
    return denied instanceof AuthorizationDeniedException decided
        && decided.getAuthorizationResult() instanceof AccessDecision decision
        ? decision.refusal().orElseThrow()
        : ProblemCode.INSUFFICIENT_SCOPE;
  }

  private static Filter openTo(Environment environment) {
    String address = environment.getProperty("server.address", "");
    if (!isLoopback(address)) {
      throw new IllegalStateException("NEURON_LEDGER_ACCESS_OPEN is for a service that only this machine reaches, and"
          + " this one listens on " + (address.isEmpty() ? "every address" : address)
          + ": set NEURON_LEDGER_ACCESS_ISSUER and NEURON_LEDGER_ACCESS_AUDIENCE instead");
    }
    log.warn("no credential is asked for: everybody on this machine may do everything");
    return new LocalCallerFilter();
  }

  private static void requireOnePort(Environment environment) {
    String port = environment.getProperty("management.server.port", "");
    if (!port.isEmpty() && !port.equals(environment.getProperty("server.port", ""))) {
      throw new IllegalStateException("management.server.port is " + port + ", but nobody is asked for a credential"
          + " there: leave it out, so that the actuator answers on the port of the service");
    }
  }

  private static boolean isLoopback(String address) {
    try {
      return !address.isEmpty()
          && Arrays.stream(InetAddress.getAllByName(address)).allMatch(InetAddress::isLoopbackAddress);
    } catch (UnknownHostException e) {
      return false;
    }
  }

  private static boolean isApiKey(BearerTokenAuthenticationToken token) {
    return token.getToken().startsWith(ApiKey.PREFIX);
  }

  private static Filter bearer(CredentialCheck credentials, AccessProblems problems) {
    BearerTokenAuthenticationFilter filter = new BearerTokenAuthenticationFilter(
        (AuthenticationManager) credential -> credentials.verify((BearerTokenAuthenticationToken) credential),
        credentials.converter());
    filter.setAuthenticationEntryPoint(problems::failed);
    filter.setAuthenticationFailureHandler(problems::failed);
    return filter;
  }

  /**
   * Refuses what filters and controllers could read differently. Allowed, because a path holds names percent-encoded,
   * is what the controllers' own parser keeps apart: an encoded slash, backslash, percent sign, dot and semicolon. An
   * open service answers to this machine's own names only: a page's name that is turned to this machine is none.
   */
  @Bean
  static HttpFirewall firewall(AccessSettings settings) {
    StrictHttpFirewall firewall = new StrictHttpFirewall();
    firewall.setAllowUrlEncodedSlash(true);
    firewall.setAllowUrlEncodedDoubleSlash(true);
    firewall.setAllowBackSlash(true);
    firewall.setAllowUrlEncodedPercent(true);
    firewall.setAllowUrlEncodedPeriod(true);
    firewall.setAllowSemicolon(true);
    // Names and values are judged where they are read, with a problem that says what is wrong.
    firewall.setAllowedParameterNames(_ -> true);
    firewall.setAllowedHeaderNames(_ -> true);
    firewall.setAllowedHeaderValues(_ -> true);
    firewall.setUnsafeAllowAnyHttpMethod(true);
    if (settings.open()) {
      firewall.setAllowedHostnames(Loopback::isName);
    }
    return firewall;
  }

  @Bean
  static RequestRejectedHandler rejectedRequests() {
    return new HttpStatusRequestRejectedHandler();
  }
}
