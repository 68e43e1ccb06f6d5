package io.neuronledger.foundation.access.rule;

import io.neuronledger.foundation.access.caller.Caller;
import io.neuronledger.foundation.access.caller.Scope;
import io.neuronledger.foundation.problem.ProblemCode;
import io.neuronledger.foundation.problem.Refusal;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.springframework.http.HttpHeaders;
import org.springframework.web.filter.OncePerRequestFilter;

/** Lets only requests with a rule pass: a path or a method that nobody has published is not there. */
public final class PublishedOperationsFilter extends OncePerRequestFilter {
  /** The attribute with the rule of a request that has passed. */
  static final String RULE = AccessRule.class.getName();

  private final AccessRules rules;
  private final AccessProblems problems;

  public PublishedOperationsFilter(AccessRules rules, AccessProblems problems) {
    this.rules = rules;
    this.problems = problems;
  }

  /** Whether everybody may send a request that has passed. */
  public static boolean isOpen(HttpServletRequest request) {
    return request.getAttribute(RULE) instanceof AccessRule rule && rule.isOpen();
  }

  /** Whether everybody may send a request that has passed, and it asks for more than what is in memory. */
  public static boolean isOpenAct(HttpServletRequest request) {
    return isOpen(request) && !Set.of("GET", "HEAD").contains(request.getMethod());
  }

  /** What the access log says of the caller's request that has passed; empty for one that it does not record. */
  public static Optional<RecordedOperation> recorded(HttpServletRequest request, Caller caller) {
    return request.getAttribute(RULE) instanceof AccessRule rule && rule.isRecorded(caller.scopes())
        ? Optional.of(new RecordedOperation(rule.operation().id(), rule.owners(request), rule.isOfAll()))
        : Optional.empty();
  }

  /** Whether a request that has passed is one of these operations, whatever spelling of the path was sent. */
  public static boolean isOperation(HttpServletRequest request, String method, Set<String> paths) {
    return request.getAttribute(RULE) instanceof AccessRule rule && rule.method().equals(method)
        && paths.contains(rule.path().getPatternString());
  }

  /**
   * The scopes that allow the caller a request that has passed: sets of them, each of them enough; an empty one: any
   * caller. Those that are bound to an owner are among them only where the request names the caller's.
   */
  public static List<Set<Scope>> scopes(HttpServletRequest request, Caller caller) {
    return rule(request).alternatives(caller, request);
  }

  /** The path of the operation that a request has asked for, as the document writes it. */
  public static String path(HttpServletRequest request) {
    return rule(request).path().getPatternString();
  }

  private static AccessRule rule(HttpServletRequest request) {
    if (request.getAttribute(RULE) instanceof AccessRule rule) {
      return rule;
    }
    throw new IllegalStateException("the request has not passed the filter");
  }

  @Override
  protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    Optional<AccessRule> rule = rules.of(request);
    if (rule.isPresent()) {
      request.setAttribute(RULE, rule.get());
      chain.doFilter(request, response);
      return;
    }
    Set<String> methods = rules.methods(request);
    if (methods.isEmpty()) {
      problems.refuse(request, response, new Refusal(ProblemCode.UNKNOWN_PATH, "no operation has this path"));
    } else {
      response.setHeader(HttpHeaders.ALLOW, String.join(", ", methods));
      problems.refuse(request, response, new Refusal(ProblemCode.METHOD_NOT_ALLOWED,
          "the path accepts " + String.join(", ", methods)));
    }
  }
}
