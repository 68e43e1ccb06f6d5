package io.neuronledger.query.settlement;

import io.neuronledger.contracts.value.ServiceName;
import io.neuronledger.contracts.value.WalletAddress;
import io.neuronledger.query.request.Given;
import io.neuronledger.query.request.Parameters;
import java.util.Optional;
import java.util.Set;

/** @param resolved whether a person has decided about exactly this amount; absent: both */
public record DifferenceFilter(Optional<WalletAddress> provider, Optional<WalletAddress> owner,
    Optional<ServiceName> service, Optional<Boolean> resolved) {
  public static final Parameters<DifferenceFilter> PARAMETERS = new Parameters<>() {
    @Override
    public Class<DifferenceFilter> type() {
      return DifferenceFilter.class;
    }

    @Override
    public Set<String> names() {
      return Set.of("provider", "owner", "service", "resolved");
    }

    @Override
    public DifferenceFilter read(Given given) {
      return new DifferenceFilter(given.address("provider"), given.address("owner"),
          given.value("service", ServiceName::of), given.value("resolved", DifferenceFilter::trueOrFalse));
    }
  };

  private static Boolean trueOrFalse(String text) {
    return switch (text) {
      case "true" -> true;
      case "false" -> false;
      default -> throw new IllegalArgumentException("true or false");
    };
  }
}
