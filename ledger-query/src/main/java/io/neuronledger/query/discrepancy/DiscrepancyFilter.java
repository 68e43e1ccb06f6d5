package io.neuronledger.query.discrepancy;

import io.neuronledger.contracts.value.ServiceName;
import io.neuronledger.contracts.value.WalletAddress;
import io.neuronledger.contracts.view.discrepancy.DiscrepancyKind;
import io.neuronledger.contracts.view.discrepancy.DiscrepancyView;
import io.neuronledger.query.request.Parameters;
import io.neuronledger.query.request.RequestValues;
import java.util.Optional;
import java.util.Set;

/** The filter of the discrepancy list; no value does not filter. */
public record DiscrepancyFilter(Set<WalletAddress> provider, Optional<WalletAddress> owner,
    Set<ServiceName> service, Set<DiscrepancyKind> kind, Set<DiscrepancyView.State> state) {
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
    public Set<String> repeatable() {
      return Set.of("provider", "service", "kind", "state");
    }

    @Override
    public DiscrepancyFilter read(RequestValues given) {
      return new DiscrepancyFilter(given.addresses("provider"), given.address("owner"),
          given.values("service", ServiceName::typed), given.values("kind", DiscrepancyKind::of),
          given.values("state", DiscrepancyView.State::of));
    }
  };
}
