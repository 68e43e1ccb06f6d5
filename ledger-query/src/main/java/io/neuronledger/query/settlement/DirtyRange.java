package io.neuronledger.query.settlement;

import io.neuronledger.contracts.value.ChainPosition;
import io.neuronledger.contracts.value.SubAccountId;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Where matching has to begin again: for each sub-account the first settlement and the first request with news. */
final class DirtyRange {
  private final Map<SubAccountId, From> from = new LinkedHashMap<>();

  /**
   * @param settlement the first that came, was sealed or was taken back
   * @param request the first that came
   */
  record From(int partition, Optional<ChainPosition> settlement, Optional<RequestKey> request) {
    private From earlier(From other) {
      return new From(partition, earlier(settlement, other.settlement), earlier(request, other.request));
    }

    private static <T extends Comparable<T>> Optional<T> earlier(Optional<T> one, Optional<T> other) {
      return one.isEmpty() || (other.isPresent() && other.get().compareTo(one.get()) < 0) ? other : one;
    }
  }

  void settlement(SubAccountId subAccount, int partition, ChainPosition position) {
    add(subAccount, new From(partition, Optional.of(position), Optional.empty()));
  }

  void request(SubAccountId subAccount, int partition, RequestKey request) {
    add(subAccount, new From(partition, Optional.empty(), Optional.of(request)));
  }

  private void add(SubAccountId subAccount, From news) {
    from.merge(subAccount, news, From::earlier);
  }

  Map<SubAccountId, From> from() {
    return from;
  }
}
