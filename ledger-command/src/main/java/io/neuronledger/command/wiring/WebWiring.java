package io.neuronledger.command.wiring;

import io.neuronledger.command.store.deployment.DeploymentUnknown;
import io.neuronledger.foundation.access.AccessWiring;
import io.neuronledger.foundation.access.ApiKeyWiring;
import io.neuronledger.foundation.access.rate.SharedBuckets;
import io.neuronledger.foundation.access.rule.AccessRules;
import io.neuronledger.foundation.access.rule.PublishedOperationsFilter;
import io.neuronledger.foundation.problem.FailureMapping;
import io.neuronledger.foundation.problem.ProblemCode;
import io.neuronledger.foundation.problem.ProblemWiring;
import io.neuronledger.foundation.problem.Refusal;
import java.time.Clock;
import java.util.Optional;
import java.util.Set;
import javax.sql.DataSource;
import org.axonframework.modelling.command.ConcurrencyException;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** Beans that apply to every HTTP request. */
@Configuration(proxyBeanMethods = false)
@Import({ProblemWiring.class, AccessWiring.class, ApiKeyWiring.class})
class WebWiring {
  private static final Set<String> REPORTS = Set.of("/v1/usage", "/v1/usage/batch");

  @Bean
  static AccessRules accessRules() {
    return AccessRules.ofDocument("/openapi/ledger-command.v1.yaml");
  }

  /** Usage reports come to any instance. */
  @Bean
  static SharedBuckets sharedBuckets(DataSource source, Clock clock) {
    return new SharedBuckets(source, "rate_bucket", clock,
        request -> PublishedOperationsFilter.isOperation(request, "POST", REPORTS));
  }

  @Bean
  static FailureMapping failures() {
    return new WriteFailures();
  }

  /** The problems of a failed write; the detail states whether to send it again. */
  private static final class WriteFailures implements FailureMapping {
    @Override
    public Optional<Refusal> of(Exception failure) {
      return switch (failure) {
        case DeploymentUnknown unknown -> Optional.of(new Refusal(ProblemCode.NOTHING_FOLLOWED,
            unknown.getMessage() + "; nothing was recorded, send it again later"));
        case ConcurrencyException _ -> Optional.of(new Refusal(ProblemCode.TOO_MANY_WRITERS,
            "nothing was recorded, send it again"));
        case Exception _ -> Optional.empty();
      };
    }

    /** A database that fails during a commit may have committed. */
    @Override
    public Refusal unexpected() {
      return new Refusal(ProblemCode.OUTCOME_UNKNOWN,
          "the service does not know whether this was recorded: send it again, a recorded request counts once");
    }
  }
}
