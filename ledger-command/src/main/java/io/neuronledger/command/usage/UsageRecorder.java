package io.neuronledger.command.usage;

import io.neuronledger.command.store.DeclaredDeployment;
import io.neuronledger.command.store.DeploymentUnknown;
import io.neuronledger.command.store.UnitsOfWork;
import io.neuronledger.contracts.usage.UsageLine;
import io.neuronledger.contracts.usage.UsageReport;
import io.neuronledger.contracts.value.SubAccountId;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.axonframework.common.caching.Cache;
import org.axonframework.modelling.command.ConcurrencyException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Records reports that came together: one unit of work, in which the requests are remembered and the events of all
 * touched meters appended. Many writers may do so at once; who finds a meter moved meanwhile does it all again.
 * Whatever fails, nothing of it is stored, and to repeat is always safe.
 */
public final class UsageRecorder {
  private static final Logger log = LoggerFactory.getLogger(UsageRecorder.class);
  private static final int ATTEMPTS_MAX = 20;
  private static final long PAUSE_MAX_MS = 20;

  private final AcceptedRequests requests;
  private final UsageMeters meters;
  private final Cache cache;
  private final DeclaredDeployment partitions;
  private final UnitsOfWork work;

  /** @param cache that of {@code meters} */
  public UsageRecorder(AcceptedRequests requests, UsageMeters meters, Cache cache, DeclaredDeployment partitions,
      UnitsOfWork work) {
    this.requests = requests;
    this.meters = meters;
    this.cache = cache;
    this.partitions = partitions;
    this.work = work;
  }

  /**
   * @return one outcome per report, in their order
   * @throws DeploymentUnknown while the ledger does not know what it follows
   * @throws ConcurrencyException if others were faster time and again
   */
  public List<UsageOutcome> record(List<UsageReport> reports) {
    UsageAcceptance admission = new UsageAcceptance(reports);
    for (int attempt = 1;; attempt++) {
      try {
        return recordOnce(admission);
      } catch (ConcurrencyException e) {
        reports.forEach(report -> cache.remove(UsageMeterAggregate.idOf(report.subAccount())));
        if (attempt == ATTEMPTS_MAX) {
          throw e;
        }
        log.debug("A meter was moved meanwhile, attempt {}", attempt, e);
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(ThreadLocalRandom.current().nextLong(PAUSE_MAX_MS) + 1));
      }
    }
  }

  private List<UsageOutcome> recordOnce(UsageAcceptance admission) {
    Map<UUID, UUID> remembered = work.run("record-usage", () -> {
      Map<UUID, UUID> before = requests.remember(admission.candidates());
      append(admission.accepted(before));
      return before;
    });
    return admission.outcomes(remembered);
  }

  /** In the order of the meters: two batches with the same meters wait for each other, and never for ever. */
  private void append(SortedMap<SubAccountId, List<UsageLine>> accepted) {
    accepted.keySet().forEach(subAccount -> partitions.require(subAccount.owner()));
    accepted.forEach((subAccount, lines) -> meters
        .loadOrCreate(UsageMeterAggregate.idOf(subAccount), () -> UsageMeterAggregate.unused(subAccount))
        .execute(meter -> meter.record(subAccount, lines)));
  }
}
