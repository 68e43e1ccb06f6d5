package io.neuronledger.query.request;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;
import org.springframework.web.bind.support.WebDataBinderFactory;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.method.support.ModelAndViewContainer;

/** Resolves controller arguments by {@link Parameters}. */
public final class ParametersResolver implements HandlerMethodArgumentResolver {
  private final Map<Class<?>, Parameters<?>> byType;

  public ParametersResolver(List<Parameters<?>> all) {
    this.byType = all.stream().collect(Collectors.toMap(Parameters::type, Function.identity()));
  }

  /** The query parameters of an argument; empty for arguments of other types. */
  public Set<String> namesOf(MethodParameter parameter) {
    Parameters<?> known = byType.get(parameter.getParameterType());
    return known == null ? Set.of() : known.names();
  }

  /** Those of them that take several values. */
  public Set<String> repeatableOf(MethodParameter parameter) {
    Parameters<?> known = byType.get(parameter.getParameterType());
    return known == null ? Set.of() : known.repeatable();
  }

  @Override
  public boolean supportsParameter(MethodParameter parameter) {
    return byType.containsKey(parameter.getParameterType());
  }

  @Override
  public @Nullable Object resolveArgument(MethodParameter parameter, @Nullable ModelAndViewContainer container,
      NativeWebRequest request, @Nullable WebDataBinderFactory binders) {
    Parameters<?> known = byType.get(parameter.getParameterType());
    return known == null ? null : known.read(new RequestValues(request));
  }
}
