package io.neuronledger.testkit.devchain.traffic;

import static io.neuronledger.testkit.devchain.contract.AccountLedgerContract.FINE_TUNING;
import static io.neuronledger.testkit.devchain.contract.AccountLedgerContract.INFERENCE;

import io.neuronledger.contracts.value.Neuron;
import io.neuronledger.contracts.value.ServiceName;
import io.neuronledger.contracts.value.SubAccountId;
import io.neuronledger.contracts.value.WalletAddress;
import io.neuronledger.testkit.devchain.contract.AccountLedgerCalls;
import io.neuronledger.testkit.devchain.contract.BatcherContract;
import io.neuronledger.testkit.devchain.contract.ContractState;
import io.neuronledger.testkit.devchain.contract.Settlement;
import io.neuronledger.testkit.devchain.contract.SubAccountAt;
import io.neuronledger.testkit.devchain.transaction.Call;
import io.neuronledger.testkit.devchain.transaction.DevWallet;
import io.neuronledger.testkit.devchain.transaction.Transactions.Outgoing;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

/**
 * Operations of all kinds by many wallets, in likely and unlikely order. The contract rejects many of them, which must
 * change nothing. The same seed and the same states produce the same operations.
 */
public final class RandomTraffic {
  private static final List<ServiceName> SERVICES = List.of(INFERENCE, FINE_TUNING);
  private static final int LOCK_HOURS_BOUND = 200;

  private final SeededRandom random;
  private final AccountLedgerCalls calls;
  private final Actors actors;
  private long lastNonce;

  public RandomTraffic(Random random, AccountLedgerCalls calls, Actors actors) {
    this.random = new SeededRandom(random);
    this.calls = calls;
    this.actors = actors;
  }

  /**
   * Transactions for one block: {@code size}, or a few more where an owner withdraws everything.
   *
   * @param state the current state of the contract
   */
  public List<Outgoing> block(int size, ContractState state) {
    List<Outgoing> block = new ArrayList<>();
    while (block.size() < size) {
      if (random.oneIn(60)) {
        block.addAll(leave(random.any(actors.owners()), state));
      } else if (actors.batcher().isPresent() && random.oneIn(16)) {
        block.addAll(hidden(actors.batcher().get()));
      } else if (actors.batcher().isPresent() && random.oneIn(8)) {
        block.add(batch(actors.batcher().get(), state));
      } else {
        block.add(operation(state));
      }
    }
    return block;
  }

  private Outgoing operation(ContractState state) {
    DevWallet owner = random.any(actors.owners());
    DevWallet provider = random.any(actors.providers());
    WalletAddress to = random.any(actors.served());
    ServiceName service = random.any(SERVICES);
    return switch (random.below(14)) {
      case 0, 1 -> new Outgoing(owner, calls.deposit(random.amount()));
      case 2 -> new Outgoing(owner, calls.depositFor(random.any(actors.ledgerOwners()), random.amount()));
      case 3, 4 -> new Outgoing(owner, calls.transfer(to, service, random.amount()));
      case 5 -> new Outgoing(owner, calls.transfer(to, service, random.aPartOf(random.amount())));
      case 6, 7, 8 -> new Outgoing(owner, calls.retrieve(service,
          actors.served().stream().filter(_ -> random.oneIn(2)).toList()));
      case 9 -> new Outgoing(provider, calls.settle(likelyItems(provider.address(), state)));
      case 10, 11 -> new Outgoing(owner, calls.withdraw(random.amount()));
      case 12 -> random.oneIn(2) ? new Outgoing(owner, calls.deleteLedger())
          : new Outgoing(owner, calls.acknowledge(to, service, random.oneIn(3)));
      default -> new Outgoing(actors.admin(),
          calls.setLockPeriod(service, Duration.ofHours(random.below(LOCK_HOURS_BOUND))));
    };
  }

