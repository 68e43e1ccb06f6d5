package io.neuronledger.infra.devchain.contract;

import static io.neuronledger.infra.devchain.contract.AccountLedgerContract.FINE_TUNING;
import static io.neuronledger.infra.devchain.contract.AccountLedgerContract.INFERENCE;
import static org.assertj.core.api.Assertions.assertThat;

import io.neuronledger.contracts.value.Neuron;
import io.neuronledger.contracts.value.ServiceName;
import io.neuronledger.contracts.value.SubAccountId;
import io.neuronledger.contracts.value.WalletAddress;
import io.neuronledger.infra.devchain.Anvil;
import io.neuronledger.infra.devchain.AnvilOptions;
import io.neuronledger.infra.devchain.Mining;
import io.neuronledger.infra.devchain.rpc.BlockHeader;
import io.neuronledger.infra.devchain.rpc.BlockRef;
import io.neuronledger.infra.devchain.rpc.LogEntry;
import io.neuronledger.infra.devchain.rpc.Receipt;
import io.neuronledger.infra.devchain.transaction.CompiledContract;
import io.neuronledger.infra.devchain.transaction.ContractAbi;
import io.neuronledger.infra.devchain.transaction.DevWallet;
import io.neuronledger.infra.devchain.transaction.Transactions;
import io.neuronledger.infra.devchain.transaction.Transactions.Outgoing;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Whatever is done, by many wallets and in blocks of many transactions: the contract holds the coins that it owes, no
 * rule of its books breaks, and its logs alone tell all of its state. {@code -Dseed=N} repeats a run.
 */
class RandomOperationsProperties {
  private static final int BLOCKS = 300;
  private static final int TRANSACTIONS_PER_BLOCK_MAX = 10;
  private static final List<ServiceName> SERVICES = List.of(INFERENCE, FINE_TUNING);
  /** A clock of its own, so that a seed repeats everything. */
  private static final Instant GENESIS = Instant.parse("2026-01-01T00:00:00Z");
  private static final DevWallet ADMIN = DevWallet.funded(0);

  private final long seed = Long.getLong("seed", System.nanoTime());
  private final Random random = new Random(seed);
  private final List<DevWallet> owners = IntStream.range(0, 5).mapToObj(i -> DevWallet.named("owner " + i)).toList();
  private final List<DevWallet> providers =
      Stream.concat(owners.stream().limit(1), Stream.of(DevWallet.named("p1"), DevWallet.named("p2"))).toList();
  private final BooksFromLogs books = new BooksFromLogs();
  private final Map<String, Integer> seen = new TreeMap<>();
  private long lastNonce;

