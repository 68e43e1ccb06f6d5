package io.neuronledger.foundation.problem;

import io.neuronledger.foundation.problem.answer.AnswerConverter;
import io.neuronledger.foundation.problem.answer.AnswerJson;
import io.neuronledger.foundation.problem.request.RequestIdFilter;
import org.apache.tomcat.util.buf.EncodedSolidusHandling;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.format.FormatterRegistry;
import org.springframework.http.converter.HttpMessageConverters;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;
import tools.jackson.databind.json.JsonMapper;

/**
 * Guards every request and writes every problem of a service that imports it; requires a {@link FailureMapping} and a
 * {@link JsonMapper} in snake_case and without absent values.
 */
@Configuration(proxyBeanMethods = false)
public class ProblemWiring implements WebMvcConfigurer {
  private final ObjectProvider<RequestGuard.ParameterNames> names;
  private final ObjectProvider<AnswerJson> json;

  ProblemWiring(ObjectProvider<RequestGuard.ParameterNames> names, ObjectProvider<AnswerJson> json) {
    this.names = names;
    this.json = json;
  }

  /** Also allows a percent-encoded slash in a path, for names that contain one. */
  @Bean
  static WebServerFactoryCustomizer<TomcatServletWebServerFactory> problemsOfTomcat(JsonMapper json,
      FailureMapping failures) {
    return factory -> {
      factory.addEngineValves(new ProblemReportValve(json, failures));
      // Inside of Spring Boot's valve, which writes HTML: the inner valve runs first.
      factory.addContextCustomizers(
          context -> context.getParent().getPipeline().addValve(new ProblemReportValve(json, failures)));
      factory.addConnectorCustomizers(
          connector -> connector.setEncodedSolidusHandling(EncodedSolidusHandling.PASS_THROUGH.getValue()));
    };
  }

  @Bean
  static FilterRegistrationBean<RequestIdFilter> requestIds() {
    FilterRegistrationBean<RequestIdFilter> registration = new FilterRegistrationBean<>(new RequestIdFilter());
    registration.setOrder(Ordered.HIGHEST_PRECEDENCE);
    return registration;
  }

  @Bean
  static FilterRegistrationBean<QueryStringFilter> queryStrings() {
    FilterRegistrationBean<QueryStringFilter> registration = new FilterRegistrationBean<>(new QueryStringFilter());
    registration.setOrder(Ordered.HIGHEST_PRECEDENCE + 1);
    return registration;
  }

  @Bean
  static AnswerJson answerJson(JsonMapper json) {
    return new AnswerJson(json);
  }

  @Bean
  static ProblemErrorPage problemErrorPage(FailureMapping failures) {
    return new ProblemErrorPage(failures);
  }

  @Bean
  static ProblemAdvice problemAdvice(FailureMapping failures) {
    return new ProblemAdvice(failures);
  }

  @Override
  public void configureMessageConverters(HttpMessageConverters.ServerBuilder converters) {
    converters.withJsonConverter(new AnswerConverter(json.getObject()));
  }

  @Override
  public void addInterceptors(InterceptorRegistry registry) {
    registry.addInterceptor(new RequestGuard(names.orderedStream().toList()));
  }

  @Override
  public void addFormatters(FormatterRegistry registry) {
    registry.addConverter(new AddressReader());
  }
}
