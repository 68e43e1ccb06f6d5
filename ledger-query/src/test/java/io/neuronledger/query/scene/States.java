package io.neuronledger.query.scene;

import io.neuronledger.contracts.event.Balances;
import io.neuronledger.contracts.event.LedgerState;
import io.neuronledger.contracts.event.Posting;
import io.neuronledger.contracts.event.SubAccountState;
import io.neuronledger.contracts.value.Neuron;
import io.neuronledger.contracts.value.SubAccountId;
import io.neuronledger.contracts.value.WalletAddress;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Arithmetic on complete states. */
public final class States {
  public static final LedgerState UNOPENED = new LedgerState(false, Neuron.ZERO, List.of());

  private States() {}

  public static Neuron locked(LedgerState state) {
    return state.subAccounts().stream().map(SubAccountState::balance).reduce(Neuron.ZERO, Neuron::plus);
  }

  public static Neuron total(LedgerState state) {
    return state.available().plus(locked(state));
  }

  /** The sub-account; one that was never opened where the state has none. */
  public static SubAccountState subAccount(LedgerState state, SubAccountId id) {
    return state.subAccounts().stream()
        .filter(held -> held.provider().equals(id.provider()) && held.service().equals(id.service())).findFirst()
        .orElse(new SubAccountState(id.provider(), id.service(), false, Neuron.ZERO, false, List.of()));
  }

  static LedgerState with(LedgerState state, Neuron available, SubAccountState now) {
    Map<String, SubAccountState> held = new TreeMap<>();
    state.subAccounts().forEach(subAccount -> held.put(subAccount.service() + " " + subAccount.provider(), subAccount));
    held.put(now.service() + " " + now.provider(), now);
    return new LedgerState(true, available, List.copyOf(held.values()));
  }

  static Balances balances(LedgerState state, Optional<SubAccountState> subAccount) {
    return new Balances(state.open(), state.available(), locked(state), subAccount);
  }

  /** Postings that lead from one total to the other. */
  static List<Posting> difference(WalletAddress owner, LedgerState before, LedgerState after) {
    Neuron was = total(before);
    Neuron is = total(after);
    return is.compareTo(was) >= 0
        ? Posting.moved(Posting.OUTSIDE, Posting.ledger(owner), is.minus(was))
        : Posting.moved(Posting.ledger(owner), Posting.OUTSIDE, was.minus(is));
  }
}
