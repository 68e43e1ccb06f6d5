package io.neuronledger.indexer.wiring;

import io.neuronledger.foundation.problem.FailureMapping;
import io.neuronledger.foundation.problem.ProblemWiring;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** Beans that apply to every HTTP request. */
@Configuration(proxyBeanMethods = false)
@Import(ProblemWiring.class)
class WebWiring {
  @Bean
  static FailureMapping failures() {
    return new FailureMapping() {};
  }
}
