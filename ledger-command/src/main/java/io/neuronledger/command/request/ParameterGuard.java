package io.neuronledger.command.request;

import io.neuronledger.contracts.value.Excerpt;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.springframework.core.MethodParameter;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerInterceptor;

/** Refuses unknown and repeated query parameters, so that a typo is never ignored. */
public final class ParameterGuard implements HandlerInterceptor {
  private static final String BASE_PACKAGE = "io.neuronledger.";

  @Override
  public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
    if (handler instanceof HandlerMethod method && method.getBeanType().getPackageName().startsWith(BASE_PACKAGE)) {
      Set<String> known = known(method);
      parameters(request).forEach((name, values) -> require(name, values.length, known));
    }
    return true;
  }

  private static Map<String, String[]> parameters(HttpServletRequest request) {
    try {
      return request.getParameterMap();
    } catch (IllegalStateException e) {
      // Tomcat throws this for a query string that cannot be decoded.
      throw new Unreadable("the query string cannot be decoded");
    }
  }

  private static void require(String name, int times, Set<String> known) {
    if (!known.contains(name)) {
      throw new WrongParameter("unknown-parameter", "There is no parameter " + Excerpt.of(name) + ". "
          + (known.isEmpty() ? "This path has no parameters" : "Known: " + String.join(", ", known)));
    }
    if (times > 1) {
      throw new WrongParameter("repeated-parameter", "Give the parameter " + name + " once");
    }
  }

  private static Set<String> known(HandlerMethod method) {
    Set<String> names = new TreeSet<>();
    for (MethodParameter parameter : method.getMethodParameters()) {
      if (parameter.hasParameterAnnotation(RequestParam.class)) {
        names.add(parameter.getParameter().getName());
      }
    }
    return names;
  }
}
