package io.neuronledger.foundation.access.caller;

import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;
import org.springframework.web.bind.support.WebDataBinderFactory;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.method.support.ModelAndViewContainer;

/** Gives a controller the verified caller of its request, as an argument of type {@link Caller}. */
public final class CallerResolver implements HandlerMethodArgumentResolver {
  @Override
  public boolean supportsParameter(MethodParameter parameter) {
    return parameter.getParameterType() == Caller.class;
  }

  /** @throws IllegalStateException in an operation that is open to everybody, which must not ask who calls */
  @Override
  public Caller resolveArgument(MethodParameter parameter, @Nullable ModelAndViewContainer container,
      NativeWebRequest request, @Nullable WebDataBinderFactory binders) {
    if (request.getUserPrincipal() instanceof CallerAuthentication verified) {
      return verified.getPrincipal();
    }
    throw new IllegalStateException("the request has no verified caller");
  }
}
