package io.neuronledger.cli.answer;

import io.neuronledger.contracts.value.Neuron;
import io.neuronledger.contracts.value.WalletAddress;
import java.util.Comparator;
import java.util.List;

/**
 * The state of one owner at one block, as a source returns it. Sources that agree return equal records.
 *
 * @param subAccounts the open ones, by service and provider
 */
public record OwnerAnswer(WalletAddress owner, boolean open, Neuron available, Neuron locked, Neuron total,
    List<SubAccountAnswer> subAccounts) {
  public OwnerAnswer {
    subAccounts = subAccounts.stream()
        .sorted(Comparator.comparing(SubAccountAnswer::service).thenComparing(SubAccountAnswer::provider))
        .toList();
  }

  /** An owner without a ledger. */
  public static OwnerAnswer closed(WalletAddress owner) {
    return new OwnerAnswer(owner, false, Neuron.ZERO, Neuron.ZERO, Neuron.ZERO, List.of());
  }

  /** An open ledger; locked and total follow from the sub-accounts. */
  public static OwnerAnswer open(WalletAddress owner, Neuron available, List<SubAccountAnswer> subAccounts) {
    Neuron locked = subAccounts.stream().map(SubAccountAnswer::balance).reduce(Neuron.ZERO, Neuron::plus);
    return new OwnerAnswer(owner, true, available, locked, available.plus(locked), subAccounts);
  }

  /** The ledger's own state. */
  public OwnerAnswer withoutSubAccounts() {
    return new OwnerAnswer(owner, open, available, locked, total, List.of());
  }
}
