package io.neuronledger.contracts.balance;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import io.neuronledger.contracts.value.Neuron;
import java.util.List;
import java.util.Optional;

/**
 * The balances after an event. Readers assign them, never add.
 *
 * @param open whether the ledger is open
 * @param available not allocated
 * @param locked the sum of the sub-accounts' balances
 * @param subAccount those of the sub-account that the event names; absent where it changed the ledger only
 */
public record Balances(boolean open, Neuron available, Neuron locked, Optional<SubAccountBalances> subAccount) {
  /** available + locked. */
  public Neuron total() {
    return available.plus(locked);
  }

  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  static Balances of(Form form) {
    return new Balances(form.closed.isEmpty(), form.available, form.locked, form.balance.map(balance ->
        new SubAccountBalances(form.subAccountClosed.isEmpty(), balance, form.unacknowledged.isEmpty(),
            form.refunds.orElse(List.of()))));
  }

  @JsonValue
  Form form() {
    return new Form(flag(!open), available, locked, subAccount.map(SubAccountBalances::balance),
        subAccount.flatMap(state -> flag(!state.open())), subAccount.flatMap(state -> flag(!state.acknowledged())),
        subAccount.map(SubAccountBalances::refunds).filter(refunds -> !refunds.isEmpty()));
  }

  private static Optional<Boolean> flag(boolean set) {
    return set ? Optional.of(true) : Optional.empty();
  }

  /**
   * The JSON, without what is usual.
   *
   * @param closed true, or absent where the ledger is open
   * @param balance of the sub-account that the event names, pending refunds included; absent where it names none
   * @param subAccountClosed true, or absent where it is open
   * @param unacknowledged true, or absent where the owner accepts the provider's settlements
   * @param refunds the active ones of the sub-account, oldest first; absent where there is none
   */
  public record Form(Optional<Boolean> closed, Neuron available, Neuron locked, Optional<Neuron> balance,
      Optional<Boolean> subAccountClosed, Optional<Boolean> unacknowledged, Optional<List<PendingRefund>> refunds) {
    private static final Optional<Boolean> NO = Optional.of(false);

    public Form {
      if (closed.equals(NO) || subAccountClosed.equals(NO) || unacknowledged.equals(NO)) {
        throw new IllegalArgumentException("closed, sub_account_closed and unacknowledged are true or absent");
      }
    }
  }
}
