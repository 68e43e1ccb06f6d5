package io.neuronledger.command.wiring;

import io.neuronledger.command.request.ParameterGuard;
import io.neuronledger.command.request.ProblemReportValve;
import org.apache.tomcat.util.buf.EncodedSolidusHandling;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;
import tools.jackson.databind.json.JsonMapper;

/** What every request passes. */
@Configuration(proxyBeanMethods = false)
class WebWiring implements WebMvcConfigurer {
  @Override
  public void addInterceptors(InterceptorRegistry registry) {
    registry.addInterceptor(new ParameterGuard());
  }

  /** A discrepancy's key stands in the path, and may hold a service name with a slash, written as %2F. */
  @Bean
  WebServerFactoryCustomizer<TomcatServletWebServerFactory> tomcat(JsonMapper json) {
    return factory -> {
      factory.addEngineValves(new ProblemReportValve(json));
      // Inside of the valve that Spring Boot puts here, which writes HTML: the inner one comes first.
      factory.addContextCustomizers(context -> context.getParent().getPipeline().addValve(new ProblemReportValve(json)));
      factory.addConnectorCustomizers(
          connector -> connector.setEncodedSolidusHandling(EncodedSolidusHandling.PASS_THROUGH.getValue()));
    };
  }
}