  /** Settles everything in the owner's sub-accounts; revokes one provider, which then tries to settle again. */
  private List<Outgoing> leave(DevWallet owner, ContractState state) {
    List<Outgoing> block = new ArrayList<>();
    for (DevWallet provider : actors.providers()) {
      block.add(new Outgoing(provider, calls.settle(SERVICES.stream()
          .map(service -> item(owner.address(), service, Neuron.ofZeroG("1000000"))).toList())));
    }
    List<SubAccountId> open =
        state.subAccounts().keySet().stream().filter(each -> each.owner().equals(owner.address())).toList();
    if (!open.isEmpty()) {
      SubAccountId dropped = random.any(open);
      block.add(new Outgoing(owner, calls.acknowledge(dropped.provider(), dropped.service(), false)));
      actors.providers().stream().filter(each -> each.address().equals(dropped.provider())).forEach(each -> block.add(
          new Outgoing(each, calls.settle(List.of(item(owner.address(), dropped.service(), random.amount()))))));
    }
    state.ledgers().values().stream().filter(each -> each.owner().equals(owner.address()))
        .forEach(each -> block.add(new Outgoing(owner, calls.withdraw(each.available()))));
    return block;
  }

  /** Several operations in one transaction, all or none; as an owner, as a provider, or as both. */
  private Outgoing batch(BatcherContract batcher, ContractState state) {
    ServiceName service = random.any(SERVICES);
    WalletAddress to = random.any(actors.served());
    Neuron deposit = random.above("4");
    List<Call> run = switch (random.below(4)) {
      case 0 -> List.of(calls.deposit(deposit), calls.transfer(to, service, random.above("1")),
          calls.transfer(random.any(actors.served()), service, random.above("1")),
          calls.retrieve(service, actors.served()));
      case 1 -> List.of(calls.deposit(deposit), calls.transfer(to, service, random.above("1")),
          calls.retrieve(service, List.of(to)), calls.transfer(to, service, random.aPartOf(deposit)),
          calls.retrieve(service, List.of(to)));
      case 2 -> List.of(calls.settle(likelyItems(batcher.address(), state)),
          calls.depositFor(random.any(actors.ledgerOwners()), deposit),
          calls.settle(likelyItems(batcher.address(), state)));
      default -> List.of(calls.deposit(deposit), calls.withdraw(random.aPartOf(deposit)),
          calls.transfer(batcher.address(), service, random.above("1")),
          calls.settle(List.of(item(batcher.address(), service, random.amount()))));
    };
    return new Outgoing(actors.admin(), batcher.call(deposit, run));
  }

  /** Calls visible neither in the contract's native balance nor in the input of the transaction that makes them. */
  private List<Outgoing> hidden(BatcherContract batcher) {
    Neuron moved = random.aPartOf(random.amount());
    List<Call> calls = random.oneIn(3)
        ? List.of(this.calls.acknowledge(random.any(actors.served()), random.any(SERVICES), random.oneIn(2)))
        : List.of(this.calls.withdraw(moved), this.calls.depositFor(random.any(actors.ledgerOwners()), moved));
    return List.of(new Outgoing(actors.admin(), batcher.prepare(calls)),
        new Outgoing(actors.admin(), batcher.runPrepared()));
  }

  private Settlement item(WalletAddress owner, ServiceName service, Neuron asked) {
    long nonce = random.oneIn(10) ? random.below(lastNonce + 1) : ++lastNonce;
    return new Settlement(owner, service, asked, nonce);
  }

  private List<Settlement> likelyItems(WalletAddress provider, ContractState state) {
    return Stream.generate(() -> likelyItem(provider, state)).limit(1L + random.below(3)).toList();
  }

  /** Mostly for an existing sub-account. */
  private Settlement likelyItem(WalletAddress provider, ContractState state) {
    List<SubAccountAt> served = state.subAccounts().values().stream()
        .filter(each -> each.id().provider().equals(provider)).toList();
    if (served.isEmpty() || random.oneIn(8)) {
      return item(random.any(actors.ledgerOwners()), random.any(SERVICES), random.amount());
    }
    SubAccountAt account = random.any(served);
    return item(account.id().owner(), account.id().service(), random.aPartOf(random.amount()));
  }
}
