package io.neuronledger.testkit.devchain.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.neuronledger.contracts.value.Neuron;
import io.neuronledger.testkit.devchain.Anvil;
import io.neuronledger.testkit.devchain.AnvilOptions;
import io.neuronledger.testkit.devchain.Mining;
import io.neuronledger.testkit.devchain.rpc.BlockHeader;
import io.neuronledger.testkit.devchain.rpc.BlockRef;
import io.neuronledger.testkit.devchain.rpc.LogEntry;
import io.neuronledger.testkit.devchain.rpc.Receipt;
import io.neuronledger.testkit.devchain.traffic.Actors;
import io.neuronledger.testkit.devchain.traffic.RandomTraffic;
import io.neuronledger.testkit.devchain.transaction.CompiledContract;
import io.neuronledger.testkit.devchain.transaction.ContractAbi;
import io.neuronledger.testkit.devchain.transaction.DevWallet;
import io.neuronledger.testkit.devchain.transaction.Transactions;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Random operations of many wallets in blocks of many transactions: the contract's balance covers its ledgers, no
 * invariant breaks, and its logs alone determine its state. {@code -Dseed=N} repeats a run.
 */
class RandomOperationsPropertiesIT {
  private static final int BLOCKS = 300;
  private static final int TRANSACTIONS_PER_BLOCK_MAX = 10;
  /** A separate clock, so that a seed reproduces everything. */
  private static final Instant GENESIS = Instant.parse("2026-01-01T00:00:00Z");
  private static final DevWallet ADMIN = DevWallet.funded(0);

  private final long seed = Long.getLong("seed", System.nanoTime());
  private final Random random = new Random(seed);
  private final List<DevWallet> owners = IntStream.range(0, 5).mapToObj(i -> DevWallet.named("owner " + i)).toList();
  private final List<DevWallet> providers =
      Stream.concat(owners.stream().limit(1), Stream.of(DevWallet.named("p1"), DevWallet.named("p2"))).toList();
  private final StateFromLogs books = new StateFromLogs();
  private final Map<String, Integer> seen = new TreeMap<>();

  @Test
  void the_invariants_hold_after_every_block() {
    System.out.println("seed " + seed);
    AnvilOptions options = AnvilOptions.defaults().withMining(Mining.onRequest()).withGenesisTime(GENESIS);
    try (Anvil node = Anvil.start(options)) {
      node.control().setBlockInterval(Duration.ofSeconds(1));
      Stream.concat(owners.stream(), providers.stream())
          .forEach(each -> node.control().setBalance(each.address(), Neuron.ofZeroG("1000000")));
      node.control().setAutomine(true);
      AccountLedgerContract contract = AccountLedgerContract.deployWithServices(node.rpcUrl(), ADMIN);
      node.control().setAutomine(false);
      RandomTraffic traffic =
          new RandomTraffic(random, contract.calls(), new Actors(ADMIN, owners, providers, Optional.empty()));
      for (long block = contract.startBlock(); block <= node.control().head().number(); block++) {
        readAndCompare(node, contract, block);
      }
      for (int i = 0; i < BLOCKS; i++) {
        contract.transactions().sendAll(
            traffic.block(random.nextInt(TRANSACTIONS_PER_BLOCK_MAX + 1), books.state()));
        Duration pause = Duration.ofSeconds(random.nextInt(4) == 0 ? random.nextInt(120_000) : random.nextInt(2));
        node.control().setNextBlockTime(node.control().head().time().plus(pause));
        node.control().mine();
        readAndCompare(node, contract, node.control().head().number());
      }
    }
    System.out.println(seen);
    assertThat(seen.keySet()).as("every kind of log has been seen; seed %d", seed).containsExactlyInAnyOrder(
        "Deposit", "LedgerClosed", "LockPeriodSet", "ProviderAcknowledged", "RefundRequested", "ServiceRegistered",
        "Settled 0", "Settled 1", "Settled 3", "Settled 4", "Settled 5", "SubAccountClosed", "Transfer false",
        "Transfer true", "Withdraw");
  }

  private void readAndCompare(Anvil node, AccountLedgerContract contract, long number) {
    BlockHeader block = node.control().block(BlockRef.number(number));
    Transactions transactions = contract.transactions();
    List<LogEntry> logs = block.transactions().stream().map(transactions::awaitMined).map(Receipt::logs)
        .flatMap(List::stream).sorted(Comparator.comparingInt(LogEntry::logIndex)).toList();
    for (LogEntry log : logs) {
      ContractAbi.Decoded decoded = CompiledContract.ACCOUNT_LEDGER.abi().event(log).orElseThrow();
      seen.merge(kind(decoded), 1, Integer::sum);
      books.read(decoded, block.time());
    }
    ContractState state = contract.views().everything(BlockRef.hash(block.hash()));
    assertThat(state).as("block %d, seed %d", number, seed).isEqualTo(books.state());
    assertThat(state.coins()).isEqualTo(state.total());
    assertThat(state.subAccounts().values()).allMatch(each -> each.refunds().size() <= 5)
        .allMatch(each -> each.pendingRefund().compareTo(each.balance()) <= 0)
        .allMatch(each -> each.refunds().stream().noneMatch(refund -> refund.amount().isZero()));
  }

  private static String kind(ContractAbi.Decoded log) {
    return switch (log.name()) {
      case "Settled" -> "Settled " + log.arguments().get(5);
      case "Transfer" -> "Transfer " + log.arguments().get(3);
      default -> log.name();
    };
  }
}
