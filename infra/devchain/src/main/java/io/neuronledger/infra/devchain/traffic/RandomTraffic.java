package io.neuronledger.infra.devchain.traffic;

import static io.neuronledger.infra.devchain.contract.AccountLedgerContract.FINE_TUNING;
import static io.neuronledger.infra.devchain.contract.AccountLedgerContract.INFERENCE;

import io.neuronledger.contracts.value.Neuron;
import io.neuronledger.contracts.value.ServiceName;
import io.neuronledger.contracts.value.SubAccountId;
import io.neuronledger.contracts.value.WalletAddress;
import io.neuronledger.infra.devchain.contract.AccountLedgerCalls;
import io.neuronledger.infra.devchain.contract.BatcherContract;
import io.neuronledger.infra.devchain.contract.ContractState;
import io.neuronledger.infra.devchain.contract.Settlement;
import io.neuronledger.infra.devchain.contract.SubAccountAt;
import io.neuronledger.infra.devchain.transaction.Call;
import io.neuronledger.infra.devchain.transaction.DevWallet;
import io.neuronledger.infra.devchain.transaction.Transactions.Outgoing;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

/**
 * Operations of all kinds by many wallets, in likely and in unlikely order. Many of them are refused by the contract:
 * that must change nothing. The same seed and the same states give the same operations.
 */
public final class RandomTraffic {
  private static final List<ServiceName> SERVICES = List.of(INFERENCE, FINE_TUNING);
  private static final int LOCK_HOURS_BOUND = 200;

  private final SeededRandom dice;
  private final AccountLedgerCalls calls;
  private final Actors cast;
  private long lastNonce;

  public RandomTraffic(Random random, AccountLedgerCalls calls, Actors cast) {
    this.dice = new SeededRandom(random);
    this.calls = calls;
    this.cast = cast;
  }

  /**
   * Transactions for one block; a few more than asked where an owner leaves for good.
   *
   * @param state what the contract holds now
   */
  public List<Outgoing> block(int size, ContractState state) {
    List<Outgoing> block = new ArrayList<>();
    while (block.size() < size) {
      if (dice.oneIn(60)) {
        block.addAll(leave(dice.any(cast.owners()), state));
      } else if (cast.batcher().isPresent() && dice.oneIn(16)) {
        block.addAll(hidden(cast.batcher().get()));
      } else if (cast.batcher().isPresent() && dice.oneIn(8)) {
        block.add(batch(cast.batcher().get(), state));
      } else {
        block.add(operation(state));
      }
    }
    return block;
  }

  private Outgoing operation(ContractState state) {
    DevWallet owner = dice.any(cast.owners());
    DevWallet provider = dice.any(cast.providers());
    WalletAddress to = dice.any(cast.served());
    ServiceName service = dice.any(SERVICES);
    return switch (dice.below(14)) {
      case 0, 1 -> new Outgoing(owner, calls.deposit(dice.amount()));
      case 2 -> new Outgoing(owner, calls.depositFor(dice.any(cast.ledgerOwners()), dice.amount()));
      case 3, 4 -> new Outgoing(owner, calls.transfer(to, service, dice.amount()));
      case 5 -> new Outgoing(owner, calls.transfer(to, service, dice.aPartOf(dice.amount())));
      case 6, 7, 8 -> new Outgoing(owner, calls.retrieve(service,
          cast.served().stream().filter(_ -> dice.oneIn(2)).toList()));
      case 9 -> new Outgoing(provider, calls.settle(likelyItems(provider.address(), state)));
      case 10, 11 -> new Outgoing(owner, calls.withdraw(dice.amount()));
      case 12 -> dice.oneIn(2) ? new Outgoing(owner, calls.deleteLedger())
          : new Outgoing(owner, calls.acknowledge(to, service, dice.oneIn(3)));
      default -> new Outgoing(cast.admin(),
          calls.setLockPeriod(service, Duration.ofHours(dice.below(LOCK_HOURS_BOUND))));
    };
  }

