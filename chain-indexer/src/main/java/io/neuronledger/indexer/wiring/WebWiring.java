package io.neuronledger.indexer.wiring;

import io.neuronledger.foundation.access.AccessWiring;
import io.neuronledger.foundation.access.ApiKeyWiring;
import io.neuronledger.foundation.access.rule.AccessRules;
import io.neuronledger.foundation.problem.FailureMapping;
import io.neuronledger.foundation.problem.ProblemWiring;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** Beans that apply to every HTTP request. */
@Configuration(proxyBeanMethods = false)
@Import({ProblemWiring.class, AccessWiring.class, ApiKeyWiring.class})
class WebWiring {
  @Bean
  static AccessRules accessRules() {
    return AccessRules.ofDocument("/openapi/chain-indexer.v1.yaml");
  }

  @Bean
  static FailureMapping failures() {
    return new FailureMapping() {};
  }
}
