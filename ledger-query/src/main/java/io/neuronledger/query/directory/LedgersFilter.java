package io.neuronledger.query.directory;

import io.neuronledger.contracts.value.Neuron;
import io.neuronledger.contracts.value.WalletAddress;
import io.neuronledger.contracts.view.LedgerView;
import io.neuronledger.contracts.view.RefundView;
import io.neuronledger.query.asof.selector.PointInTime;
import io.neuronledger.query.request.Parameters;
import io.neuronledger.query.request.RequestValues;
import java.util.Optional;
import java.util.Set;

/**
 * The filter of the list of ledgers; no value does not filter.
 *
 * @param state open, closed
 * @param provider with an open sub-account at one of them
 * @param refundState with a refund in one of these states, in a sub-account at one of the providers
 * @param minTotal whose total is this amount or more
 * @param minAvailable whose available amount is this one or more
 * @param inactiveSince without a change by the chain and without usage at this time or later
 */
public record LedgersFilter(Set<LedgerView.State> state, Set<WalletAddress> provider, Set<RefundView.State> refundState,
    Optional<Neuron> minTotal, Optional<Neuron> minAvailable, Optional<PointInTime> inactiveSince) {
  public static final Parameters<LedgersFilter> PARAMETERS = new Parameters<>() {
    @Override
    public Class<LedgersFilter> type() {
      return LedgersFilter.class;
    }

    @Override
    public Set<String> names() {
      return Set.of("state", "provider", "refund_state", "min_total", "min_available", "inactive_since");
    }

    @Override
    public Set<String> repeatable() {
      return Set.of("state", "provider", "refund_state");
    }

    @Override
    public LedgersFilter read(RequestValues given) {
      return new LedgersFilter(given.values("state", LedgersFilter::listedState), given.addresses("provider"),
          given.values("refund_state", RefundView.State::of), given.value("min_total", Neuron::parse),
          given.value("min_available", Neuron::parse), given.value("inactive_since", PointInTime::parse));
    }
  };

  static LedgersFilter all() {
    return new LedgersFilter(Set.of(), Set.of(), Set.of(), Optional.empty(), Optional.empty(), Optional.empty());
  }

  private static LedgerView.State listedState(String word) {
    return switch (word) {
      case "open" -> LedgerView.State.OPEN;
      case "closed" -> LedgerView.State.CLOSED;
      default -> throw new IllegalArgumentException("state is open or closed");
    };
  }
}
