package io.neuronledger.foundation.problem.answer;

import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.converter.json.JacksonJsonHttpMessageConverter;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.ServletRequestAttributes;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerMapping;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.ObjectWriter;

/** Writes the JSON of every answer of a service. */
public final class AnswerConverter extends JacksonJsonHttpMessageConverter {
  private final AnswerJson json;

  public AnswerConverter(AnswerJson json) {
    super(json.in(AnswerUnit.NEURON));
    this.json = json;
  }

  @Override
  protected ObjectWriter customizeWriter(ObjectWriter writer, @Nullable JavaType type,
      @Nullable MediaType mediaType) {
    return RequestContextHolder.getRequestAttributes() instanceof ServletRequestAttributes current
        && isAskedFor(current.getRequest()) ? json.in(AnswerUnit.ZERO_G).writer() : writer;
  }

  /** A problem is answered in neuron too where the unit is the problem. */
  private static boolean isAskedFor(HttpServletRequest request) {
    return request.getAttribute(HandlerMapping.BEST_MATCHING_HANDLER_ATTRIBUTE) instanceof HandlerMethod method
        && method.hasMethodAnnotation(TakesUnit.class)
        && AnswerUnit.ZERO_G.isGiven(request);
  }
}