  @Test
  void the_books_are_right_after_every_block() {
    System.out.println("seed " + seed);
    AnvilOptions options = AnvilOptions.defaults().withMining(Mining.onRequest()).withGenesisTime(GENESIS);
    try (Anvil node = Anvil.start(options)) {
      node.control().setBlockInterval(Duration.ofSeconds(1));
      Stream.concat(owners.stream(), providers.stream())
          .forEach(each -> node.control().setBalance(each.address(), Neuron.ofZeroG("1000000")));
      node.control().setAutomine(true);
      AccountLedgerContract contract = AccountLedgerContract.deployWithServices(node.rpcUrl(), ADMIN);
      node.control().setAutomine(false);
      for (long block = contract.startBlock(); block <= node.control().head().number(); block++) {
        readAndCompare(node, contract, block);
      }
      for (int i = 0; i < BLOCKS; i++) {
        contract.transactions().sendAll(randomBlock(contract.calls()));
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

  private List<Outgoing> randomBlock(AccountLedgerCalls calls) {
    List<Outgoing> block = new ArrayList<>();
    int size = random.nextInt(TRANSACTIONS_PER_BLOCK_MAX + 1);
    while (block.size() < size) {
      if (random.nextInt(60) == 0) {
        block.addAll(leave(calls, any(owners)));
      } else {
        block.add(operation(calls));
      }
    }
    return block;
  }

  /** Many of these are refused: that must change nothing. */
  private Outgoing operation(AccountLedgerCalls calls) {
    DevWallet owner = any(owners);
    DevWallet provider = any(providers);
    WalletAddress to = provider.address();
    ServiceName service = any(SERVICES);
    return switch (random.nextInt(14)) {
      case 0, 1 -> new Outgoing(owner, calls.deposit(amount()));
      case 2 -> new Outgoing(owner, calls.depositFor(any(owners).address(), amount()));
      case 3, 4 -> new Outgoing(owner, calls.transfer(to, service, amount()));
      case 5 -> new Outgoing(owner, calls.transfer(to, service, aPartOf(amount())));
      case 6, 7, 8 -> new Outgoing(owner, calls.retrieve(service,
          providers.stream().filter(_ -> random.nextBoolean()).map(DevWallet::address).toList()));
      case 9 -> new Outgoing(provider, calls.settle(
          Stream.generate(() -> likelyItem(to)).limit(1 + random.nextInt(3)).toList()));
      case 10, 11 -> new Outgoing(owner, calls.withdraw(amount()));
      case 12 -> random.nextBoolean() ? new Outgoing(owner, calls.deleteLedger())
          : new Outgoing(owner, calls.acknowledge(to, service, random.nextInt(3) == 0));
      default -> new Outgoing(ADMIN, calls.setLockPeriod(service, Duration.ofHours(random.nextInt(200))));
    };
  }

  /** Everything in the owner's sub-accounts is settled; one provider is no longer accepted and tries again. */
  private List<Outgoing> leave(AccountLedgerCalls calls, DevWallet owner) {
    List<Outgoing> block = new ArrayList<>();
    for (DevWallet provider : providers) {
      block.add(new Outgoing(provider, calls.settle(SERVICES.stream()
          .map(service -> item(owner.address(), service, Neuron.ofZeroG("1000000"))).toList())));
    }
    List<SubAccountId> open = books.state().subAccounts().keySet().stream()
        .filter(each -> each.owner().equals(owner.address())).toList();
    if (!open.isEmpty()) {
      SubAccountId dropped = any(open);
      block.add(new Outgoing(owner, calls.acknowledge(dropped.provider(), dropped.service(), false)));
      providers.stream().filter(each -> each.address().equals(dropped.provider())).forEach(each -> block.add(
          new Outgoing(each, calls.settle(List.of(item(owner.address(), dropped.service(), amount()))))));
    }
    books.state().ledgers().values().stream().filter(each -> each.owner().equals(owner.address()))
        .forEach(each -> block.add(new Outgoing(owner, calls.withdraw(each.available()))));
    return block;
  }

  private Settlement item(WalletAddress owner, ServiceName service, Neuron asked) {
    long nonce = random.nextInt(10) == 0 ? random.nextLong(lastNonce + 1) : ++lastNonce;
    return new Settlement(owner, service, asked, nonce);
  }

  /** Mostly of a sub-account that exists. */
  private Settlement likelyItem(WalletAddress provider) {
    List<SubAccountAt> served = books.state().subAccounts().values().stream()
        .filter(each -> each.id().provider().equals(provider)).toList();
    if (served.isEmpty() || random.nextInt(8) == 0) {
      return item(any(owners).address(), any(SERVICES), amount());
    }
    SubAccountAt account = any(served);
    return item(account.id().owner(), account.id().service(), aPartOf(amount()));
  }

  /** Limits, nothing, and ugly numbers up to 8 0G. */
  private Neuron amount() {
    return switch (random.nextInt(12)) {
      case 0 -> Neuron.ZERO;
      case 1 -> Neuron.ofZeroG("1");
      case 2 -> Neuron.ofZeroG("3");
      case 3 -> new Neuron(BigInteger.ONE);
      default -> new Neuron(new BigInteger(53, random).multiply(BigInteger.valueOf(random.nextInt(1, 1_000))));
    };
  }

  private Neuron aPartOf(Neuron amount) {
    return new Neuron(amount.value().divide(BigInteger.valueOf(random.nextInt(2, 40))));
  }

  private <T> T any(List<T> of) {
    return of.get(random.nextInt(of.size()));
  }
}
