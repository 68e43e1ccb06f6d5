package io.neuronledger.indexer.follow;

import static org.assertj.core.api.Assertions.assertThat;

import io.neuronledger.contracts.event.ChainEvent;
import io.neuronledger.contracts.event.Evidence;
import io.neuronledger.contracts.topic.ChainRecord;
import io.neuronledger.contracts.value.Hash;
import io.neuronledger.contracts.value.Neuron;
import io.neuronledger.indexer.fixture.Indexer;
import io.neuronledger.indexer.fixture.Published;
import io.neuronledger.indexer.follow.state.Progress;
import io.neuronledger.testkit.devchain.AnvilControl;
import io.neuronledger.testkit.devchain.contract.AccountLedgerContract;
import io.neuronledger.testkit.devchain.contract.Settlement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** The whole indexer against a real node and a real broker. */
class FollowAnvilIT extends OnAnvil {
  @Test
  void publishes_a_ledger_from_deposit_to_withdrawal() {
    try (Indexer indexer = Indexer.start(options); Published published = options.published()) {
      contract.await(contract.deposit(OWNER, Neuron.ofZeroG("10")));
      contract.await(contract.depositFor(OTHER, OWNER.address(), Neuron.ofZeroG("5")));
      contract.await(contract.transfer(OWNER, PROVIDER.address(), AccountLedgerContract.INFERENCE,
          Neuron.ofZeroG("5")));
      contract.await(contract.settle(PROVIDER,
          new Settlement(OWNER.address(), AccountLedgerContract.INFERENCE, Neuron.ofZeroG("0.5"), 1)));
      contract.await(contract.settle(PROVIDER,
          new Settlement(OWNER.address(), AccountLedgerContract.INFERENCE, Neuron.ofZeroG("0.5"), 1)));
      contract.await(contract.retrieve(OWNER, AccountLedgerContract.INFERENCE, PROVIDER.address()));
      contract.await(contract.withdraw(OWNER, Neuron.ofZeroG("3")));
      awaitHead(published);

      published.assertWellFormed(contract.startBlock());
      assertThat(published.livingFacts()).extracting(record -> record.event().getClass().getSimpleName())
          .containsExactly("Deposit", "Deposit", "Transfer", "Settled", "SettlementRejected", "RefundRequested",
              "Withdraw");
      assertSameAsNode(published);
      assertThat(indexer.progress().role()).isEqualTo(Progress.Role.LEADING);
    }
  }

  /** Transactions mined again in other blocks, some lost, while the indexer follows and while it is down. */
  @Test
  void follows_through_reorganisations_of_a_real_node() {
    SplittableRandom random = new SplittableRandom(20_260_101);
    for (int round = 0; round < 3; round++) {
      try (Indexer indexer = Indexer.start(options); Published published = options.published()) {
        for (int i = 0; i < 4; i++) {
          reorganise(1 + random.nextInt(6), random);
          deposits(3);
          awaitHead(published);
          published.assertWellFormed(contract.startBlock());
          assertSameAsNode(published);
        }
        assertThat(indexer.meters().get("indexer.bloom.check").gauge().value()).as("anvil's blooms are true").isOne();
      }
      reorganise(5, random);
      deposits(2);
    }
  }

  @Test
  void a_node_that_rolls_back_and_goes_another_way() {
    try (Indexer _ = Indexer.start(options); Published published = options.published()) {
      deposits(8);
      awaitHead(published);
      anvil.control().rollback(5);
      contract.transactions().forgetNonces();
      deposits(9);
      awaitHead(published);
      published.assertWellFormed(contract.startBlock());
      assertSameAsNode(published);
      assertThat(published.retractions()).isEqualTo(1);
    }
  }

  private void deposits(int count) {
    for (int i = 0; i < count; i++) {
      contract.await(contract.deposit(i % 2 == 0 ? OWNER : OTHER, Neuron.ofZeroG("3")));
    }
  }

  /** The first transaction of the replaced blocks is mined again, the others are lost. */
  private void reorganise(int depth, SplittableRandom random) {
    Hash again = contract.deposit(OWNER, Neuron.ofZeroG("4"));
    contract.await(again);
    deposits(depth - 1);
    anvil.control().reorg(depth, List.of(new AnvilControl.Replay(contract.transactions().signed(again),
        random.nextInt(depth))));
    contract.transactions().forgetNonces();
  }

  /** Every log of the contract on the node's chain, by block hash, transaction and index: no more and no fewer. */
  private void assertSameAsNode(Published published) {
    List<String> expected = new ArrayList<>();
    for (JsonNode log : anvil.rpc().call("eth_getLogs", Map.of("fromBlock", "0x0", "toBlock", "latest",
        "address", contract.address().value()))) {
      expected.add(log.path("blockHash").asString() + " " + log.path("transactionHash").asString() + " "
          + log.path("logIndex").asString());
    }
    List<String> found = new ArrayList<>();
    for (int partition = 0; partition < options.partitions; partition++) {
      for (ChainRecord record : published.living(partition)) {
        boolean counts = record.event() instanceof ChainEvent.OwnerFact || partition == 0;
        if (counts && record.evidence().orElse(null) instanceof Evidence.Log log) {
          found.add(record.blockHash() + " " + log.transactionHash() + " 0x" + Integer.toHexString(log.logIndex()));
        }
      }
    }
    assertThat(found).containsExactlyInAnyOrderElementsOf(expected);
  }
}
