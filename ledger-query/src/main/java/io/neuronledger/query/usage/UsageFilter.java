package io.neuronledger.query.usage;

import static io.neuronledger.query.db.Tables.USAGE_HOUR;
import static io.neuronledger.query.db.Tables.USAGE_REQUEST;
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

/** The filter of an owner's requests; an absent value does not filter. */
public record UsageFilter(Optional<WalletAddress> provider, Optional<ServiceName> service, Optional<ModelName> model,
    Optional<UsageSource> source, Optional<ApiKeyId> apiKeyId, Period period) {
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
    public UsageFilter read(RequestValues given) {
      return new UsageFilter(given.address("provider"), given.value("service", ServiceName::typed),
          given.value("model", ModelName::of), given.value("source", UsageSource::of),
          given.value("api_key_id", ApiKeyId::of), Period.read(given));
    }
  };

  static UsageFilter all() {
    return new UsageFilter(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(),
        new Period(Optional.empty(), Optional.empty()));
  }

  boolean isAll() {
    return equals(all());
  }

  /** The condition on {@code usage_request}. */
  public Condition ofRequests(WalletAddress owner) {
    List<Condition> all = new ArrayList<>();
    all.add(USAGE_REQUEST.OWNER.eq(owner));
    provider.ifPresent(value -> all.add(USAGE_REQUEST.PROVIDER.eq(value)));
    service.ifPresent(value -> all.add(USAGE_REQUEST.SERVICE.eq(value)));
    model.ifPresent(value -> all.add(USAGE_REQUEST.MODEL.eq(value.value())));
    source.ifPresent(value -> all.add(USAGE_REQUEST.SOURCE.eq(value.word())));
    apiKeyId.ifPresent(value -> all.add(USAGE_REQUEST.API_KEY_ID.eq(value.value())));
    period.from().ifPresent(value -> all.add(USAGE_REQUEST.COMPLETED_AT.ge(value)));
    period.until().ifPresent(value -> all.add(USAGE_REQUEST.COMPLETED_AT.lt(value)));
    return and(all);
  }

  /** The condition on {@code usage_hour}; days consist of whole hours. */
  public Condition ofHours(WalletAddress owner) {
    List<Condition> all = new ArrayList<>();
    all.add(USAGE_HOUR.OWNER.eq(owner));
    provider.ifPresent(value -> all.add(USAGE_HOUR.PROVIDER.eq(value)));
    service.ifPresent(value -> all.add(USAGE_HOUR.SERVICE.eq(value)));
    model.ifPresent(value -> all.add(USAGE_HOUR.MODEL.eq(value.value())));
    source.ifPresent(value -> all.add(USAGE_HOUR.SOURCE.eq(value.word())));
    apiKeyId.ifPresent(value -> all.add(USAGE_HOUR.API_KEY_ID.eq(value.value())));
    period.from().ifPresent(value -> all.add(USAGE_HOUR.HOUR.ge(value)));
    period.until().ifPresent(value -> all.add(USAGE_HOUR.HOUR.lt(value)));
    return and(all);
  }
}
