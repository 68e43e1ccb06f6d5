package io.neuronledger.foundation.access.rate;

import io.neuronledger.foundation.access.caller.CallerAuthentication;
import io.neuronledger.foundation.access.rule.AccessProblems;
import io.neuronledger.foundation.access.rule.PublishedOperationsFilter;
import io.neuronledger.foundation.problem.ProblemCode;
import io.neuronledger.foundation.problem.Refusal;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.springframework.http.HttpHeaders;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Refuses the requests of a caller that sends too many, with the headers of the IETF's draft
 * (draft-ietf-httpapi-ratelimit-headers). It comes after the credential was verified: who has none is refused anyway.
 * Where everybody may call, a remote address is limited as a caller is; open questions that are answered from memory
 * are not limited.
 */
public final class RateFilter extends OncePerRequestFilter {
  private static final String RETRY_AT_ONCE_LATER = "1";
  /** The attribute of a request by which it gives up its place among those in progress. */
  private static final String PLACE = RateFilter.class.getName();

  private final CallerRates rates;
  private final Optional<CallerRates> addresses;
  private final Optional<SharedBuckets> shared;
  private final AccessProblems problems;

  /** @param shared the buckets that all instances share; empty: every bucket is this instance's */
  public RateFilter(RateSettings settings, Optional<SharedBuckets> shared, AccessProblems problems,
      InstantSource clock) {
    this.rates = new CallerRates(settings, shared, clock);
    this.addresses = settings.areAddressesLimited()
        ? Optional.of(new CallerRates(settings, Optional.empty(), clock)) : Optional.empty();
    this.shared = shared;
    this.problems = problems;
  }

  @Override
  protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    Optional<CallerRate> limited = rate(request);
    if (limited.isEmpty()) {
      chain.doFilter(request, response);
      return;
    }
    CallerRate rate = limited.get();
    response.setHeader(RateHeaders.POLICY, RateHeaders.policy(rate.limit()));
    if (!rate.enter()) {
      response.setHeader(HttpHeaders.RETRY_AFTER, RETRY_AT_ONCE_LATER);
      problems.refuse(request, response, new Refusal(ProblemCode.TOO_MANY_REQUESTS_AT_ONCE,
          "the caller has " + rate.limit().atOnce() + " requests in progress: wait for one of them"));
      return;
    }
    AtomicBoolean isLeft = new AtomicBoolean();
    Runnable leave = () -> {
      if (isLeft.compareAndSet(false, true)) {
        rate.leave();
      }
    };
    request.setAttribute(PLACE, leave);
    try {
      if (isWithin(rate, request, response)) {
        chain.doFilter(request, response);
      }
    } finally {
      leave.run();
    }
  }

  /** Counts a request as ended: its answer lasts, and their number has a limit of its own. */
  public static void leave(HttpServletRequest request) {
    if (request.getAttribute(PLACE) instanceof Runnable leave) {
      leave.run();
    }
  }

  private Optional<CallerRate> rate(HttpServletRequest request) {
    if (PublishedOperationsFilter.isOpenAct(request)) {
      return addresses.map(known -> known.of(RemoteNetwork.of(request.getRemoteAddr())));
    }
    return SecurityContextHolder.getContext().getAuthentication() instanceof CallerAuthentication verified
        && !PublishedOperationsFilter.isOpen(request) ? Optional.of(rates.of(verified.getPrincipal()))
        : Optional.empty();
  }

  /** Whether the request is within its caller's rate; answers it if it is not. */
  private boolean isWithin(CallerRate rate, HttpServletRequest request, HttpServletResponse response) {
    Optional<RateDecision> taken = shared.filter(buckets -> buckets.covers(request)).isPresent()
        ? rate.takeShared() : Optional.of(rate.take());
    if (taken.isEmpty()) {
      problems.refuse(request, response, new Refusal(ProblemCode.DATABASE_UNAVAILABLE,
          "it is not known whether the caller is within its rate; nothing was done"));
      return false;
    }
    RateDecision decision = taken.get();
    response.setHeader(RateHeaders.STATE, RateHeaders.state(decision));
    if (!decision.isWithin()) {
      response.setHeader(HttpHeaders.RETRY_AFTER, RateHeaders.seconds(decision.untilNext()));
      problems.refuse(request, response, new Refusal(ProblemCode.TOO_MANY_REQUESTS, "a caller may send "
          + rate.limit().perMinute() + " requests a minute, " + rate.limit().burst() + " of them at once"));
    }
    return decision.isWithin();
  }
}
