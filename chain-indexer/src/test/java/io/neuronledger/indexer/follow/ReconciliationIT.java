package io.neuronledger.indexer.follow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.neuronledger.contracts.balance.ObservedLedger;
import io.neuronledger.contracts.event.ChainEvent;
import io.neuronledger.contracts.topic.ChainRecord;
import io.neuronledger.contracts.topic.Partitions;
import io.neuronledger.contracts.value.Neuron;
import io.neuronledger.contracts.value.WalletAddress;
import io.neuronledger.indexer.fixture.Indexer;
import io.neuronledger.indexer.fixture.Published;
import io.neuronledger.indexer.fixture.ScriptedScene;
import io.neuronledger.indexer.publish.StateStore;
import io.neuronledger.testkit.devchain.contract.AccountLedgerContract;
import io.neuronledger.testkit.devchain.rpc.BlockHeader;
import io.neuronledger.testkit.devchain.rpc.BlockRef;
import io.neuronledger.testkit.devchain.transaction.DevWallet;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The contract's state, read on schedule or on request, after the seal of the block. */
class ReconciliationIT extends OnAnvil {
  @Test
  void every_state_is_published_once_after_the_seal_in_its_owners_partition() {
    contract.await(contract.deposit(OWNER, Neuron.ofZeroG("10")));
    contract.await(contract.transfer(OWNER, PROVIDER.address(), AccountLedgerContract.INFERENCE,
        Neuron.ofZeroG("4.000000000000000001")));
    contract.await(contract.retrieve(OWNER, AccountLedgerContract.INFERENCE, PROVIDER.address()));
    contract.await(contract.deposit(OTHER, Neuron.ofZeroG("3")));
    contract.await(contract.withdraw(OTHER, Neuron.ofZeroG("3")));
    BlockHeader asked = anvil.control().block(BlockRef.number(anvil.control().head().number() - 2));
    try (Indexer indexer = Indexer.start(options); Published published = options.published()) {
      awaitHead(published);
      assertThat(runs(published)).as("no run was requested").isEmpty();
      ask(indexer);
      ChainEvent.ReconciliationEnded ended = awaitRuns(published, 1).getFirst();

      long head = anvil.control().head().number();
      assertThat(ended).isEqualTo(new ChainEvent.ReconciliationEnded(head + "-0-1", 2, Neuron.ofZeroG("10"),
          Neuron.ofZeroG("10")));
      assertThat(observed(published, ended.run())).isEqualTo(Map.of(
          OWNER.address(), new ObservedLedger(true, Neuron.ofZeroG("5.999999999999999999"),
              List.of(new ObservedLedger.SubAccount(PROVIDER.address(), AccountLedgerContract.INFERENCE,
                  Neuron.ofZeroG("4.000000000000000001"), true,
                  List.of(new ObservedLedger.Refund(Neuron.ofZeroG("4.000000000000000001"), asked.time()))))),
          OTHER.address(), new ObservedLedger(false, Neuron.ZERO, List.of())));
      await().atMost(ScriptedScene.PATIENCE)
          .until(() -> published.refresh().blocks().records().getLast().repeats());
      published.assertWellFormed(contract.startBlock());
      assertThat(indexer.meters().counter("indexer.reconciliations").count()).isOne();
    }
  }

  /** A transfer of as much cancels the other owner's request. */
  @Test
  void only_active_refunds_can_end_a_lock_after_it() {
    for (DevWallet owner : List.of(OWNER, OTHER)) {
      contract.await(contract.deposit(owner, Neuron.ofZeroG("10")));
      contract.await(contract.transfer(owner, PROVIDER.address(), AccountLedgerContract.INFERENCE,
          Neuron.ofZeroG("4")));
      contract.await(contract.retrieve(owner, AccountLedgerContract.INFERENCE, PROVIDER.address()));
    }
    contract.await(contract.transfer(OTHER, PROVIDER.address(), AccountLedgerContract.INFERENCE, Neuron.ofZeroG("4")));
    try (Indexer indexer = Indexer.start(options); Published published = options.published()) {
      awaitHead(published);
      assertThat(requests()).hasSize(2);
      ask(indexer);
      awaitRuns(published, 1);
      int partition = new Partitions(options.partitions).of(OWNER.address());
      assertThat(requests()).singleElement().asString().startsWith("decoder/seal/refund/" + partition + "/");
    }
  }

  /** The keys of the stored refund requests. */
  private List<String> requests() {
    return StateStore.load(Indexer.kafka(options.bootstrapServers), options.destination).keySet().stream()
        .filter(key -> key.startsWith("decoder/seal/refund/")).toList();
  }

