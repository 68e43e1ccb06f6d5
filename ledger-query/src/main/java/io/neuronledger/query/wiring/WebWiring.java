package io.neuronledger.query.wiring;

import io.neuronledger.contracts.event.Lanes;
import io.neuronledger.contracts.value.ServiceName;
import io.neuronledger.query.asof.Answers;
import io.neuronledger.query.asof.MomentResolver;
import io.neuronledger.query.asof.SealWatch;
import io.neuronledger.query.request.AddressReader;
import io.neuronledger.query.request.ParameterGuard;
import java.util.List;
import org.jooq.DSLContext;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.format.FormatterRegistry;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** How requests are read, and what answers them. */
@Configuration
class WebWiring implements WebMvcConfigurer {
  private final Settings settings;

  WebWiring(Settings settings) {
    this.settings = settings;
  }

  @Bean
  static SealWatch sealWatch(@Qualifier("reader") DSLContext reader) {
    return new SealWatch(reader).start();
  }

  @Bean
  static Answers answers(@Qualifier("reader") DSLContext reader, Lanes lanes, SealWatch watch) {
    return new Answers(reader, lanes, watch);
  }

  @Override
  public void addFormatters(FormatterRegistry registry) {
    registry.addConverter(new AddressReader());
    registry.addConverter(String.class, ServiceName.class, ServiceName::of);
  }

  @Override
  public void addInterceptors(InterceptorRegistry registry) {
    registry.addInterceptor(new ParameterGuard());
  }

  @Override
  public void addArgumentResolvers(List<HandlerMethodArgumentResolver> resolvers) {
    resolvers.add(new MomentResolver(settings.answers().waitDefault(), settings.answers().waitMax()));
  }
}
