package io.neuronledger.query.usage;

import io.neuronledger.contracts.usage.RequestId;
import io.neuronledger.contracts.view.usage.UsageState;
import io.neuronledger.query.request.Parameters;
import io.neuronledger.query.request.RequestValues;
import java.util.Optional;
import java.util.Set;

/**
 * What a list of requests is filtered by besides; sums are not.
 *
 * @param requestId an id may name requests to several providers
 * @param state any of these; none does not filter
 */
public record RequestFilter(Optional<RequestId> requestId, Set<UsageState> state) {
  public static final RequestFilter ANY = new RequestFilter(Optional.empty(), Set.of());
  public static final Parameters<RequestFilter> PARAMETERS = new Parameters<>() {
    @Override
    public Class<RequestFilter> type() {
      return RequestFilter.class;
    }

    @Override
    public Set<String> names() {
      return Set.of("request_id", "state");
    }

    @Override
    public Set<String> repeatable() {
      return Set.of("state");
    }

    @Override
    public RequestFilter read(RequestValues given) {
      return new RequestFilter(given.value("request_id", RequestId::of), given.values("state", UsageState::of));
    }
  };
}
