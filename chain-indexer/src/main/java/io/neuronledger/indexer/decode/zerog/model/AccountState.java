package io.neuronledger.indexer.decode.zerog.model;

import io.neuronledger.contracts.balance.ObservedLedger.Refund;
import io.neuronledger.contracts.balance.RefundRules;
import io.neuronledger.contracts.value.Neuron;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The state of a sub-account.
 *
 * @param balance the whole balance, pending refunds included
 * @param acknowledged whether the user accepts settlements that the provider signs
 * @param refunds the active ones, oldest first
 */
public record AccountState(Neuron balance, boolean acknowledged, List<Refund> refunds) {
  private static final String ACKNOWLEDGED = "+";
  private static final String NOT_ACKNOWLEDGED = "-";
  private static final int FIXED_PARTS = 2;

  public AccountState {
    refunds = List.copyOf(refunds);
  }

  public Neuron pending() {
    return refunds.stream().map(Refund::amount).reduce(Neuron.ZERO, Neuron::plus);
  }

  public AccountState balance(Neuron amount) {
    return new AccountState(amount, acknowledged, refunds);
  }

  public AccountState acknowledged(boolean accepted) {
    return new AccountState(balance, accepted, refunds);
  }

  public AccountState and(Refund newest) {
    List<Refund> more = new ArrayList<>(refunds);
    more.add(newest);
    return new AccountState(balance, acknowledged, more);
  }

  /** Cancels pending refunds from the newest on, the last one in part. Empty where less is pending. */
  public Optional<AccountState> withoutNewest(Neuron amount) {
    RefundRules.Reduction<Refund> reduction = RefundRules.takeNewest(refunds, amount);
    return reduction.uncovered().isZero()
        ? Optional.of(new AccountState(balance, acknowledged, reduction.left()))
        : Optional.empty();
  }

  /** Completes refunds from the oldest on, each as a whole. Empty where the amount ends inside one. */
  public Optional<AccountState> withoutOldest(Neuron amount) {
    RefundRules.Reduction<Refund> reduction = RefundRules.takeOldest(refunds, amount);
    return reduction.uncovered().isZero() && reduction.isWhole()
        ? Optional.of(new AccountState(balance, acknowledged, reduction.left()))
        : Optional.empty();
  }

  /** {@code balance + amount@seconds amount@seconds …}; {@code -} where the provider is not acknowledged. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder(balance.toString()).append(' ')
        .append(acknowledged ? ACKNOWLEDGED : NOT_ACKNOWLEDGED);
    for (Refund refund : refunds) {
      text.append(' ').append(refund.amount()).append('@').append(refund.requestedAt().getEpochSecond());
    }
    return text.toString();
  }

  public static AccountState parse(String text) {
    String[] parts = text.split(" ", -1);
    List<Refund> refunds = new ArrayList<>(parts.length - FIXED_PARTS);
    for (int i = FIXED_PARTS; i < parts.length; i++) {
      int at = parts[i].indexOf('@');
      refunds.add(new Refund(Neuron.parse(parts[i].substring(0, at)),
          Instant.ofEpochSecond(Long.parseLong(parts[i].substring(at + 1)))));
    }
    return new AccountState(Neuron.parse(parts[0]), parts[1].equals(ACKNOWLEDGED), refunds);
  }
}
