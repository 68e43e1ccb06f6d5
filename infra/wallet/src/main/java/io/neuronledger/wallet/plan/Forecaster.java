package io.neuronledger.wallet.plan;

import io.neuronledger.contracts.balance.ContractRules;
import io.neuronledger.contracts.value.Neuron;
import io.neuronledger.contracts.value.ServiceName;
import io.neuronledger.contracts.value.WalletAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Foresees what a transaction does to an owner's holdings, by the rules of the contracts.
 *
 * @param lockPeriods of the services that there are; empty where they are not known
 */
public record Forecaster(ContractRules rules, Optional<Map<ServiceName, Duration>> lockPeriods) {
  private static final Duration USUAL_LOCK = Duration.ofHours(24);

  public Forecast of(WalletAction action, Holdings now) {
    return switch (action) {
      case WalletAction.Deposit deposit -> deposit(deposit, now);
      case WalletAction.Transfer transfer -> transfer(transfer, now);
      case WalletAction.Retrieve retrieve -> new RetrieveForecast(this, now).of(retrieve);
      case WalletAction.Withdraw withdraw -> withdraw(withdraw, now);
    };
  }

  private Forecast deposit(WalletAction.Deposit deposit, Holdings now) {
    Neuron amount = deposit.amount();
    if (amount.isZero()) {
      return Forecast.refused("A deposit of nothing is refused.");
    }
    if (!now.open() && amount.compareTo(rules.ledgerMin()) < 0) {
      return Forecast.refused("A ledger opens with a deposit of at least " + zeroG(rules.ledgerMin())
          + ", and this wallet has no ledger yet: " + zeroG(amount) + " is too little.");
    }
    if (amount.compareTo(new Neuron(Neuron.MAX.value().subtract(now.total().value()))) > 0) {
      return Forecast.refused("A ledger of " + zeroG(now.total()) + " with " + zeroG(amount) + " more is more than a "
          + "contract can hold.");
    }
    String moves = "Moves " + zeroG(amount) + " from the wallet into its ledger.";
    return Forecast.of(now.open() ? List.of(moves) : List.of(moves, "Opens the ledger."),
        now.with(now.available().plus(amount), now.total().plus(amount)));
  }

  private Forecast transfer(WalletAction.Transfer transfer, Holdings now) {
    Neuron amount = transfer.amount();
    Optional<SubAccountHoldings> account = now.find(transfer.provider(), transfer.service());
    Neuron cancelled = account.map(SubAccountHoldings::pending).orElse(Neuron.ZERO).min(amount);
    Neuron moved = amount.minus(cancelled);
    Optional<String> refusal = refusalOfTransfer(transfer, account, moved, now);
    if (refusal.isPresent()) {
      return Forecast.refused(refusal.get());
    }
    String target = "the sub-account with " + transfer.provider().checksummed() + ", " + transfer.service();
    List<String> effects = new ArrayList<>();
    if (account.isEmpty()) {
      effects.add("Opens " + target + ".");
    }
    effects.add(moved.isZero() ? "Moves no money: all of " + zeroG(amount) + " goes into cancelling refunds."
        : "Moves " + zeroG(moved) + " from what is available into " + target + ".");
    effects.add("The provider may settle its fees from there: this acknowledges it.");
    return Forecast.of(effects,
        cancelled.isZero() ? List.of() : cancelled(account.orElseThrow().refunds(), cancelled),
        now.with(now.available().minus(moved), now.total()));
  }

  private Optional<String> refusalOfTransfer(WalletAction.Transfer transfer, Optional<SubAccountHoldings> account,
      Neuron moved, Holdings now) {
    if (transfer.amount().isZero()) {
      return Optional.of("A transfer of nothing moves nothing.");
    }
    Optional<String> general = generalRefusal(transfer.service(), now);
    if (general.isPresent()) {
      return general;
    }
    if (account.isEmpty() && transfer.amount().compareTo(rules.firstTransferMin()) < 0) {
      return Optional.of("The first transfer to a provider's service is at least " + zeroG(rules.firstTransferMin())
          + ": " + zeroG(transfer.amount()) + " is too little.");
    }
    if (account.isEmpty() && now.providers(transfer.service()).size() >= rules.providersMax()) {
      return Optional.of("A wallet has at most " + rules.providersMax() + " providers of one service, and "
          + transfer.service() + " has that many.");
    }
    if (now.available().compareTo(moved) < 0) {
      return Optional.of("Only " + zeroG(now.available()) + " are available, and this would move " + zeroG(moved)
          + ".");
    }
    return Optional.empty();
  }

