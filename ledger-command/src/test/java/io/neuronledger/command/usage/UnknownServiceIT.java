package io.neuronledger.command.usage;

import static io.neuronledger.command.fixture.Reports.report;
import static io.neuronledger.command.fixture.Script.deposit;
import static io.neuronledger.command.fixture.Script.transfer;
import static io.neuronledger.command.fixture.Wallets.ALICE;
import static org.assertj.core.api.Assertions.assertThat;

import io.neuronledger.command.fixture.CommandFixture;
import io.neuronledger.command.fixture.Reports;
import io.neuronledger.command.fixture.ScriptedPartitions;
import io.neuronledger.command.fixture.Servers;
import io.neuronledger.command.fixture.Wallets;
import io.neuronledger.contracts.event.ChainEvent;
import io.neuronledger.contracts.event.PartitionEvent;
import io.neuronledger.contracts.topic.Partitions;
import io.neuronledger.foundation.problem.ProblemCode;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Usage of services that the chain does not know, where ledger-command is set to refuse it and where it is not. */
class UnknownServiceIT {
  private static final ChainEvent.ServiceRegistered REGISTERED =
      new ChainEvent.ServiceRegistered(Wallets.INFERENCE, Duration.ofHours(1));

  private final ScriptedPartitions chain = new ScriptedPartitions(new Partitions(1));

  private static void assertRefused(CommandFixture instance, String request, ProblemCode code) {
    assertThat(instance.usage().record(List.of(report(request, 1)))).singleElement()
        .isInstanceOfSatisfying(UsageOutcome.Refused.class, refused -> assertThat(refused.code()).isEqualTo(code));
  }

  private static void assertOutcome(CommandFixture instance, String request, UsageOutcome expected) {
    assertThat(instance.usage().record(List.of(report(request, 1)))).containsExactly(expected);
  }

  @Test
  void a_refusal_is_not_remembered_and_what_was_accepted_stays_so_after_a_fork() {
    try (CommandFixture instance = CommandFixture.refusing(Servers.freshSchema(), 1)) {
      instance.record(chain.seal().drain());
      assertRefused(instance, "r", ProblemCode.SERVICE_UNKNOWN);

      instance.record(chain.fact(deposit(ALICE, "10")).fact(transfer(ALICE, "5")).seal().drain());
      assertOutcome(instance, "r", new UsageOutcome.Recorded());
      assertOutcome(instance, "r", new UsageOutcome.Repeated());

      instance.record(chain.retract(chain.block() - 1, chain.blockTime()).seal().drain());
      assertOutcome(instance, "r", new UsageOutcome.Repeated());
      assertRefused(instance, "new", ProblemCode.SERVICE_UNKNOWN);
      instance.reset();
      instance.record(chain.broadcast(REGISTERED).seal().drain());
      assertThat(instance.jdbc().sql("SELECT count(*) FROM known_service").query(Integer.class).single()).isOne();
    }
  }

  @Test
  void a_request_is_not_older_than_its_service() {
    try (CommandFixture instance = CommandFixture.refusing(Servers.freshSchema(), 1)) {
      instance.record(chain.seal().drain());
      instance.record(chain.at(Reports.WHEN.plusSeconds(3_600)).broadcast(REGISTERED).seal().drain());
      assertRefused(instance, "r", ProblemCode.COMPLETED_BEFORE_SERVICE);
      assertThat(instance.events(0)).filteredOn(PartitionEvent.ServiceTermsSet.class::isInstance).hasSize(1);
    }
  }

  @Test
  void usage_of_an_unknown_service_is_recorded_unless_it_is_refused() {
    try (CommandFixture instance = CommandFixture.on(Servers.freshSchema(), 1)) {
      instance.record(chain.seal().drain());
      assertOutcome(instance, "r", new UsageOutcome.Recorded());
    }
  }
}
