package io.neuronledger.query.balance;

import io.neuronledger.contracts.value.ServiceName;
import io.neuronledger.contracts.value.WalletAddress;
import io.neuronledger.contracts.view.RefundView;
import io.neuronledger.query.request.Parameters;
import io.neuronledger.query.request.RequestValues;
import java.util.Optional;
import java.util.Set;

/** The filter of the refund list; no value does not filter. */
public record RefundFilter(Optional<WalletAddress> owner, Set<WalletAddress> provider, Set<ServiceName> service,
    Set<RefundView.State> state) {
  public static final Parameters<RefundFilter> PARAMETERS = new Parameters<>() {
    @Override
    public Class<RefundFilter> type() {
      return RefundFilter.class;
    }

    @Override
    public Set<String> names() {
      return Set.of("owner", "provider", "service", "state");
    }

    @Override
    public Set<String> repeatable() {
      return Set.of("provider", "service", "state");
    }

    @Override
    public RefundFilter read(RequestValues given) {
      return new RefundFilter(given.address("owner"), given.addresses("provider"),
          given.values("service", ServiceName::typed), given.values("state", RefundView.State::of));
    }
  };
}
