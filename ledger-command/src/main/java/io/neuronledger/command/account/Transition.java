package io.neuronledger.command.account;

import io.neuronledger.contracts.event.Balances;
import io.neuronledger.contracts.event.Cause;
import io.neuronledger.contracts.event.ChainEvent;
import io.neuronledger.contracts.event.Evidence;
import io.neuronledger.contracts.event.LedgerEvent;
import io.neuronledger.contracts.event.Posting;
import io.neuronledger.contracts.event.Rule;
import io.neuronledger.contracts.value.Neuron;
import io.neuronledger.contracts.value.SubAccountId;
import io.neuronledger.contracts.value.WalletAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What follows from one fact, while it is worked out: the ledger as it becomes, the postings that lead there and the
 * rules that the fact broke. Used once and thrown away.
 */
final class Transition {
  final WalletAddress owner;
  final Cause cause;
  private Ledger ledger;
  private final List<Posting> postings = new ArrayList<>(4);
  private final List<LedgerEvent> breaches = new ArrayList<>(0);

  Transition(Ledger before, WalletAddress owner, Cause cause) {
    this.ledger = before;
    this.owner = owner;
    this.cause = cause;
  }

  Ledger ledger() {
    return ledger;
  }

  void becomes(Ledger after) {
    this.ledger = after;
  }

  String ledgerAccount() {
    return Posting.ledger(owner);
  }

  void post(String from, String to, Neuron amount) {
    postings.addAll(Posting.moved(from, to, amount));
  }

  List<Posting> postings() {
    return List.copyOf(postings);
  }

  /**
   * How much of {@code amount} the owner's total can still take: it is a uint256 as a whole. On a chain whose coin fits
   * into one, all of it; a fact that says more is a breach, and the rest is left out.
   */
  Neuron acceptable(Neuron amount) {
    Neuron room = Neuron.MAX.minus(ledger.total());
    if (amount.compareTo(room) > 0) {
      breach(Rule.TOTAL_IS_UINT256, Optional.empty(), "at most " + room + " more", amount.toString());
    }
    return amount.min(room);
  }

  /** How much of {@code amount} is there to be moved; a breach where it is not all. */
  Neuron covered(Neuron amount, Neuron balance, Optional<SubAccountId> subAccount) {
    if (amount.compareTo(balance) > 0) {
      breach(Rule.BALANCE_COVERS_MOVEMENT, subAccount, "at most " + balance, amount.toString());
    }
    return amount.min(balance);
  }

  /** The fact stands; a breach where nothing that was looked into explains it. */
  void checkExplained(ChainEvent.OwnerFact fact) {
    if (cause.evidence().filter(Transition::isUnexplained).isPresent()) {
      Optional<SubAccountId> subAccount = fact instanceof ChainEvent.SubAccountFact of
          ? Optional.of(of.subAccount()) : Optional.empty();
      breach(Rule.MOVE_IS_EXPLAINED, subAccount, "a log, a call or a trace", "a difference of states");
    }
  }

  private static boolean isUnexplained(Evidence evidence) {
    return switch (evidence) {
      case Evidence.Unexplained _ -> true;
      case Evidence.Unverified unverified -> isUnexplained(unverified.evidence());
      case Evidence.Log _, Evidence.Transaction _, Evidence.Trace _, Evidence.Snapshot _ -> false;
    };
  }

  void notOpen(Optional<SubAccountId> subAccount, String actual) {
    breach(Rule.ACCOUNT_IS_OPEN, subAccount, subAccount.isEmpty() ? "an open ledger" : "an open sub-account", actual);
  }

  void breach(Rule rule, Optional<SubAccountId> subAccount, String expected, String actual) {
    String account = subAccount.map(Posting::subAccount).orElseGet(this::ledgerAccount);
    String where = cause.position().block() + "-" + cause.position().transaction() + "-" + cause.position().step() + "-"
        + cause.branch();
    String key = rule.name().toLowerCase(Locale.ROOT).replace('_', '-') + ":" + where + ":" + account;
    breaches.add(new LedgerEvent.DiscrepancyFound(owner, key, rule, subAccount, expected, actual, cause));
  }

  /** The balances as they are now, where only the ledger was touched. */
  Balances after() {
    return after(Optional.empty());
  }

  /** The balances as they are now, with the touched sub-account, if it is there. */
  Balances after(SubAccountId touched) {
    return after(ledger.subAccount(touched));
  }

  private Balances after(Optional<SubAccount> touched) {
    return new Balances(ledger.open(), ledger.available(), ledger.locked(), touched.map(SubAccount::state));
  }

  /** The fact's own event, and then what it broke. */
  List<LedgerEvent> with(LedgerEvent own) {
    List<LedgerEvent> events = new ArrayList<>(breaches.size() + 1);
    events.add(own);
    events.addAll(breaches);
    return events;
  }

  List<LedgerEvent> breaches() {
    return List.copyOf(breaches);
  }
}