  /** What is wrong with any use of a service. */
  Optional<String> generalRefusal(ServiceName service, Holdings now) {
    if (!now.open()) {
      return Optional.of("This wallet has no ledger: deposit at least " + zeroG(rules.ledgerMin()) + " first.");
    }
    if (lockPeriods.isPresent() && !lockPeriods.get().containsKey(service)) {
      return Optional.of("There is no service " + service + "; there are: "
          + String.join(", ", lockPeriods.get().keySet().stream().map(ServiceName::value).sorted().toList()) + ".");
    }
    return Optional.empty();
  }

  /** The newest first, whether past their lock or not; the last one in part. */
  private static List<String> cancelled(List<PendingRefund> refunds, Neuron amount) {
    List<String> sentences = new ArrayList<>();
    Neuron left = amount;
    for (PendingRefund refund : refunds.reversed()) {
      if (left.isZero()) {
        break;
      }
      Neuron taken = refund.amount().min(left);
      left = left.minus(taken);
      sentences.add("Cancels " + (taken.equals(refund.amount()) ? "the refund of " + zeroG(taken)
          : zeroG(taken) + " of the refund of " + zeroG(refund.amount())) + " that was asked for at "
          + refund.requestedAt() + (refund.claimable() ? ", although it could be fetched now." : "."));
    }
    return sentences;
  }

  private Forecast withdraw(WalletAction.Withdraw withdraw, Holdings now) {
    Neuron amount = withdraw.amount();
    if (!now.open()) {
      return Forecast.refused("This wallet has no ledger: there is nothing to withdraw.");
    }
    if (amount.isZero()) {
      return Forecast.refused("A withdrawal of nothing moves nothing.");
    }
    if (now.available().compareTo(amount) < 0) {
      return Forecast.refused("Only " + zeroG(now.available()) + " are available, not " + zeroG(amount)
          + "; what is in sub-accounts comes back by retrieve-fund first.");
    }
    Neuron rest = now.available().minus(amount);
    if (!rest.isZero() && rest.compareTo(rules.ledgerMin()) < 0) {
      return Forecast.refused("What stays available is nothing or at least " + zeroG(rules.ledgerMin())
          + ", and this would leave " + zeroG(rest) + ": withdraw all " + zeroG(now.available())
          + (now.available().compareTo(rules.ledgerMin()) > 0
              ? ", or at most " + zeroG(now.available().minus(rules.ledgerMin())) : "") + ".");
    }
    Holdings after = now.with(rest, now.total().minus(amount));
    List<String> effects = new ArrayList<>();
    effects.add("Moves " + zeroG(amount) + " from the ledger to the wallet " + now.owner().checksummed() + ".");
    if (!after.open()) {
      effects.add("Closes the ledger" + (now.subAccounts().isEmpty() ? "" : " and its " + now.subAccounts().size()
          + " empty sub-accounts") + ": nothing is left in it.");
    }
    return Forecast.of(effects, after);
  }

  /** How long what is asked back waits. */
  String lock(ServiceName service) {
    return lockPeriods.map(known -> known.get(service)).map(Forecaster::hours)
        .orElse("the service's lock period, " + hours(USUAL_LOCK) + " where it has set no other");
  }

  private static String hours(Duration lock) {
    return lock.toMinutes() % 60 == 0 ? lock.toHours() + " hours" : lock.toSeconds() + " seconds";
  }

  static String zeroG(Neuron amount) {
    return amount.toZeroG() + " 0G";
  }

  /** An address as people compare it. */
  static String shown(WalletAddress address) {
    return address.checksummed();
  }
}
