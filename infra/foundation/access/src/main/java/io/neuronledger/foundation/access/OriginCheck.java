package io.neuronledger.foundation.access;

import io.neuronledger.foundation.access.rule.AccessProblems;
import io.neuronledger.foundation.access.rule.AccessRules;
import io.neuronledger.foundation.problem.ProblemCode;
import io.neuronledger.foundation.problem.Refusal;
import io.neuronledger.foundation.problem.request.HttpRequestId;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.web.cors.CorsConfiguration;
import org.springframework.web.cors.CorsProcessor;
import org.springframework.web.cors.CorsUtils;
import org.springframework.web.cors.DefaultCorsProcessor;
import org.springframework.web.filter.CorsFilter;

/** Refuses requests of web pages of other origins, also those that a browser sends without asking first. */
final class OriginCheck implements CorsProcessor {
  private static final Duration PREFLIGHT_FRESH = Duration.ofMinutes(10);
  private static final List<String> REQUEST_HEADERS = List.of(HttpHeaders.AUTHORIZATION, HttpHeaders.CONTENT_TYPE,
      HttpHeaders.ACCEPT, HttpHeaders.IF_NONE_MATCH, HttpHeaders.RANGE, HttpHeaders.IF_RANGE, HttpRequestId.HEADER,
      "X-Account-Address", "Last-Event-ID");
  private static final List<String> RESPONSE_HEADERS = List.of(HttpHeaders.RETRY_AFTER, HttpHeaders.WWW_AUTHENTICATE,
      HttpHeaders.ETAG, HttpHeaders.LOCATION, HttpHeaders.ACCEPT_RANGES, HttpHeaders.CONTENT_RANGE,
      HttpHeaders.CONTENT_DISPOSITION, "Repr-Digest", HttpRequestId.HEADER, "RateLimit", "RateLimit-Policy",
      "Ledger-Rows", "Ledger-Known-Requests", "Ledger-Known-Until", "Ledger-As-Of-Block", "Ledger-As-Of-Block-Hash",
      "Ledger-As-Of-Block-Time", "Ledger-As-Of-Finalized", "Ledger-As-Of-Guard", "Ledger-As-Of-Behind");

  private final CorsProcessor standard = new DefaultCorsProcessor();
  private final AccessProblems problems;

  private OriginCheck(AccessProblems problems) {
    this.problems = problems;
  }

  /**
   * Pages of these origins may send each method of the service and each header of its document, and read each header of
   * its answers; they get no cookies.
   */
  static CorsFilter filter(List<String> allowed, AccessRules rules, AccessProblems problems) {
    CorsConfiguration configuration = new CorsConfiguration();
    configuration.setAllowedOrigins(allowed);
    configuration.setAllowedMethods(List.copyOf(rules.methods()));
    configuration.setAllowedHeaders(REQUEST_HEADERS);
    configuration.setExposedHeaders(RESPONSE_HEADERS);
    configuration.setAllowCredentials(false);
    configuration.setMaxAge(PREFLIGHT_FRESH);
    CorsFilter filter = new CorsFilter(_ -> configuration);
    filter.setCorsProcessor(new OriginCheck(problems));
    return filter;
  }

  @Override
  public boolean processRequest(@Nullable CorsConfiguration configuration, HttpServletRequest request,
      HttpServletResponse response) throws IOException {
    if (configuration != null && isForeign(request, configuration)) {
      problems.refuse(request, response, new Refusal(ProblemCode.ORIGIN_NOT_ALLOWED,
          "web pages of this origin may not call the service"));
      return false;
    }
    return standard.processRequest(configuration, request, response);
  }

  private static boolean isForeign(HttpServletRequest request, CorsConfiguration configuration) {
    if (request.getHeader(HttpHeaders.ORIGIN) == null) {
      return isEmbedded(request);
    }
    try {
      return CorsUtils.isCorsRequest(request)
          && configuration.checkOrigin(request.getHeader(HttpHeaders.ORIGIN)) == null;
    } catch (IllegalArgumentException e) {
      return true;
    }
  }

  /**
   * Whether another site's page loads it as an image, a script or the like: a browser names no origin then, but says
   * so. A link that somebody follows is none.
   */
  private static boolean isEmbedded(HttpServletRequest request) {
    String site = Optional.ofNullable(request.getHeader("Sec-Fetch-Site")).orElse("none");
    return !Set.of("none", "same-origin").contains(site)
        && !"document".equals(request.getHeader("Sec-Fetch-Dest"));
  }
}
