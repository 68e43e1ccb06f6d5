package io.neuronledger.foundation.access.rate;

import io.neuronledger.foundation.access.caller.Caller;
import io.neuronledger.foundation.access.caller.CallerAuthentication;
import io.neuronledger.foundation.access.caller.Scope;
import io.neuronledger.foundation.access.rule.AccessProblems;
import io.neuronledger.foundation.problem.Refusal;
import io.neuronledger.testkit.servers.ManualClock;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import java.io.IOException;
import java.util.Optional;
import java.util.Set;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.servlet.ModelAndView;

/** One instance's filter, with a chain that answers 200, and with a clock that the test moves. */
final class FilterRun {
  private static final String CODE = "code";

  private final RateFilter filter;

  FilterRun(RateSettings settings, Optional<SharedBuckets> shared, ManualClock clock) {
    filter = new RateFilter(settings, shared, problems(), clock);
  }

  /** Answers as the services' advice does, but for the body. */
  static AccessProblems problems() {
    return new AccessProblems((_, response, _, failure) -> {
      if (failure instanceof Refusal refusal) {
        response.setStatus(refusal.code().status());
        response.setHeader(CODE, refusal.code().code());
      }
      return new ModelAndView();
    });
  }

  static Caller caller(String subject) {
    return new Caller(subject, Caller.Credential.OIDC_TOKEN, Set.of(Scope.ADMIN), Optional.empty(), Optional.empty());
  }

  MockHttpServletResponse send(String subject) {
    return send(caller(subject), (_, _) -> { });
  }

  MockHttpServletResponse send(Caller caller, FilterChain chain) {
    MockHttpServletResponse response = new MockHttpServletResponse();
    SecurityContextHolder.getContext().setAuthentication(new CallerAuthentication(caller, Optional.empty()));
    try {
      filter.doFilter(new MockHttpServletRequest("POST", "/v1/usage"), response, chain);
    } catch (ServletException | IOException e) {
      throw new IllegalStateException(e);
    } finally {
      SecurityContextHolder.clearContext();
    }
    return response;
  }

  /** How many of these requests in a row pass. */
  int passed(String subject, int requests) {
    int passed = 0;
    for (int i = 0; i < requests; i++) {
      passed += send(subject).getStatus() == 200 ? 1 : 0;
    }
    return passed;
  }

  static String code(MockHttpServletResponse response) {
    return String.valueOf(response.getHeader(CODE));
  }
}
