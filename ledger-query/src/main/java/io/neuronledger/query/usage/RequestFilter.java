package io.neuronledger.query.usage;

import io.neuronledger.contracts.usage.RequestId;
import io.neuronledger.query.request.Parameters;
import io.neuronledger.query.request.RequestValues;
import java.util.Optional;
import java.util.Set;

/** One request of a list; sums have none. An id may name requests to several providers. */
public record RequestFilter(Optional<RequestId> requestId) {
  public static final RequestFilter ANY = new RequestFilter(Optional.empty());
  public static final Parameters<RequestFilter> PARAMETERS = new Parameters<>() {
    @Override
    public Class<RequestFilter> type() {
      return RequestFilter.class;
    }

    @Override
    public Set<String> names() {
      return Set.of("request_id");
    }

    @Override
    public RequestFilter read(RequestValues given) {
      return new RequestFilter(given.value("request_id", RequestId::of));
    }
  };
}
