package io.neuronledger.command.account.rules;

import io.neuronledger.command.account.Ledger;
import io.neuronledger.command.account.SubAccount;
import io.neuronledger.contracts.balance.Balances;
import io.neuronledger.contracts.balance.Posting;
import io.neuronledger.contracts.balance.StoredPosting;
import io.neuronledger.contracts.event.Cause;
import io.neuronledger.contracts.event.ChainEvent;
import io.neuronledger.contracts.event.Evidence;
import io.neuronledger.contracts.event.LedgerEvent;
import io.neuronledger.contracts.event.Rule;
import io.neuronledger.contracts.value.Neuron;
import io.neuronledger.contracts.value.SubAccountId;
import io.neuronledger.contracts.value.WalletAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/**
 * The effect of one fact while it is computed: the new ledger, the postings that lead to it and the rules that the fact
 * broke. Used once.
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

  void set(Ledger after) {
    this.ledger = after;
  }

  String ledgerAccount() {
    return Posting.ledger(owner);
  }

  void post(String from, String to, Neuron amount) {
    postings.addAll(Posting.moved(from, to, amount));
  }

  /**
   * The part of {@code amount} that keeps the owner's total within a uint256. On a chain whose native supply fits into
   * one, all of it; a larger amount is a breach, and the remainder is dropped.
   */
  Neuron limitToTotal(Neuron amount) {
    Neuron room = Neuron.MAX.minus(ledger.total());
    if (amount.compareTo(room) > 0) {
      reportBreach(Rule.TOTAL_IS_UINT256, Optional.empty(), "at most " + room + " more", amount.toString());
    }
    return amount.min(room);
  }

  /** The part of {@code amount} that the balance covers; a breach if that is not all. */
  Neuron limitToBalance(Neuron amount, Neuron balance, Optional<SubAccountId> subAccount) {
    if (amount.compareTo(balance) > 0) {
      reportBreach(Rule.BALANCE_COVERS_MOVEMENT, subAccount, "at most " + balance, amount.toString());
    }
    return amount.min(balance);
  }

  /** Reports a breach if the fact was only inferred from a difference of states; the fact is recorded all the same. */
  void checkExplained(ChainEvent.OwnerFact fact) {
    if (cause.evidence().filter(Transition::isUnexplained).isPresent()) {
      Optional<SubAccountId> subAccount = fact instanceof ChainEvent.SubAccountFact of
          ? Optional.of(of.subAccount()) : Optional.empty();
      reportBreach(Rule.MOVE_IS_EXPLAINED, subAccount, "a log, a call or a trace", "a difference of states");
    }
  }

  private static boolean isUnexplained(Evidence evidence) {
    return switch (evidence) {
      case Evidence.Unexplained _ -> true;
      case Evidence.Unverified unverified -> isUnexplained(unverified.evidence());
      case Evidence.Log _, Evidence.Transaction _, Evidence.Trace _, Evidence.Snapshot _ -> false;
    };
  }

  void reportNotOpen(Optional<SubAccountId> subAccount, String actual) {
    reportBreach(Rule.ACCOUNT_IS_OPEN, subAccount, subAccount.isEmpty() ? "an open ledger" : "an open sub-account",
        actual);
  }

  void reportBreach(Rule rule, Optional<SubAccountId> subAccount, String expected, String actual) {
    String account = subAccount.map(Posting::subAccount).orElseGet(this::ledgerAccount);
    String where = cause.position().block() + "-" + cause.position().transaction() + "-" + cause.position().step() + "-"
        + cause.branch();
    String key = rule.name().toLowerCase(Locale.ROOT).replace('_', '-') + ":" + where + ":" + account;
    breaches.add(new LedgerEvent.DiscrepancyFound(owner, key, rule, subAccount, expected, actual, cause));
  }

  /** The new balances, for a fact that concerns no sub-account. */
  Balances after() {
    return after(Optional.empty());
  }

  /** The new balances with those of the sub-account, if it is open. */
  Balances after(SubAccountId touched) {
    return after(ledger.subAccount(touched));
  }

  private Balances after(Optional<SubAccount> touched) {
    return new Balances(ledger.open(), ledger.available(), ledger.locked(), touched.map(SubAccount::balances));
  }

  /**
   * The fact's own event, then its discrepancies.
   *
   * @param event receives the postings where they are not the typical ones of its type
   */
  List<LedgerEvent> events(Function<Optional<List<StoredPosting>>, LedgerEvent.Posted> event) {
    LedgerEvent.Posted typical = event.apply(Optional.empty());
    List<LedgerEvent> events = new ArrayList<>(breaches.size() + 1);
    events.add(typical.typicalPostings().equals(postings) ? typical
        : event.apply(Optional.of(StoredPosting.of(postings, owner, typical.subAccounts()))));
    events.addAll(breaches);
    return events;
  }

  List<LedgerEvent> breaches() {
    return List.copyOf(breaches);
  }
}
