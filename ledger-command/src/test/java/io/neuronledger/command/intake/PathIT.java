package io.neuronledger.command.intake;

import static io.neuronledger.command.fixture.Script.back;
import static io.neuronledger.command.fixture.Script.deposit;
import static io.neuronledger.command.fixture.Script.request;
import static io.neuronledger.command.fixture.Script.settle;
import static io.neuronledger.command.fixture.Script.transfer;
import static io.neuronledger.command.fixture.Script.withdraw;
import static io.neuronledger.command.fixture.Wallets.ALICE;
import static io.neuronledger.command.fixture.Wallets.BOB;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.neuronledger.command.fixture.ChainEventProducer;
import io.neuronledger.command.fixture.ScriptedPartitions;
import io.neuronledger.command.fixture.Servers;
import io.neuronledger.command.fixture.Service;
import io.neuronledger.contracts.topic.AccountRecord;
import io.neuronledger.contracts.topic.Partitions;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The whole service: chain events in Kafka become account events in Kafka. */
class PathIT {
  @Test
  void an_account_history_in_the_order_of_the_chain() {
    Partitions partitions = new Partitions(4);
    Servers.freshTopics(4);
    ScriptedPartitions chain = new ScriptedPartitions(partitions);
    try (ChainEventProducer feed = new ChainEventProducer(4); Service service =
        Service.start(Servers.freshSchema(), 4)) {
      assertThat(service.url("/")).startsWith("http");
      chain.fact(deposit(ALICE, "10")).fact(deposit(BOB, "5")).seal();
      chain.fact(transfer(ALICE, "5")).fact(request(ALICE, "5")).seal();
      chain.at(chain.blockTime().plus(Duration.ofDays(1))).seal();
      chain.fact(back(ALICE, "5")).fact(settle(ALICE, "1", "0")).fact(withdraw(ALICE, "10")).seal();
      feed.publish(chain.drain());
      await().atMost(Duration.ofSeconds(20)).until(() -> feed.published().size() >= 4 * 5 + 8);

      List<AccountRecord> published = feed.published();
      int partition = partitions.of(ALICE);
      assertThat(published.stream().filter(each -> each.partition() == partition)
          .filter(each -> !each.stream().equals("ledger:" + BOB))
          .map(each -> each.event().getClass().getSimpleName()))
          .containsExactly("DeploymentDeclared", "FundsDeposited", "BlockSealed", "FundsTransferred", "RefundRequested",
              "BlockSealed", "RefundClaimable", "BlockSealed", "RefundsCompleted", "FeesSettled", "FundsWithdrawn",
              "BlockSealed");
    }
  }
}
