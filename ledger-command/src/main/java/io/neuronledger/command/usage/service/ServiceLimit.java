package io.neuronledger.command.usage.service;

import io.neuronledger.command.store.service.KnownServices;
import io.neuronledger.command.store.service.KnownServices.KnownService;
import io.neuronledger.contracts.topic.Partitions;
import io.neuronledger.contracts.usage.UsageReport;
import io.neuronledger.contracts.value.ServiceName;
import io.neuronledger.foundation.problem.ProblemCode;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Refuses reports of a service that no chain event of the owner's partition has named, or of a time before the block
 * that registered it, where the service is set to refuse.
 */
public final class ServiceLimit {
  private final UnknownService setting;
  private final Partitions partitions;
  private final Function<Collection<ServiceName>, List<KnownService>> known;

  /** Why a report is refused, for its sender. */
  public record Reason(ProblemCode code, String detail) {}

  private record Place(int partition, ServiceName service) {}

  /** @param known looks up services of all partitions, as {@link KnownServices#among} does */
  public ServiceLimit(UnknownService setting, Partitions partitions,
      Function<Collection<ServiceName>, List<KnownService>> known) {
    this.setting = setting;
    this.partitions = partitions;
    this.known = known;
  }

  /** One answer per report, in their order; services are looked up once at most. */
  public List<Optional<Reason>> refused(List<UsageReport> reports) {
    if (setting == UnknownService.SET_APART || reports.isEmpty()) {
      return reports.stream().map(_ -> Optional.<Reason>empty()).toList();
    }
    Map<Place, KnownService> services = known.apply(reports.stream().map(UsageReport::service).distinct().toList())
        .stream().collect(Collectors.toMap(each -> new Place(each.partition(), each.service()), each -> each));
    return reports.stream().map(report -> refused(report,
        Optional.ofNullable(services.get(new Place(partitions.of(report.owner()), report.service()))))).toList();
  }

  private static Optional<Reason> refused(UsageReport report, Optional<KnownService> service) {
    if (service.isEmpty()) {
      return Optional.of(new Reason(ProblemCode.SERVICE_UNKNOWN, "no block recorded up to now names the service "
          + report.service() + ": if it is new, report the request again later"));
    }
    Optional<Instant> since = service.get().since().filter(report.when()::isBefore);
    return since.map(at -> new Reason(ProblemCode.COMPLETED_BEFORE_SERVICE, "the request was completed at "
        + report.when() + ", before the service " + report.service() + " was registered, " + at));
  }
}
