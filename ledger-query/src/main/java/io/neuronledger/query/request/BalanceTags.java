package io.neuronledger.query.request;

import io.neuronledger.foundation.access.rule.PublishedOperationsFilter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.util.Collections;
import java.util.Enumeration;
import java.util.Set;
import org.springframework.http.HttpHeaders;
import org.springframework.web.filter.ShallowEtagHeaderFilter;

/**
 * Lets a client hold its copy of a balance: a tag of the bytes, which changes with any of them, and 304 for who has
 * them. A copy is only the client's own, and is asked for again each time.
 */
public final class BalanceTags extends ShallowEtagHeaderFilter {
  private static final Set<String> BALANCES = Set.of("/v1/ledgers/{owner}", "/v1/ledgers/{owner}/sub-accounts",
      "/v1/ledgers/{owner}/sub-accounts/{provider}/{service}");
  private static final String CACHED = "private, no-cache";
  private static final String ANY = "*";

  @Override
  protected boolean shouldNotFilter(HttpServletRequest request) {
    return !PublishedOperationsFilter.isOperation(request, "GET", BALANCES);
  }

  @Override
  protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    super.doFilterInternal(ANY.equals(request.getHeader(HttpHeaders.IF_NONE_MATCH))
        ? new AnyTag(request, response) : request, response, chain);
  }

  /**
   * A request for which any copy will do, {@code If-None-Match: *}: it names the tag of its own answer, where that has
   * one. Spring knows the asterisk for writes only.
   */
  private static final class AnyTag extends HttpServletRequestWrapper {
    private final HttpServletResponse response;

    AnyTag(HttpServletRequest request, HttpServletResponse response) {
      super(request);
      this.response = response;
    }

    @Override
    public Enumeration<String> getHeaders(String name) {
      return HttpHeaders.IF_NONE_MATCH.equalsIgnoreCase(name)
          ? Collections.enumeration(response.getHeaders(HttpHeaders.ETAG)) : super.getHeaders(name);
    }
  }

  @Override
  protected boolean isEligibleForEtag(HttpServletRequest request, HttpServletResponse response, int status,
      InputStream body) {
    boolean isEligible = super.isEligibleForEtag(request, response, status, body);
    if (isEligible) {
      response.setHeader(HttpHeaders.CACHE_CONTROL, CACHED);
    }
    return isEligible;
  }
}
