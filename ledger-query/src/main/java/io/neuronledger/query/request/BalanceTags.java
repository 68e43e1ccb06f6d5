package io.neuronledger.query.request;

import io.neuronledger.foundation.access.rule.PublishedOperationsFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.InputStream;
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

  @Override
  protected boolean shouldNotFilter(HttpServletRequest request) {
    return !PublishedOperationsFilter.isOperation(request, "GET", BALANCES);
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
