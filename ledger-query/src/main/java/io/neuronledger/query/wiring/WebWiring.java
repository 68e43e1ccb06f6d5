package io.neuronledger.query.wiring;

import io.neuronledger.contracts.topic.Partitions;
import io.neuronledger.contracts.usage.SettlementId;
import io.neuronledger.contracts.value.ServiceName;
import io.neuronledger.foundation.problem.FailureMapping;
import io.neuronledger.foundation.problem.ProblemWiring;
import io.neuronledger.foundation.problem.RequestGuard;
import io.neuronledger.query.asof.BlockSelector;
import io.neuronledger.query.asof.BlockSelectorResolver;
import io.neuronledger.query.asof.GlobalReads;
import io.neuronledger.query.asof.OwnerReads;
import io.neuronledger.query.asof.SealWatch;
import io.neuronledger.query.balance.RefundFilter;
import io.neuronledger.query.discrepancy.DiscrepancyFilter;
import io.neuronledger.query.discrepancy.SettlementIntervals;
import io.neuronledger.query.export.Exports;
import io.neuronledger.query.following.FollowingReports;
import io.neuronledger.query.problem.DatabaseFailures;
import io.neuronledger.query.problem.TruncatedResponse;
import io.neuronledger.query.request.Page;
import io.neuronledger.query.request.ParametersResolver;
import io.neuronledger.query.settlement.SettlementFilter;
import io.neuronledger.query.settlement.period.PeriodFilter;
import io.neuronledger.query.usage.AccountFilter;
import io.neuronledger.query.usage.UsageFilter;
import java.util.List;
import org.jooq.DSLContext;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.format.FormatterRegistry;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.servlet.HandlerExceptionResolver;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** Request parsing, and the beans that answer. */
@Configuration
@Import(ProblemWiring.class)
class WebWiring implements WebMvcConfigurer {
  private static final ParametersResolver PARAMETERS = new ParametersResolver(List.of(Page.PARAMETERS,
      UsageFilter.PARAMETERS, AccountFilter.PARAMETERS, SettlementFilter.PARAMETERS,
      DiscrepancyFilter.PARAMETERS, PeriodFilter.PARAMETERS, RefundFilter.PARAMETERS));

  private final Settings settings;

  WebWiring(Settings settings) {
    this.settings = settings;
  }

  @Bean
  static FailureMapping failures() {
    return new DatabaseFailures();
  }

  @Bean
  static RequestGuard.ParameterNames parameterNames() {
    return argument -> argument.getParameterType() == BlockSelector.class
        ? BlockSelectorResolver.namesOf(argument)
        : PARAMETERS.namesOf(argument);
  }

  @Bean
  static SealWatch sealWatch(@Qualifier("reader") DSLContext reader) {
    return new SealWatch(reader).start();
  }

  @Bean
  static OwnerReads ownerReads(@Qualifier("reader") DSLContext reader, Partitions partitions, SealWatch watch,
      FollowingReports following) {
    return new OwnerReads(reader, partitions, watch, following);
  }

  @Bean
  static GlobalReads globalReads(@Qualifier("reader") DSLContext reader, Partitions partitions, SealWatch watch,
      FollowingReports following) {
    return new GlobalReads(reader, partitions, watch, following);
  }

  @Bean
  static Exports exports(Settings settings) {
    return new Exports(settings.answers().exportsOpenMax());
  }

  /** For exports; injected only by name. */
  @Bean(defaultCandidate = false)
  static OwnerReads exportOwnerReads(@Qualifier("exporter") DSLContext exporter, Partitions partitions, SealWatch watch,
      FollowingReports following) {
    return new OwnerReads(exporter, partitions, watch, following);
  }

  @Bean(defaultCandidate = false)
  static GlobalReads exportGlobalReads(@Qualifier("exporter") DSLContext exporter, Partitions partitions,
      SealWatch watch,
      FollowingReports following) {
    return new GlobalReads(exporter, partitions, watch, following);
  }

  @Bean
  static SettlementIntervals settlementIntervals(Settings settings) {
    return new SettlementIntervals(settings.settlement().interval(), settings.settlement().intervals());
  }

  @Override
  public void addFormatters(FormatterRegistry registry) {
    registry.addConverter(String.class, ServiceName.class, ServiceName::typed);
    registry.addConverter(String.class, SettlementId.class, SettlementId::parse);
  }

  @Override
  public void extendHandlerExceptionResolvers(List<HandlerExceptionResolver> resolvers) {
    resolvers.addFirst(new TruncatedResponse());
  }

  @Override
  public void addArgumentResolvers(List<HandlerMethodArgumentResolver> resolvers) {
    resolvers.add(PARAMETERS);
    resolvers.add(new BlockSelectorResolver(settings.answers().waitDefault(), settings.answers().waitMax()));
  }
}
