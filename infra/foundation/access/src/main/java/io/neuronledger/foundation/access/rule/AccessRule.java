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
import java.util.stream.Collectors;
import org.springframework.http.server.PathContainer;
import org.springframework.web.util.pattern.PathPattern;

/**
 * The rule of one operation.
 *
 * @param isOpen whether everybody may call it, without a credential; there are no alternatives then
 * @param alternatives sets of scopes, each of them enough; an empty set is any valid credential
 * @param owner the parameters that name the owner whose data it reads; some where an alternative is bound to an owner
 * @param named the parameters that name an owner at all
 */
record AccessRule(Operation operation, PathPattern path, boolean isOpen, List<Set<Scope>> alternatives,
    List<OwnerParameter> owner, List<OwnerParameter> named) {
  /** What belongs to finance and to administrators, and who has looked at that. */
  private static final Set<Scope> RECORDED =
      Set.of(Scope.FINANCE_READ, Scope.FINANCE_WRITE, Scope.ADMIN, Scope.ACCESS_LOG_READ);

  /** The end of the paths by which exports begin. */
  private static final String EXPORTS = "/exports";

  AccessRule {
    alternatives = alternatives.stream().map(Set::copyOf).toList();
    owner = List.copyOf(owner);
    named = List.copyOf(named);
    if (isOpen != alternatives.isEmpty()) {
      throw new IllegalArgumentException(operation.method() + " " + path
          + " has no rule of access, or both none and some");
    }
    boolean isBound = alternatives.stream().anyMatch(scopes -> scopes.contains(Scope.LEDGER_READ_OWN));
    if (isBound && owner.isEmpty()) {
      throw new IllegalArgumentException(operation.method() + " " + path + " accepts " + Scope.LEDGER_READ_OWN.tag()
          + ", but no parameter of it is marked as bound to the owner");
    }
  }

  /**
   * @param id as the document calls it
   * @param method in upper case
   * @param isOfAll whether the document says that it reads the rows of all owners, though its path names an object
   */
  record Operation(String id, String method, boolean isOfAll) {}

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

  String method() {
    return operation.method();
  }

  /**
   * Whether a request of a caller with these scopes is recorded in the access log. An operation that names a scope of
   * finance or administrators is, whoever asks; but where any valid credential is enough, only for callers with such a
   * scope, to whom it shows more than their own.
   */
  boolean isRecorded(Set<Scope> held) {
    Set<Scope> named =
        alternatives.stream().flatMap(Set::stream).filter(RECORDED::contains).collect(Collectors.toSet());
    return alternatives.contains(Set.<Scope>of()) ? named.stream().anyMatch(held::contains) : !named.isEmpty();
  }

  boolean matches(PathContainer requested) {
    return path.matches(requested);
  }

  /** HEAD is answered as GET is. */
  boolean accepts(String requestedMethod) {
    return method().equals(requestedMethod) || (method().equals("GET") && requestedMethod.equals("HEAD"));
  }

  /** Why this caller may not send the request; empty if they may. */
  Optional<ProblemCode> refusal(Caller caller, HttpServletRequest request) {
    if (isOpen) {
      return Optional.empty();
    }
    boolean scopesSuffice = false;
    for (Set<Scope> scopes : alternatives) {
      if (caller.scopes().containsAll(scopes)) {
        if (isFor(scopes, caller, request)) {
          return Optional.empty();
        }
        scopesSuffice = true;
      }
    }
    return Optional.of(scopesSuffice ? ProblemCode.FOREIGN_OWNER : ProblemCode.INSUFFICIENT_SCOPE);
  }

  /** The alternatives that can allow the request: one that is bound to an owner only where it names the caller's. */
  List<Set<Scope>> alternatives(Caller caller, HttpServletRequest request) {
    return alternatives.stream().filter(scopes -> isFor(scopes, caller, request)).toList();
  }

  private boolean isFor(Set<Scope> scopes, Caller caller, HttpServletRequest request) {
    return !scopes.contains(Scope.LEDGER_READ_OWN) || readsOwn(caller, request);
  }

  /** Whether the request names the caller's owner, and no other one beside. */
  private boolean readsOwn(Caller caller, HttpServletRequest request) {
    List<String> values = values(owner, request);
    return caller.owner().isPresent() && !values.isEmpty()
        && values.stream().allMatch(each -> address(each).equals(caller.owner()));
  }

  /**
   * Whether a request that names no owner is about all: one that only reads, or exports what a list reads, and whose
   * path names no object, or one with the rows of all.
   */
  boolean isOfAll() {
    boolean reads = method().equals("GET") || path.getPatternString().endsWith(EXPORTS);
    return reads && (operation.isOfAll() || !path.hasPatternSyntax());
  }

  /** The owners that a request names, as it writes them; none also if it cannot be decoded. */
  List<String> owners(HttpServletRequest request) {
    try {
      return values(named, request);
    } catch (IllegalStateException e) {
      // Tomcat throws this for a form in the body that cannot be decoded; it is refused where it is read.
      return List.of();
    }
  }

  private List<String> values(List<OwnerParameter> parameters, HttpServletRequest request) {
    PathPattern.PathMatchInfo match = path.matchAndExtract(AccessRules.path(request));
    return match == null ? List.of() : parameters.stream()
        .flatMap(each -> each.values(request, match.getUriVariables()).stream()).toList();
  }

  private static Optional<WalletAddress> address(String text) {
    try {
      return Optional.of(WalletAddress.typed(text));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