  @Test
  void several_runs_at_one_block_keep_their_order_and_following_goes_on() {
    contract.await(contract.deposit(OWNER, Neuron.ofZeroG("10")));
    try (Indexer indexer = Indexer.start(options); Published published = options.published()) {
      awaitHead(published);
      ask(indexer);
      awaitRuns(published, 1);
      ask(indexer);
      awaitRuns(published, 2);
    }
    // After a restart too: the last run is stored.
    try (Indexer indexer = Indexer.start(options); Published published = options.published()) {
      ask(indexer);
      List<ChainEvent.ReconciliationEnded> runs = awaitRuns(published, 3);
      assertThat(runs.stream().map(ChainEvent.ReconciliationEnded::run).distinct()).hasSize(3);
      contract.await(contract.deposit(OWNER, Neuron.ofZeroG("1")));
      awaitHead(published);
      published.assertWellFormed(contract.startBlock());
    }
  }

  @Test
  void the_schedule_asks_by_itself_also_while_the_chain_goes_on() {
    options.reconciliationInterval = Duration.ofMillis(300);
    try (Indexer _ = Indexer.start(options); Published published = options.published()) {
      for (int i = 0; i < 3; i++) {
        contract.await(contract.deposit(OWNER, Neuron.ofZeroG("3")));
        awaitRuns(published, runs(published).size() + 1);
      }
      awaitHead(published);
      published.assertWellFormed(contract.startBlock());
    }
  }

  @Test
  void a_fork_retracts_the_run_with_its_block() {
    contract.await(contract.deposit(OWNER, Neuron.ofZeroG("3")));
    contract.await(contract.deposit(OTHER, Neuron.ofZeroG("3")));
    try (Indexer indexer = Indexer.start(options); Published published = options.published()) {
      awaitHead(published);
      ask(indexer);
      awaitRuns(published, 1);
      anvil.control().reorg(1, List.of());
      contract.transactions().forgetNonces();
      anvil.control().mine();
      awaitHead(published);
      assertThat(published.living(0)).noneMatch(record -> record.event() instanceof ChainEvent.ReconciliationEnded);
      ask(indexer);
      ChainEvent.ReconciliationEnded ended = awaitRuns(published, 2).getLast();
      assertThat(observed(published, ended.run())).as("a ledger that only the dead branch knew is closed")
          .containsOnlyKeys(OWNER.address());
      published.assertWellFormed(contract.startBlock());
    }
  }

  @Test
  void a_ledger_that_the_contract_no_longer_lists_is_published_as_closed() {
    contract.await(contract.deposit(OWNER, Neuron.ofZeroG("3")));
    try (Indexer _ = Indexer.start(options); Published published = options.published()) {
      awaitHead(published);
    }
    contract.await(contract.withdraw(OWNER, Neuron.ofZeroG("3")));
    try (Indexer indexer = Indexer.start(options); Published published = options.published()) {
      awaitHead(published);
      ask(indexer);
      ChainEvent.ReconciliationEnded ended = awaitRuns(published, 1).getFirst();
      assertThat(observed(published, ended.run()).values())
          .containsExactly(new ObservedLedger(false, Neuron.ZERO, List.of()));
      assertThat(ended.held()).isEqualTo(Neuron.ZERO);
    }
  }

  private static void ask(Indexer indexer) {
    await().atMost(ScriptedScene.PATIENCE).until(indexer::reconcile);
  }

  /** The runs that have ended in every partition: a transaction's partitions show one after the other. */
  private List<ChainEvent.ReconciliationEnded> runs(Published published) {
    List<ChainEvent.ReconciliationEnded> common = runs(published, 0);
    for (int partition = 1; partition < options.partitions; partition++) {
      common = common.stream().filter(runs(published, partition)::contains).toList();
    }
    return common;
  }

  private static List<ChainEvent.ReconciliationEnded> runs(Published published, int partition) {
    return published.partition(partition).stream().map(ChainRecord::event)
        .filter(ChainEvent.ReconciliationEnded.class::isInstance)
        .map(ChainEvent.ReconciliationEnded.class::cast).toList();
  }

  private List<ChainEvent.ReconciliationEnded> awaitRuns(Published published, int count) {
    await().atMost(ScriptedScene.PATIENCE).until(() -> runs(published.refresh()).size() >= count);
    return runs(published);
  }

  private static Map<WalletAddress, ObservedLedger> observed(Published published, String run) {
    Map<WalletAddress, ObservedLedger> observed = new HashMap<>();
    published.all().map(ChainRecord::event).forEach(event -> {
      if (event instanceof ChainEvent.StateObserved state && state.run().equals(run)) {
        assertThat(observed.put(state.owner(), state.state())).as("published once").isNull();
      }
    });
    return observed;
  }
}
