package io.neuronledger.foundation.problem;

import org.apache.tomcat.util.buf.EncodedSolidusHandling;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import tools.jackson.databind.json.JsonMapper;

/** Imported by services; requires a {@link ProblemBody} and a {@link JsonMapper}. */
@Configuration(proxyBeanMethods = false)
public class ProblemWiring {
  /** Also allows a percent-encoded slash in a path, for names that contain one. */
  @Bean
  WebServerFactoryCustomizer<TomcatServletWebServerFactory> problemsOfTomcat(JsonMapper json, ProblemBody body) {
    return factory -> {
      factory.addEngineValves(new ProblemReportValve(json, body));
      // Inside of Spring Boot's valve, which writes HTML: the inner valve runs first.
      factory.addContextCustomizers(
          context -> context.getParent().getPipeline().addValve(new ProblemReportValve(json, body)));
      factory.addConnectorCustomizers(
          connector -> connector.setEncodedSolidusHandling(EncodedSolidusHandling.PASS_THROUGH.getValue()));
    };
  }

  @Bean
  FilterRegistrationBean<QueryStringFilter> queryStrings(JsonMapper json, ProblemBody body) {
    FilterRegistrationBean<QueryStringFilter> registration =
        new FilterRegistrationBean<>(new QueryStringFilter(json, body));
    registration.setOrder(Ordered.HIGHEST_PRECEDENCE);
    return registration;
  }

  @Bean
  ProblemErrorPage problemErrorPage(ProblemBody body) {
    return new ProblemErrorPage(body);
  }
}
