package io.neuronledger.query.request;

import io.neuronledger.query.LedgerQuery;
import io.neuronledger.query.asof.BlockSelector;
import io.neuronledger.query.asof.BlockSelectorResolver;
import io.neuronledger.query.problem.Refusal;
import io.neuronledger.query.problem.Refused;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.springframework.core.MethodParameter;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerInterceptor;

/** Refuses unknown and repeated query parameters, so that a typo is never silently ignored. */
public final class ParameterGuard implements HandlerInterceptor {
  private static final String OWN_PACKAGE = LedgerQuery.class.getPackageName();
  private final ParametersResolver parameters;

  public ParameterGuard(ParametersResolver parameters) {
    this.parameters = parameters;
  }

  @Override
  public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
    if (handler instanceof HandlerMethod method && method.getBeanType().getPackageName().startsWith(OWN_PACKAGE)) {
      if (request.getRequestURI().indexOf(';') >= 0) {
        throw new Refused(Refusal.MALFORMED_REQUEST, "path parameters are not supported; percent-encode a semicolon");
      }
      Set<String> known = known(method);
      for (Map.Entry<String, String[]> given : parameters(request).entrySet()) {
        require(given.getKey(), given.getValue().length, known);
      }
    }
    return true;
  }

  private static Map<String, String[]> parameters(HttpServletRequest request) {
    try {
      return request.getParameterMap();
    } catch (IllegalStateException e) {
      // Tomcat throws this for a query string that cannot be decoded.
      throw new Refused(Refusal.MALFORMED_REQUEST, "the query string cannot be decoded");
    }
  }

  private static void require(String name, int times, Set<String> known) {
    if (!known.contains(name)) {
      throw Refused.parameter(Refusal.UNKNOWN_PARAMETER, name,
          known.isEmpty() ? "this path has no parameters" : "known parameters: " + String.join(", ", known));
    }
    if (times > 1) {
      throw Refused.parameter(Refusal.REPEATED_PARAMETER, name, "give the parameter once");
    }
  }

  private Set<String> known(HandlerMethod method) {
    Set<String> names = new TreeSet<>();
    for (MethodParameter parameter : method.getMethodParameters()) {
      if (parameter.getParameterType() == BlockSelector.class) {
        names.addAll(BlockSelectorResolver.namesOf(parameter));
      } else if (parameter.hasParameterAnnotation(RequestParam.class)) {
        names.add(String.valueOf(parameter.getParameter().getName()));
      } else {
        names.addAll(parameters.namesOf(parameter));
      }
    }
    return names;
  }
}
