package io.neuronledger.command.usage;

import io.neuronledger.command.store.UnitsOfWork;
import io.neuronledger.command.store.deployment.DeclaredDeployment;
import io.neuronledger.command.store.deployment.DeploymentUnknown;
import io.neuronledger.command.usage.service.ServiceLimit;
import io.neuronledger.contracts.usage.UsageLine;
import io.neuronledger.contracts.usage.UsageReport;
import io.neuronledger.contracts.value.SubAccountId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.axonframework.common.caching.Cache;
import org.axonframework.modelling.command.Aggregate;
import org.axonframework.modelling.command.ConcurrencyException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Records a batch of reports in one unit of work: inserts the new requests and appends the events of all touched
 * meters. Many writers may run at once; one that finds a meter changed meanwhile retries the whole batch. On failure
 * nothing is stored, and a retry is always safe.
 */
public final class UsageRecorder {
  private static final Logger log = LoggerFactory.getLogger(UsageRecorder.class);
  private static final int ATTEMPTS_MAX = 20;
  private static final long PAUSE_MAX_MS = 20;

  private final AcceptedRequests requests;
  private final UsageMeters meters;
  private final Cache cache;
  private final DeclaredDeployment declaredDeployment;
  private final UnitsOfWork units;
  private final CompletionLimit completion;
  private final ServiceLimit services;

  /** @param cache the cache of {@code meters} */
  public UsageRecorder(AcceptedRequests requests, UsageMeters meters, Cache cache,
      DeclaredDeployment declaredDeployment, UnitsOfWork units, CompletionLimit completion, ServiceLimit services) {
    this.completion = completion;
    this.services = services;
    this.requests = requests;
    this.meters = meters;
    this.cache = cache;
    this.declaredDeployment = declaredDeployment;
    this.units = units;
  }

  /**
   * @return one outcome per report, in the order of the reports
   * @throws DeploymentUnknown until an owner's partition has its deployment declaration
   * @throws ConcurrencyException if other writers win at each of {@value #ATTEMPTS_MAX} attempts
   */
  public List<UsageOutcome> record(List<UsageReport> reports) {
    List<Optional<UsageOutcome.Refused>> refused = refused(reports);
    List<UsageReport> possible = IntStream.range(0, reports.size()).filter(i -> refused.get(i).isEmpty())
        .mapToObj(reports::get).toList();
    UsageAcceptance acceptance = new UsageAcceptance(possible);
    Iterator<UsageOutcome> outcomes = retried(possible, () -> recordOnce(acceptance)).iterator();
    return refused.stream().map(each -> each.<UsageOutcome>map(known -> known).orElseGet(outcomes::next)).toList();
  }

  /**
   * The refusals by what is known of time and of services, in the order of the reports. A request that was accepted
   * before is not refused because a fork has taken its service back.
   */
  List<Optional<UsageOutcome.Refused>> refused(List<UsageReport> reports) {
    List<Optional<UsageOutcome.Refused>> refused = new ArrayList<>(completion.refused(reports));
    List<Optional<ServiceLimit.Reason>> unknown = services.refused(reports);
    Map<UUID, List<Integer>> questionable = new HashMap<>();
    for (int i = 0; i < reports.size(); i++) {
      if (refused.get(i).isEmpty() && unknown.get(i).isPresent()) {
        questionable.computeIfAbsent(RequestDigest.of(reports.get(i)).request(), _ -> new ArrayList<>()).add(i);
      }
    }
    questionable.keySet().removeAll(requests.known(questionable.keySet()));
    questionable.values().stream().flatMap(List::stream).forEach(i -> refused.set(i,
        unknown.get(i).map(reason -> UsageOutcome.Refused.of(reason.code(), reason.detail()))));
    return refused;
  }

  /**
   * Tries again while other writers win.
   *
   * @param reports those whose meters {@code write} changes
   */
  <T> T retried(List<UsageReport> reports, Supplier<T> write) {
    for (int attempt = 1;; attempt++) {
      try {
        return write.get();
      } catch (ConcurrencyException e) {
        reports.forEach(report -> cache.remove(UsageMeterAggregate.idOf(report.subAccount())));
        if (attempt == ATTEMPTS_MAX) {
          throw e;
        }
        log.debug("Another writer changed a meter, attempt {}", attempt, e);
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(ThreadLocalRandom.current().nextLong(PAUSE_MAX_MS) + 1));
      }
    }
  }

  private List<UsageOutcome> recordOnce(UsageAcceptance acceptance) {
    Map<UUID, UUID> acceptedBefore = units.run("record-usage", () -> {
      Map<UUID, UUID> before = requests.insertNew(acceptance.candidates());
      append(acceptance.accepted(before));
      return before;
    });
    return acceptance.outcomes(acceptedBefore);
  }

  /** Appends in the order of the meters, so that two batches with the same meters cannot deadlock. */
  void append(SortedMap<SubAccountId, List<UsageLine>> accepted) {
    accepted.keySet().forEach(subAccount -> declaredDeployment.require(subAccount.owner()));
    accepted.forEach((subAccount, lines) -> meter(subAccount).execute(meter -> meter.record(subAccount, lines)));
  }

  /** The meter as it is stored, within a unit of work. */
  Aggregate<UsageMeterAggregate> meter(SubAccountId subAccount) {
    return meters.loadOrCreate(UsageMeterAggregate.idOf(subAccount), () -> UsageMeterAggregate.unused(subAccount));
  }
}
