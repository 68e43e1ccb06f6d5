package io.neuronledger.foundation.access.rule;

import io.neuronledger.contracts.value.WalletAddress;
import io.neuronledger.foundation.access.caller.Caller;
import io.neuronledger.foundation.access.caller.Scope;
import io.neuronledger.foundation.problem.ProblemCode;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.springframework.http.server.PathContainer;
import org.springframework.web.util.pattern.PathPattern;

/**
 * The rule of one operation.
 *
 * @param method in upper case
 * @param isOpen whether everybody may call it, without a credential; there are no alternatives then
 * @param alternatives sets of scopes, each of them enough; an empty set is any valid credential
 * @param owner the parameters that name the owner whose data it reads; some where an alternative is bound to an owner
 */
record AccessRule(String method, PathPattern path, boolean isOpen, List<Set<Scope>> alternatives,
    List<OwnerParameter> owner) {
  AccessRule {
    alternatives = alternatives.stream().map(Set::copyOf).toList();
    owner = List.copyOf(owner);
    if (isOpen != alternatives.isEmpty()) {
      throw new IllegalArgumentException(method + " " + path + " has no rule of access, or both none and some");
    }
    boolean isBound = alternatives.stream().anyMatch(scopes -> scopes.contains(Scope.LEDGER_READ_OWN));
    if (isBound && owner.isEmpty()) {
      throw new IllegalArgumentException(method + " " + path + " accepts " + Scope.LEDGER_READ_OWN.tag()
          + ", but no parameter of it is marked as bound to the owner");
    }
  }

  /** Where a parameter is given. */
  enum Place { PATH, QUERY, HEADER }

  /** A parameter of a request. */
  record OwnerParameter(Place place, String name) {
    /** All values given, none if it is missing; decoded. */
    private List<String> values(HttpServletRequest request, Map<String, String> pathVariables) {
      return switch (place) {
        case PATH -> Optional.ofNullable(pathVariables.get(name)).stream().toList();
        case QUERY -> Optional.ofNullable(request.getParameterValues(name)).map(List::of).orElse(List.of());
        case HEADER -> Collections.list(request.getHeaders(name));
      };
    }
  }

  boolean matches(PathContainer requested) {
    return path.matches(requested);
  }

  /** HEAD is answered as GET is. */
  boolean accepts(String requestedMethod) {
    return method.equals(requestedMethod) || (method.equals("GET") && requestedMethod.equals("HEAD"));
  }

  /** Why this caller may not send the request; empty if they may. */
  Optional<ProblemCode> refusal(Caller caller, HttpServletRequest request) {
    if (isOpen) {
      return Optional.empty();
    }
    boolean scopesSuffice = false;
    for (Set<Scope> scopes : alternatives) {
      if (caller.scopes().containsAll(scopes)) {
        if (!scopes.contains(Scope.LEDGER_READ_OWN) || readsOwn(caller, request)) {
          return Optional.empty();
        }
        scopesSuffice = true;
      }
    }
    return Optional.of(scopesSuffice ? ProblemCode.FOREIGN_OWNER : ProblemCode.INSUFFICIENT_SCOPE);
  }

  /** Whether the request names the caller's owner, and no other one beside. */
  private boolean readsOwn(Caller caller, HttpServletRequest request) {
    PathPattern.PathMatchInfo match = path.matchAndExtract(AccessRules.path(request));
    if (match == null || caller.owner().isEmpty()) {
      return false;
    }
    List<String> named = owner.stream()
        .flatMap(each -> each.values(request, match.getUriVariables()).stream()).toList();
    return !named.isEmpty() && named.stream().allMatch(each -> address(each).equals(caller.owner()));
  }

  private static Optional<WalletAddress> address(String text) {
    try {
      return Optional.of(WalletAddress.typed(text));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
