package io.neuronledger.query.wiring;

import io.neuronledger.contracts.period.AccountingPeriod;
import io.neuronledger.contracts.period.ReportHash;
import io.neuronledger.contracts.usage.SettlementId;
import io.neuronledger.contracts.value.Hash;
import io.neuronledger.contracts.value.ServiceName;
import io.neuronledger.contracts.view.entry.EntryId;
import io.neuronledger.foundation.access.AccessWiring;
import io.neuronledger.foundation.access.ApiKeyWiring;
import io.neuronledger.foundation.access.rate.SharedBuckets;
import io.neuronledger.foundation.access.rule.AccessRules;
import io.neuronledger.foundation.access.rule.PublishedOperationsFilter;
import io.neuronledger.foundation.problem.FailureMapping;
import io.neuronledger.foundation.problem.ProblemWiring;
import io.neuronledger.foundation.problem.RequestGuard;
import io.neuronledger.query.accesslog.AccessFilter;
import io.neuronledger.query.admission.AdmissionFilter;
import io.neuronledger.query.alert.AlertFilter;
import io.neuronledger.query.asof.selector.BlockSelector;
import io.neuronledger.query.asof.selector.BlockSelectorResolver;
import io.neuronledger.query.asof.selector.PointInTime;
import io.neuronledger.query.audit.EntryOrder;
import io.neuronledger.query.audit.journal.EntryFilter;
import io.neuronledger.query.balance.RefundFilter;
import io.neuronledger.query.books.StatementFilter;
import io.neuronledger.query.dashboard.DashboardController;
import io.neuronledger.query.directory.LedgersFilter;
import io.neuronledger.query.discrepancy.DiscrepancyFilter;
import io.neuronledger.query.events.EventsFilter;
import io.neuronledger.query.export.Csv;
import io.neuronledger.query.export.job.ExportRequest;
import io.neuronledger.query.export.job.ExportRequestResolver;
import io.neuronledger.query.price.PriceFilter;
import io.neuronledger.query.problem.DatabaseFailures;
import io.neuronledger.query.problem.TruncatedResponse;
import io.neuronledger.query.request.BalanceTags;
import io.neuronledger.query.request.Page;
import io.neuronledger.query.request.ParametersResolver;
import io.neuronledger.query.runway.AtRiskFilter;
import io.neuronledger.query.search.SearchFilter;
import io.neuronledger.query.settlement.SettlementFilter;
import io.neuronledger.query.settlement.period.PeriodFilter;
import io.neuronledger.query.totals.TotalsFilter;
import io.neuronledger.query.usage.AccountFilter;
import io.neuronledger.query.usage.RequestFilter;
import io.neuronledger.query.usage.UsageFilter;
import io.neuronledger.query.webhook.MessagesFilter;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Clock;
import java.util.List;
import java.util.Set;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.core.MethodParameter;
import org.springframework.format.FormatterRegistry;
import org.springframework.web.HttpMediaTypeNotAcceptableException;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.servlet.HandlerExceptionResolver;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** Request parsing. */
@Configuration
@Import({ProblemWiring.class, AccessWiring.class, ApiKeyWiring.class})
class WebWiring implements WebMvcConfigurer {
  /** The operations that answer with everything, whatever is wanted. */
  private static final Set<String> WHOLE =
      Set.of("/v1/ledgers/{owner}/journal", "/v1/reports/journal", "/v1/ledgers/{owner}/statement",
          "/v1/providers/{provider}/statement");
  /** The operations that answer with CSV where it is wanted. */
  private static final Set<String> EXPORTED = Set.of("/v1/reports/settlement");
  private static final ParametersResolver PARAMETERS = new ParametersResolver(List.of(Page.PARAMETERS,
      UsageFilter.PARAMETERS, AccountFilter.PARAMETERS, SettlementFilter.PARAMETERS,
      DiscrepancyFilter.PARAMETERS, PeriodFilter.PARAMETERS, RefundFilter.PARAMETERS, PointInTime.PARAMETERS,
      AccessFilter.PARAMETERS, EntryFilter.PARAMETERS, EntryOrder.PARAMETERS, LedgersFilter.PARAMETERS,
      RequestFilter.PARAMETERS, SearchFilter.PARAMETERS, TotalsFilter.PARAMETERS, StatementFilter.PARAMETERS,
      EventsFilter.PARAMETERS, AlertFilter.PARAMETERS, MessagesFilter.PARAMETERS, AdmissionFilter.PARAMETERS,
      AtRiskFilter.PARAMETERS, PriceFilter.PARAMETERS));

  private final Settings settings;

  WebWiring(Settings settings) {
    this.settings = settings;
  }

  @Bean
  static AccessRules accessRules(Settings settings) {
    return AccessRules.ofDocument("/openapi/ledger-query.v1.yaml",
        settings.dashboard().enabled() ? DashboardController.PAGES : List.of());
  }

  /** Exports cost the most, and come to any instance. */
  @Bean
  static SharedBuckets sharedBuckets(ConnectionPools pools, QueryService service, AccessRules rules) {
    Set<String> made = ExportRequestResolver.paths(rules.operations());
    return new SharedBuckets(pools.writer(), service.generations().rateBuckets(), Clock.systemUTC(),
        request -> PublishedOperationsFilter.isOperation(request, "POST", made) || isExport(request));
  }

  private static boolean isExport(HttpServletRequest request) {
    try {
      return PublishedOperationsFilter.isOperation(request, "GET", WHOLE)
          || (PublishedOperationsFilter.isOperation(request, "GET", EXPORTED) && Csv.isWanted(request));
    } catch (HttpMediaTypeNotAcceptableException e) {
      return false;
    }
  }

  @Bean
  static FilterRegistrationBean<BalanceTags> balanceTags() {
    return new FilterRegistrationBean<>(new BalanceTags());
  }

  @Bean
  static FailureMapping failures() {
    return new DatabaseFailures();
  }

  @Bean
  static RequestGuard.ParameterNames parameterNames() {
    return new RequestGuard.ParameterNames() {
      @Override
      public Set<String> of(MethodParameter argument) {
        if (argument.getParameterType() == BlockSelector.class) {
          return BlockSelectorResolver.namesOf(argument);
        }
        return argument.getParameterType() == ExportRequest.class ? ExportRequestResolver.NAMES
            : PARAMETERS.namesOf(argument);
      }

      @Override
      public Set<String> repeatable(MethodParameter argument) {
        return PARAMETERS.repeatableOf(argument);
      }
    };
  }

  @Override
  public void addFormatters(FormatterRegistry registry) {
    registry.addConverter(String.class, ServiceName.class, ServiceName::typed);
    registry.addConverter(String.class, SettlementId.class, SettlementId::parse);
    registry.addConverter(String.class, EntryId.class, EntryId::parse);
    registry.addConverter(String.class, Hash.class, Hash::parse);
    registry.addConverter(String.class, AccountingPeriod.class, AccountingPeriod::parse);
    registry.addConverter(String.class, ReportHash.class, ReportHash::new);
  }

  @Override
  public void extendHandlerExceptionResolvers(List<HandlerExceptionResolver> resolvers) {
    resolvers.addFirst(new TruncatedResponse());
  }

  @Override
  public void addArgumentResolvers(List<HandlerMethodArgumentResolver> resolvers) {
    resolvers.add(PARAMETERS);
    resolvers.add(new ExportRequestResolver());
    resolvers.add(new BlockSelectorResolver(settings.answers().waitDefault(), settings.answers().waitMax()));
  }
}
