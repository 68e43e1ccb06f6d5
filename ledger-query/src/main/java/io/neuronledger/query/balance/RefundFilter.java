package io.neuronledger.query.balance;

import io.neuronledger.contracts.value.ServiceName;
import io.neuronledger.contracts.value.WalletAddress;
import io.neuronledger.contracts.view.RefundView;
import io.neuronledger.query.request.Parameters;
import io.neuronledger.query.request.RequestValues;
import java.util.Optional;
import java.util.Set;

/** The filter of the refund list; an absent value does not filter. */
public record RefundFilter(Optional<WalletAddress> owner, Optional<WalletAddress> provider,
    Optional<ServiceName> service, Optional<RefundView.State> state) {
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
    public RefundFilter read(RequestValues given) {
      return new RefundFilter(given.address("owner"), given.address("provider"),
          given.value("service", ServiceName::typed), given.value("state", RefundView.State::of));
    }
  };
}
