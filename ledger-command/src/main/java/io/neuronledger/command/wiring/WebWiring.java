package io.neuronledger.command.wiring;

import io.neuronledger.command.request.ParameterGuard;
import io.neuronledger.command.request.Problems;
import io.neuronledger.foundation.problem.ProblemBody;
import io.neuronledger.foundation.problem.ProblemWiring;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** Beans that apply to every HTTP request. */
@Configuration(proxyBeanMethods = false)
@Import(ProblemWiring.class)
class WebWiring implements WebMvcConfigurer {
  @Override
  public void addInterceptors(InterceptorRegistry registry) {
    registry.addInterceptor(new ParameterGuard());
  }

  @Bean
  static ProblemBody problemBody() {
    return Problems::problem;
  }
}
