package io.neuronledger.contracts.view.directory;

import io.neuronledger.contracts.value.ServiceName;
import io.neuronledger.contracts.view.AsOf;
import java.util.List;
import java.util.Optional;

/**
 * A page of the services with sub-accounts or usage, by name.
 *
 * @param hasMore whether there may be more, so that {@code nextCursor} is present
 * @param nextCursor the cursor of the next page; absent on the last page
 */
public record ServicesPage(AsOf asOf, List<Line> services, boolean hasMore, Optional<String> nextCursor) {
  public ServicesPage {
    services = List.copyOf(services);
  }

  /**
   * One service.
   *
   * @param lockSeconds how long a refund waits, in force at the answer's block
   */
  public record Line(ServiceName service, long lockSeconds) {}
}
