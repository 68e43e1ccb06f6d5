package io.neuronledger.indexer.wiring;

import io.neuronledger.foundation.problem.ProblemBody;
import io.neuronledger.foundation.problem.ProblemWiring;
import java.net.URI;
import java.util.Locale;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;

/** Problem answers outside of the controllers. */
@Configuration(proxyBeanMethods = false)
@Import(ProblemWiring.class)
class WebWiring {
  @Bean
  static ProblemBody problemBody() {
    return WebWiring::problem;
  }

  private static ProblemBody.Problem problem(int status, String path) {
    HttpStatus answered = HttpStatus.valueOf(status);
    String code = switch (answered) {
      case NOT_FOUND -> "unknown-path";
      case METHOD_NOT_ALLOWED, NOT_ACCEPTABLE, UNSUPPORTED_MEDIA_TYPE ->
          answered.name().toLowerCase(Locale.ROOT).replace('_', '-');
      default -> answered.is4xxClientError() ? "malformed-request" : "internal-error";
    };
    ProblemDetail problem = ProblemDetail.forStatusAndDetail(answered, answered.getReasonPhrase());
    problem.setType(URI.create("urn:neuron-ledger:problem:" + code));
    problem.setProperty("code", code);
    return new ProblemBody.Problem(answered.value(), problem);
  }
}
