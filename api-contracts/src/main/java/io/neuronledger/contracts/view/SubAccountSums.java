package io.neuronledger.contracts.view;

import io.neuronledger.contracts.usage.NeuronSum;
import java.util.List;
import java.util.function.Function;

/**
 * The sums of several sub-accounts' amounts, each as in {@link SubAccountView}. Spendable is what each can spend at its
 * provider: the shortfall of one is not taken from another.
 */
public record SubAccountSums(NeuronSum balance, NeuronSum pendingRefund, NeuronSum free, NeuronSum unsettled,
    NeuronSum unreported, NeuronSum spendable, NeuronSum shortfall) {
  public static SubAccountSums of(List<SubAccountView> accounts) {
    return new SubAccountSums(sum(accounts, account -> NeuronSum.of(account.balance())),
        sum(accounts, account -> NeuronSum.of(account.pendingRefund())),
        sum(accounts, account -> NeuronSum.of(account.free())), sum(accounts, SubAccountView::unsettled),
        sum(accounts, SubAccountView::unreported), sum(accounts, SubAccountView::spendable),
        sum(accounts, SubAccountView::shortfall));
  }

  private static NeuronSum sum(List<SubAccountView> accounts, Function<SubAccountView, NeuronSum> amount) {
    return accounts.stream().map(amount).reduce(NeuronSum.ZERO, NeuronSum::plus);
  }
}
