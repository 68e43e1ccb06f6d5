package io.neuronledger.foundation.problem;

import io.neuronledger.contracts.value.Excerpt;
import io.neuronledger.foundation.problem.answer.AnswerUnit;
import io.neuronledger.foundation.problem.answer.TakesUnit;
import io.neuronledger.foundation.problem.request.IgnoresParameters;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.springframework.core.MethodParameter;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerInterceptor;

/**
 * Refuses unknown query parameters, so that a typo is never silently ignored, repeated ones, unless they take several
 * values, and path parameters.
 */
public final class RequestGuard implements HandlerInterceptor {
  private static final String OWN_PACKAGE = "io.neuronledger.";

  private final List<ParameterNames> names;

  RequestGuard(List<ParameterNames> names) {
    this.names = List.copyOf(names);
  }

  /** The query parameters that a controller's argument is read from, besides {@link RequestParam}. */
  @FunctionalInterface
  public interface ParameterNames {
    Set<String> of(MethodParameter argument);

    /** Those of them that take several values, each of which is given as a parameter of this name. */
    default Set<String> repeatable(MethodParameter argument) {
      return Set.of();
    }
  }

  @Override
  public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
    if (handler instanceof HandlerMethod method && method.getBeanType().getPackageName().startsWith(OWN_PACKAGE)
        && method.getBeanType() != ProblemErrorPage.class) {
      if (request.getRequestURI().indexOf(';') >= 0) {
        throw new Refusal(ProblemCode.MALFORMED_REQUEST,
            "path parameters are not supported; percent-encode a semicolon");
      }
      if (method.hasMethodAnnotation(IgnoresParameters.class)) {
        return true;
      }
      Set<String> known = known(method);
      parameters(request).forEach((name, values) -> {
        requireKnown(name, known);
        if (values.length > 1 && !isRepeatable(name, method)) {
          throw Refusal.parameter(ProblemCode.REPEATED_PARAMETER, name, "give the parameter once");
        }
      });
      if (known.contains(AnswerUnit.PARAMETER)) {
        var _ = AnswerUnit.of(request);
      }
    }
    return true;
  }

  private static Map<String, String[]> parameters(HttpServletRequest request) {
    try {
      return request.getParameterMap();
    } catch (IllegalStateException e) {
      // Tomcat throws this for a form in the body that cannot be decoded.
      throw new Refusal(ProblemCode.MALFORMED_REQUEST, "the parameters cannot be decoded");
    }
  }

  private static void requireKnown(String name, Set<String> known) {
    if (!known.contains(name)) {
      throw Refusal.parameter(ProblemCode.UNKNOWN_PARAMETER, Excerpt.of(name),
          known.isEmpty() ? "this path has no parameters" : "known parameters: " + String.join(", ", known));
    }
  }

  private boolean isRepeatable(String name, HandlerMethod method) {
    return Arrays.stream(method.getMethodParameters())
        .anyMatch(argument -> names.stream().anyMatch(each -> each.repeatable(argument).contains(name)));
  }

  private Set<String> known(HandlerMethod method) {
    Set<String> known = new TreeSet<>();
    if (method.hasMethodAnnotation(TakesUnit.class)) {
      known.add(AnswerUnit.PARAMETER);
    }
    for (MethodParameter argument : method.getMethodParameters()) {
      if (argument.hasParameterAnnotation(RequestParam.class)) {
        known.add(argument.getParameter().getName());
      }
      names.forEach(each -> known.addAll(each.of(argument)));
    }
    return known;
  }
}
