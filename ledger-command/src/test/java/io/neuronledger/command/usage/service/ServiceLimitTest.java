package io.neuronledger.command.usage.service;

import static io.neuronledger.command.fixture.Reports.report;
import static org.assertj.core.api.Assertions.assertThat;

import io.neuronledger.command.fixture.Reports;
import io.neuronledger.command.fixture.Wallets;
import io.neuronledger.command.store.service.KnownServices.KnownService;
import io.neuronledger.contracts.topic.Partitions;
import io.neuronledger.foundation.problem.ProblemCode;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class ServiceLimitTest {
  private static final Partitions PARTITIONS = new Partitions(2);
  private static final int PARTITION = PARTITIONS.of(Wallets.ALICE);

  /** The report is completed at {@link Reports#WHEN}. */
  private static Optional<ProblemCode> refused(UnknownService setting, KnownService... known) {
    return new ServiceLimit(setting, PARTITIONS, _ -> List.of(known)).refused(List.of(report("r", 1))).getFirst()
        .map(ServiceLimit.Reason::code);
  }

  private static KnownService known(int partition, Optional<Instant> since) {
    return new KnownService(partition, Wallets.INFERENCE, since);
  }

  @Test
  void a_service_that_the_owners_partition_does_not_name_is_refused() {
    assertThat(refused(UnknownService.REFUSE)).contains(ProblemCode.SERVICE_UNKNOWN);
    assertThat(refused(UnknownService.REFUSE, known(1 - PARTITION, Optional.empty())))
        .contains(ProblemCode.SERVICE_UNKNOWN);
    assertThat(refused(UnknownService.REFUSE, known(PARTITION, Optional.empty()))).isEmpty();
  }

  @Test
  void a_request_is_completed_in_the_second_of_the_registering_block_or_later() {
    assertThat(refused(UnknownService.REFUSE, known(PARTITION, Optional.of(Reports.WHEN)))).isEmpty();
    assertThat(refused(UnknownService.REFUSE, known(PARTITION, Optional.of(Reports.WHEN.plusNanos(1_000)))))
        .contains(ProblemCode.COMPLETED_BEFORE_SERVICE);
  }

  @Test
  void nothing_is_refused_that_readers_set_apart() {
    assertThat(refused(UnknownService.SET_APART)).isEmpty();
  }

  @Test
  void a_batch_looks_services_up_once_and_only_where_they_matter() {
    AtomicInteger lookups = new AtomicInteger();
    for (UnknownService setting : UnknownService.values()) {
      ServiceLimit limit = new ServiceLimit(setting, PARTITIONS, _ -> {
        lookups.incrementAndGet();
        return List.of();
      });
      assertThat(limit.refused(List.of(report("a", 1), report("b", 1)))).hasSize(2);
      assertThat(limit.refused(List.of())).isEmpty();
    }
    assertThat(lookups).hasValue(1);
  }
}
