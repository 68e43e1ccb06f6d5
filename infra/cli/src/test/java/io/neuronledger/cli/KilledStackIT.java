package io.neuronledger.cli;

import static io.neuronledger.testkit.devchain.contract.AccountLedgerContract.INFERENCE;
import static org.assertj.core.api.Assertions.assertThat;

import io.neuronledger.cli.answer.ContractAnswers;
import io.neuronledger.cli.answer.EventSubscriber;
import io.neuronledger.cli.answer.LedgerApi;
import io.neuronledger.cli.soak.PublicationAudit;
import io.neuronledger.contracts.value.Hash;
import io.neuronledger.contracts.value.Neuron;
import io.neuronledger.testkit.devchain.Anvil;
import io.neuronledger.testkit.devchain.contract.AccountLedgerContract;
import io.neuronledger.testkit.devchain.contract.Settlement;
import io.neuronledger.testkit.devchain.rpc.BlockHeader;
import io.neuronledger.testkit.devchain.transaction.DevWallet;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The whole stack, PostgreSQL and Kafka with it, is killed while it indexes: no event is lost or duplicated, in the
 * topics and for a subscriber over HTTP that goes on by its last id.
 */
class KilledStackIT {
  private static final int KILLS = 3;
  private static final List<DevWallet> OWNERS = IntStream.range(1, 7).mapToObj(DevWallet::funded).toList();
  private static final DevWallet PROVIDER = DevWallet.funded(8);

  @AutoClose
  private final EventSubscriber subscriber = new EventSubscriber();
  private int nonce;

  @Test
  void a_killed_stack_resumes_exactly(@TempDir Path folder) throws Exception {
    long seed = ThreadLocalRandom.current().nextLong();
    System.out.println("seed " + seed);
    Random random = new Random(seed);
    try (Anvil node = Anvil.start()) {
      AccountLedgerContract contract = AccountLedgerContract.deployWithServices(node.rpcUrl(), DevWallet.funded(0));
      open(contract);
      for (int kill = 0; kill < KILLS; kill++) {
        killWhileItIndexes(folder, node, contract, random);
      }
      try (StackProcess stack = StackProcess.start(folder, node.rpcUrl(), contract)) {
        compare(stack.awaitLedger(), node, contract);
        PublicationAudit.Result published = PublicationAudit.of(stack.kafka().admin());
        assertThat(published.events()).isPositive();
        assertThat(published.faults()).isEmpty();
        assertThat(subscriber.finish(stack.awaitLedger(), stack.kafka().admin())).isEmpty();
        assertThat(subscriber.events()).isPositive();
        assertThat(stack.stop()).isZero();
        assertThat(stack.output()).contains("Stopped.");
      }
    }
  }

  private void killWhileItIndexes(Path folder, Anvil node, AccountLedgerContract contract, Random random)
      throws Exception {
    settle(contract, 50);
    try (StackProcess stack = StackProcess.start(folder, node.rpcUrl(), contract)) {
      if (random.nextBoolean()) {
        subscriber.follow(stack.awaitLedger());
      }
      long until = System.nanoTime() + Duration.ofMillis(random.nextInt(6_000)).toNanos();
      while (System.nanoTime() < until) {
        settle(contract, 1);
      }
      stack.kill();
    }
  }

  private static void open(AccountLedgerContract contract) {
    for (DevWallet owner : OWNERS) {
      contract.await(contract.deposit(owner, Neuron.ofZeroG("100")));
      contract.await(contract.transfer(owner, PROVIDER.address(), INFERENCE, Neuron.ofZeroG("50")));
    }
  }

  private void settle(AccountLedgerContract contract, int transactions) {
    for (int i = 0; i < transactions; i++) {
      nonce++;
      Hash sent = contract.settle(PROVIDER, OWNERS.stream().map(owner -> new Settlement(owner.address(), INFERENCE,
          Neuron.parse(String.valueOf(1_000_000_007L + nonce)), nonce)).toList());
      contract.await(sent);
    }
  }

  private static void compare(LedgerApi ledger, Anvil node, AccountLedgerContract contract) {
    BlockHeader head = node.control().head();
    ContractAnswers truth = new ContractAnswers(contract.views());
    Awaitility.await().atMost(Duration.ofMinutes(1)).untilAsserted(() -> {
      for (DevWallet owner : OWNERS) {
        assertThat(ledger.ownerAt(owner.address(), head)).isEqualTo(truth.ownerAt(owner.address(), head));
      }
    });
  }
}
