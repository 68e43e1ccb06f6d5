package io.neuronledger.foundation.access.log;

import io.neuronledger.contracts.access.AccessEntry;
import io.neuronledger.foundation.access.caller.Caller;
import io.neuronledger.foundation.access.caller.CallerAuthentication;
import io.neuronledger.foundation.access.key.ApiKey;
import io.neuronledger.foundation.access.rule.AccessProblems;
import io.neuronledger.foundation.access.rule.PublishedOperationsFilter;
import io.neuronledger.foundation.access.rule.RecordedOperation;
import io.neuronledger.foundation.problem.Refusal;
import io.neuronledger.foundation.problem.request.HttpRequestId;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Records each request of a known caller to an operation of finance or of administrators, also one that is refused
 * afterwards: before anything is done, and how it ended. What cannot be recorded is not done. It comes after the
 * caller's rate, so that no caller fills the log. Requests of wallets are not recorded: anybody can make any number of
 * wallets, and none of these operations is allowed to one.
 */
public final class AccessLogFilter extends OncePerRequestFilter {
  /** Of a path, and of a query; a longer one is cut. */
  static final int TEXT_MAX = 1_024;
  /** Of owners that a request names; one that names more is about all. */
  static final int OWNERS_MAX = 20;
  /** Of an owner's text; a longer one is cut. */
  static final int OWNER_MAX = 100;

  private final AccessLog log;
  private final AccessProblems problems;

  public AccessLogFilter(AccessLog log, AccessProblems problems) {
    this.log = log;
    this.problems = problems;
  }

  @Override
  protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    if (!(SecurityContextHolder.getContext().getAuthentication() instanceof CallerAuthentication verified)
        || verified.getPrincipal().credential() == Caller.Credential.WALLET_TOKEN) {
      chain.doFilter(request, response);
      return;
    }
    Optional<RecordedOperation> operation = PublishedOperationsFilter.recorded(request, verified.getPrincipal());
    if (operation.isEmpty()) {
      chain.doFilter(request, response);
      return;
    }
    AccessEntry.Asked asked = asked(verified.getPrincipal(), operation.get(), request);
    try {
      log.store(asked);
    } catch (Refusal unavailable) {
      problems.refuse(request, response, unavailable);
      return;
    }
    int status = HttpStatus.INTERNAL_SERVER_ERROR.value();
    try {
      chain.doFilter(request, response);
      status = response.getStatus();
    } finally {
      log.add(new AccessEntry.Answered(asked.request(), asked.who().subject(), asked.owners(), status));
    }
  }

  private static AccessEntry.Asked asked(Caller caller, RecordedOperation operation, HttpServletRequest request) {
    Optional<String> key = caller.credential() == Caller.Credential.API_KEY
        ? Optional.of(caller.subject().substring(ApiKey.PREFIX.length())) : Optional.empty();
    return new AccessEntry.Asked(UUID.randomUUID(), new AccessEntry.Who(caller.subject(),
        caller.credential().name().toLowerCase(Locale.ROOT), key, request.getRemoteAddr()), operation.id(),
        request.getMethod(), text(request.getRequestURI(), TEXT_MAX),
        Optional.ofNullable(request.getQueryString()).map(query -> text(query, TEXT_MAX)),
        owners(operation),
        Optional.of(HttpRequestId.of(request)));
  }

  private static List<String> owners(RecordedOperation operation) {
    boolean isAboutAll = operation.owners().isEmpty() ? operation.isOfAll() : operation.owners().size() > OWNERS_MAX;
    return isAboutAll ? List.of(AccessEntry.ALL_OWNERS)
        : operation.owners().stream().map(owner -> text(owner, OWNER_MAX)).toList();
  }

  /** Cut where it is too long, with a question mark for each character that is not printable ASCII. */
  private static String text(String given, int lengthMax) {
    String bounded = given.length() <= lengthMax ? given : given.substring(0, lengthMax) + "...";
    return bounded.replaceAll("[^ -~]", "?");
  }
}
