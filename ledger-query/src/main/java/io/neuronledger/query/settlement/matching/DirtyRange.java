package io.neuronledger.query.settlement.matching;

import io.neuronledger.contracts.value.ChainPosition;
import io.neuronledger.contracts.value.SubAccountId;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The start of rematching per sub-account: its first changed settlement and its first changed request. */
public final class DirtyRange {
  private final Map<SubAccountId, From> from = new LinkedHashMap<>();

  /**
   * @param settlement the first that was added, sealed or retracted
   * @param request the first that was added or reversed
   */
  record From(int partition, Optional<ChainPosition> settlement, Optional<RequestKey> request) {
    private From earlier(From other) {
      return new From(partition, earlier(settlement, other.settlement), earlier(request, other.request));
    }

    private static <T extends Comparable<T>> Optional<T> earlier(Optional<T> one, Optional<T> other) {
      return one.isEmpty() || (other.isPresent() && other.get().compareTo(one.get()) < 0) ? other : one;
    }
  }

  public void settlement(SubAccountId subAccount, int partition, ChainPosition position) {
    add(subAccount, new From(partition, Optional.of(position), Optional.empty()));
  }

  public void request(SubAccountId subAccount, int partition, RequestKey request) {
    add(subAccount, new From(partition, Optional.empty(), Optional.of(request)));
  }

  private void add(SubAccountId subAccount, From start) {
    from.merge(subAccount, start, From::earlier);
  }

  Map<SubAccountId, From> from() {
    return from;
  }
}
