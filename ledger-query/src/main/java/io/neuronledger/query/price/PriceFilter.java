package io.neuronledger.query.price;

import io.neuronledger.contracts.usage.ModelName;
import io.neuronledger.contracts.value.ServiceName;
import io.neuronledger.contracts.value.WalletAddress;
import io.neuronledger.query.request.Parameters;
import io.neuronledger.query.request.RequestValues;
import java.util.Optional;
import java.util.Set;

/** Whose prices, for which service and model; each absent: all. */
public record PriceFilter(Optional<WalletAddress> provider, Optional<ServiceName> service,
    Optional<ModelName> model) {
  public static final Parameters<PriceFilter> PARAMETERS = new Parameters<>() {
    @Override
    public Class<PriceFilter> type() {
      return PriceFilter.class;
    }

    @Override
    public Set<String> names() {
      return Set.of("provider", "service", "model");
    }

    @Override
    public PriceFilter read(RequestValues given) {
      return new PriceFilter(given.address("provider"), given.value("service", ServiceName::typed),
          given.value("model", ModelName::new));
    }
  };
}
