package io.neuronledger.query.usage;

import static io.neuronledger.query.db.Tables.USAGE_HOUR;
import static io.neuronledger.query.db.Tables.USAGE_REQUEST;
import static io.neuronledger.query.request.ValueFilter.oneOf;
import static org.jooq.impl.DSL.and;

import io.neuronledger.contracts.usage.ApiKeyId;
import io.neuronledger.contracts.usage.ModelName;
import io.neuronledger.contracts.usage.UsageSource;
import io.neuronledger.contracts.value.ServiceName;
import io.neuronledger.contracts.value.WalletAddress;
import io.neuronledger.query.request.Parameters;
import io.neuronledger.query.request.Period;
import io.neuronledger.query.request.RequestValues;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jooq.Condition;

/** The filter of an owner's requests; no value does not filter. */
public record UsageFilter(Set<WalletAddress> provider, Set<ServiceName> service, Set<ModelName> model,
    Set<UsageSource> source, Set<ApiKeyId> apiKeyId, Period period) {
  public static final Parameters<UsageFilter> PARAMETERS = new Parameters<>() {
    @Override
    public Class<UsageFilter> type() {
      return UsageFilter.class;
    }

    @Override
    public Set<String> names() {
      return Set.of("provider", "service", "model", "source", "api_key_id", "start_date", "end_date");
    }

    @Override
    public Set<String> repeatable() {
      return Set.of("provider", "service", "model", "source", "api_key_id");
    }

    @Override
    public UsageFilter read(RequestValues given) {
      return new UsageFilter(given.addresses("provider"), given.values("service", ServiceName::typed),
          given.values("model", ModelName::of), given.values("source", UsageSource::of),
          given.values("api_key_id", ApiKeyId::of), Period.read(given));
    }
  };

  static UsageFilter all() {
    return new UsageFilter(Set.of(), Set.of(), Set.of(), Set.of(), Set.of(),
        new Period(Optional.empty(), Optional.empty()));
  }

  boolean isAll() {
    return equals(all());
  }

  /** The condition on {@code usage_request}. */
  public Condition ofRequests(WalletAddress owner) {
    List<Condition> all = new ArrayList<>();
    all.add(USAGE_REQUEST.OWNER.eq(owner));
    oneOf(USAGE_REQUEST.PROVIDER, provider).ifPresent(all::add);
    oneOf(USAGE_REQUEST.SERVICE, service).ifPresent(all::add);
    oneOf(USAGE_REQUEST.MODEL, model.stream().map(ModelName::value).toList()).ifPresent(all::add);
    oneOf(USAGE_REQUEST.SOURCE, source.stream().map(UsageSource::word).toList()).ifPresent(all::add);
    oneOf(USAGE_REQUEST.API_KEY_ID, apiKeyId.stream().map(ApiKeyId::value).toList()).ifPresent(all::add);
    period.from().ifPresent(value -> all.add(USAGE_REQUEST.COMPLETED_AT.ge(value)));
    period.until().ifPresent(value -> all.add(USAGE_REQUEST.COMPLETED_AT.lt(value)));
    return and(all);
  }

  /** The condition on {@code usage_hour}; days consist of whole hours. */
  public Condition ofHours(WalletAddress owner) {
    List<Condition> all = new ArrayList<>();
    all.add(USAGE_HOUR.OWNER.eq(owner));
    oneOf(USAGE_HOUR.PROVIDER, provider).ifPresent(all::add);
    oneOf(USAGE_HOUR.SERVICE, service).ifPresent(all::add);
    oneOf(USAGE_HOUR.MODEL, model.stream().map(ModelName::value).toList()).ifPresent(all::add);
    oneOf(USAGE_HOUR.SOURCE, source.stream().map(UsageSource::word).toList()).ifPresent(all::add);
    oneOf(USAGE_HOUR.API_KEY_ID, apiKeyId.stream().map(ApiKeyId::value).toList()).ifPresent(all::add);
    period.from().ifPresent(value -> all.add(USAGE_HOUR.HOUR.ge(value)));
    period.until().ifPresent(value -> all.add(USAGE_HOUR.HOUR.lt(value)));
    return and(all);
  }
}
