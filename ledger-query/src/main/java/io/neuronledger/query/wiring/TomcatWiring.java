package io.neuronledger.query.wiring;

import io.neuronledger.query.problem.ProblemReportValve;
import org.apache.tomcat.util.buf.EncodedSolidusHandling;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import tools.jackson.databind.json.JsonMapper;

/** What the web server does before a request reaches us. */
@Configuration
class TomcatWiring {
  /** A service's name may contain a slash, percent-encoded. */
  @Bean
  WebServerFactoryCustomizer<TomcatServletWebServerFactory> tomcat(JsonMapper json) {
    return factory -> {
      factory.addEngineValves(new ProblemReportValve(json));
      // Inside of the valve that Spring Boot puts here, which writes HTML: the inner one comes first.
      factory.addContextCustomizers(
          context -> context.getParent().getPipeline().addValve(new ProblemReportValve(json)));
      factory.addConnectorCustomizers(
          connector -> connector.setEncodedSolidusHandling(EncodedSolidusHandling.PASS_THROUGH.getValue()));
    };
  }
}