  /** Everything in the owner's sub-accounts is settled; one provider is no longer accepted and tries again. */
  private List<Outgoing> leave(DevWallet owner, ContractState state) {
    List<Outgoing> block = new ArrayList<>();
    for (DevWallet provider : cast.providers()) {
      block.add(new Outgoing(provider, calls.settle(SERVICES.stream()
          .map(service -> item(owner.address(), service, Neuron.ofZeroG("1000000"))).toList())));
    }
    List<SubAccountId> open =
        state.subAccounts().keySet().stream().filter(each -> each.owner().equals(owner.address())).toList();
    if (!open.isEmpty()) {
      SubAccountId dropped = dice.any(open);
      block.add(new Outgoing(owner, calls.acknowledge(dropped.provider(), dropped.service(), false)));
      cast.providers().stream().filter(each -> each.address().equals(dropped.provider())).forEach(each -> block.add(
          new Outgoing(each, calls.settle(List.of(item(owner.address(), dropped.service(), dice.amount()))))));
    }
    state.ledgers().values().stream().filter(each -> each.owner().equals(owner.address()))
        .forEach(each -> block.add(new Outgoing(owner, calls.withdraw(each.available()))));
    return block;
  }

  /** Several operations in one transaction, all or none; as an owner, as a provider, or as both. */
  private Outgoing batch(BatcherContract batcher, ContractState state) {
    ServiceName service = dice.any(SERVICES);
    WalletAddress to = dice.any(cast.served());
    Neuron deposit = dice.above("4");
    List<Call> run = switch (dice.below(4)) {
      case 0 -> List.of(calls.deposit(deposit), calls.transfer(to, service, dice.above("1")),
          calls.transfer(dice.any(cast.served()), service, dice.above("1")), calls.retrieve(service, cast.served()));
      case 1 -> List.of(calls.deposit(deposit), calls.transfer(to, service, dice.above("1")),
          calls.retrieve(service, List.of(to)), calls.transfer(to, service, dice.aPartOf(deposit)),
          calls.retrieve(service, List.of(to)));
      case 2 -> List.of(calls.settle(likelyItems(batcher.address(), state)),
          calls.depositFor(dice.any(cast.ledgerOwners()), deposit),
          calls.settle(likelyItems(batcher.address(), state)));
      default -> List.of(calls.deposit(deposit), calls.withdraw(dice.aPartOf(deposit)),
          calls.transfer(batcher.address(), service, dice.above("1")),
          calls.settle(List.of(item(batcher.address(), service, dice.amount()))));
    };
    return new Outgoing(cast.admin(), batcher.call(deposit, run));
  }

  /** Nothing of it shows in the coins that the contract holds, nor in the input of the transaction that does it. */
  private List<Outgoing> hidden(BatcherContract batcher) {
    Neuron moved = dice.aPartOf(dice.amount());
    List<Call> calls = dice.oneIn(3)
        ? List.of(this.calls.acknowledge(dice.any(cast.served()), dice.any(SERVICES), dice.oneIn(2)))
        : List.of(this.calls.withdraw(moved), this.calls.depositFor(dice.any(cast.ledgerOwners()), moved));
    return List.of(new Outgoing(cast.admin(), batcher.prepare(calls)),
        new Outgoing(cast.admin(), batcher.runPrepared()));
  }

  private Settlement item(WalletAddress owner, ServiceName service, Neuron asked) {
    long nonce = dice.oneIn(10) ? dice.below(lastNonce + 1) : ++lastNonce;
    return new Settlement(owner, service, asked, nonce);
  }

  private List<Settlement> likelyItems(WalletAddress provider, ContractState state) {
    return Stream.generate(() -> likelyItem(provider, state)).limit(1L + dice.below(3)).toList();
  }

  /** Mostly of a sub-account that exists. */
  private Settlement likelyItem(WalletAddress provider, ContractState state) {
    List<SubAccountAt> served = state.subAccounts().values().stream()
        .filter(each -> each.id().provider().equals(provider)).toList();
    if (served.isEmpty() || dice.oneIn(8)) {
      return item(dice.any(cast.ledgerOwners()), dice.any(SERVICES), dice.amount());
    }
    SubAccountAt account = dice.any(served);
    return item(account.id().owner(), account.id().service(), dice.aPartOf(dice.amount()));
  }
}
