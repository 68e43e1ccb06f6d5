package io.neuronledger.foundation.access.rule;

import io.neuronledger.foundation.access.caller.CallerAuthentication;
import io.neuronledger.foundation.problem.ProblemCode;
import java.util.Optional;
import java.util.function.Supplier;
import org.springframework.security.authorization.AuthorizationManager;
import org.springframework.security.authorization.AuthorizationResult;
import org.springframework.security.core.Authentication;
import org.springframework.security.web.access.intercept.RequestAuthorizationContext;

/** Decides each request by the rule that {@link PublishedOperationsFilter} has found. */
public final class AccessDecisions implements AuthorizationManager<RequestAuthorizationContext> {
  /** @param refusal why the request is not allowed; empty if it is */
  public record AccessDecision(Optional<ProblemCode> refusal) implements AuthorizationResult {
    private static final AccessDecision GRANTED = new AccessDecision(Optional.empty());

    private static AccessDecision refused(ProblemCode code) {
      return new AccessDecision(Optional.of(code));
    }

    @Override
    public boolean isGranted() {
      return refusal.isEmpty();
    }
  }

  /** Never null, which Spring Security takes for a permission. Without a credential the supplier throws. */
  @Override
  public AccessDecision authorize(Supplier<? extends Authentication> authentication,
      RequestAuthorizationContext context) {
    if (!(context.getRequest().getAttribute(PublishedOperationsFilter.RULE) instanceof AccessRule rule)) {
      return AccessDecision.refused(ProblemCode.UNKNOWN_PATH);
    }
    if (rule.isOpen()) {
      return AccessDecision.GRANTED;
    }
    return authentication.get() instanceof CallerAuthentication verified
        ? new AccessDecision(rule.refusal(verified.getPrincipal(), context.getRequest()))
        : AccessDecision.refused(ProblemCode.CREDENTIAL_INVALID);
  }
}
