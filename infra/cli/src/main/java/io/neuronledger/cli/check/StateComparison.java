package io.neuronledger.cli.check;

import io.neuronledger.cli.answer.OwnerAnswer;
import io.neuronledger.cli.answer.RefundAnswer;
import io.neuronledger.cli.answer.SubAccountAnswer;
import io.neuronledger.contracts.value.Neuron;
import io.neuronledger.contracts.value.WalletAddress;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Function;

/** Compares states of owners part by part, as values; their text is for display only. */
final class StateComparison {
  private final Consumer<CheckResult.Difference> differences;
  private int ledgers;
  private int subAccounts;
  private int refunds;

  /** @param differences receives each difference */
  StateComparison(Consumer<CheckResult.Difference> differences) {
    this.differences = differences;
  }

  void compare(OwnerAnswer ledgerState, OwnerAnswer contractState) {
    ledgers++;
    WalletAddress owner = ledgerState.owner();
    compare(owner, "ledger", Optional.of(ledgerState.withoutSubAccounts()),
        Optional.of(contractState.withoutSubAccounts()), StateComparison::text);
    SortedMap<String, SubAccountAnswer> ledgerAccounts = byName(ledgerState);
    SortedMap<String, SubAccountAnswer> contractAccounts = byName(contractState);
    SortedSet<String> names = new TreeSet<>(ledgerAccounts.keySet());
    names.addAll(contractAccounts.keySet());
    names.forEach(name -> compare(owner, name, Optional.ofNullable(ledgerAccounts.get(name)),
        Optional.ofNullable(contractAccounts.get(name))));
  }

  private void compare(WalletAddress owner, String name, Optional<SubAccountAnswer> ledgerState,
      Optional<SubAccountAnswer> contractState) {
    subAccounts++;
    compare(owner, name, ledgerState.map(Amounts::of), contractState.map(Amounts::of), Amounts::text);
    if (ledgerState.isPresent() && contractState.isPresent()) {
      compare(owner, name + ", acknowledged", ledgerState.map(SubAccountAnswer::acknowledged),
          contractState.map(SubAccountAnswer::acknowledged), String::valueOf);
    }
    List<RefundAnswer> ledgerSide = ledgerState.map(SubAccountAnswer::refunds).orElse(List.of());
    List<RefundAnswer> contractSide = contractState.map(SubAccountAnswer::refunds).orElse(List.of());
    for (int i = 0; i < Math.max(ledgerSide.size(), contractSide.size()); i++) {
      refunds++;
      compare(owner, name + ", refund " + (i + 1), nth(ledgerSide, i), nth(contractSide, i), StateComparison::text);
    }
  }

  private <T> void compare(WalletAddress owner, String what, Optional<T> ledgerState, Optional<T> contractState,
      Function<T, String> text) {
    if (!ledgerState.equals(contractState)) {
      differences.accept(new CheckResult.Difference(owner, what, ledgerState.map(text).orElse("none"),
          contractState.map(text).orElse("none")));
    }
  }

  private record Amounts(Neuron balance, Neuron pendingRefund) {
    static Amounts of(SubAccountAnswer account) {
      return new Amounts(account.balance(), account.pendingRefund());
    }

    String text() {
      return "balance " + balance + ", pending " + pendingRefund;
    }
  }

  private static String text(OwnerAnswer owner) {
    String amounts = "available " + owner.available() + ", locked " + owner.locked() + ", total " + owner.total();
    return owner.open() ? amounts : owner.equals(OwnerAnswer.closed(owner.owner())) ? "closed" : "closed, " + amounts;
  }

  private static String text(RefundAnswer refund) {
    return refund.amount() + " asked at " + refund.requestedAt() + (refund.claimable() ? ", claimable" : ", waiting");
  }

  private static Optional<RefundAnswer> nth(List<RefundAnswer> refunds, int index) {
    return index < refunds.size() ? Optional.of(refunds.get(index)) : Optional.empty();
  }

  private static SortedMap<String, SubAccountAnswer> byName(OwnerAnswer owner) {
    SortedMap<String, SubAccountAnswer> accounts = new TreeMap<>();
    owner.subAccounts().forEach(account -> accounts.put(account.service() + " with " + account.provider(), account));
    return accounts;
  }

  int ledgers() {
    return ledgers;
  }

  int subAccounts() {
    return subAccounts;
  }

  int refunds() {
    return refunds;
  }
}
