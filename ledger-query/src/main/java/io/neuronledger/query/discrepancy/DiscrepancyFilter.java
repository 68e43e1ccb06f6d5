package io.neuronledger.query.discrepancy;

import io.neuronledger.contracts.value.ServiceName;
import io.neuronledger.contracts.value.WalletAddress;
import io.neuronledger.contracts.view.discrepancy.DiscrepancyKind;
import io.neuronledger.contracts.view.discrepancy.DiscrepancyView;
import io.neuronledger.query.request.Parameters;
import io.neuronledger.query.request.RequestValues;
import java.util.Optional;
import java.util.Set;

/** The filter of the discrepancy list; an absent value does not filter. */
public record DiscrepancyFilter(Optional<WalletAddress> provider, Optional<WalletAddress> owner,
    Optional<ServiceName> service, Optional<DiscrepancyKind> kind, Optional<DiscrepancyView.State> state) {
  public static final Parameters<DiscrepancyFilter> PARAMETERS = new Parameters<>() {
    @Override
    public Class<DiscrepancyFilter> type() {
      return DiscrepancyFilter.class;
    }

    @Override
    public Set<String> names() {
      return Set.of("provider", "owner", "service", "kind", "state");
    }

    @Override
    public DiscrepancyFilter read(RequestValues given) {
      return new DiscrepancyFilter(given.address("provider"), given.address("owner"),
          given.value("service", ServiceName::typed), given.value("kind", DiscrepancyKind::of),
          given.value("state", DiscrepancyView.State::of));
    }
  };
}
