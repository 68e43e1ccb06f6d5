package io.neuronledger.foundation.access.rate;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.github.bucket4j.Bucket;
import io.neuronledger.foundation.access.rule.AccessProblems;
import io.neuronledger.foundation.access.rule.PublishedOperationsFilter;
import io.neuronledger.foundation.problem.ProblemCode;
import io.neuronledger.foundation.problem.Refusal;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Makes guessing slow: an address from which too many credentials have failed, or wallets' attempts to sign in, is not
 * asked for one until some time has passed. Good credentials cost nothing. A failure is counted before it is answered:
 * above the limit fail only requests that were in progress already.
 */
public final class FailedCredentialsFilter extends OncePerRequestFilter {
  private static final int ADDRESSES_MAX = 20_000;
  /** A bucket is full again by then. */
  private static final Duration KEPT = Duration.ofMinutes(2);

  private final RateLimit limit;
  private final AccessProblems problems;
  private final ClockMeter meter;
  private final Cache<RemoteNetwork, Bucket> failures;

  /** @param perMinute at least 1 */
  public FailedCredentialsFilter(int perMinute, AccessProblems problems, InstantSource clock) {
    this.limit = new RateLimit(perMinute, perMinute, perMinute);
    this.problems = problems;
    this.meter = new ClockMeter(clock);
    this.failures = Caffeine.newBuilder().maximumSize(ADDRESSES_MAX).ticker(meter::currentTimeNanos)
        .expireAfterAccess(KEPT).build();
  }

  @Override
  protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    if (request.getHeader(HttpHeaders.AUTHORIZATION) == null && !PublishedOperationsFilter.isOpenAct(request)) {
      chain.doFilter(request, response);
      return;
    }
    RemoteNetwork address = RemoteNetwork.of(request.getRemoteAddr());
    Bucket known = failures.getIfPresent(address);
    if (known != null && known.getAvailableTokens() == 0) {
      response.setHeader(HttpHeaders.RETRY_AFTER, RateHeaders.seconds(Duration.ofNanos(
          known.estimateAbilityToConsume(1).getNanosToWaitForRefill())));
      problems.refuse(request, response, new Refusal(ProblemCode.TOO_MANY_FAILED_CREDENTIALS,
          "more than " + limit.perMinute() + " credentials a minute from this address are not valid"));
      return;
    }
    chain.doFilter(request, new Counted(response, address));
  }

  private void count(RemoteNetwork address) {
    failures.get(address, _ -> limit.bucket(meter)).tryConsume(1);
  }

  /** An answer whose status is looked at before anything of it is sent. */
  private final class Counted extends HttpServletResponseWrapper {
    private final RemoteNetwork address;
    private boolean isCounted;

    Counted(HttpServletResponse response, RemoteNetwork address) {
      super(response);
      this.address = address;
    }

    @Override
    public void setStatus(int status) {
      countOnce(status);
      super.setStatus(status);
    }

    @Override
    public void sendError(int status) throws IOException {
      countOnce(status);
      super.sendError(status);
    }

    @Override
    public void sendError(int status, String message) throws IOException {
      countOnce(status);
      super.sendError(status, message);
    }

    private void countOnce(int status) {
      if (!isCounted && status == HttpStatus.UNAUTHORIZED.value()) {
        isCounted = true;
        count(address);
      }
    }
  }

  /** How many addresses are remembered. */
  long size() {
    failures.cleanUp();
    return failures.estimatedSize();
  }
}
