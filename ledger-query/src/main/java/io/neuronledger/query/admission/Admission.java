package io.neuronledger.query.admission;

import io.neuronledger.contracts.balance.ContractRules;
import io.neuronledger.contracts.usage.NeuronSum;
import io.neuronledger.contracts.value.Neuron;
import io.neuronledger.contracts.view.RefundView;
import io.neuronledger.contracts.view.admission.AdmissionCondition;
import io.neuronledger.contracts.view.admission.AdmissionCondition.Name;
import io.neuronledger.contracts.view.admission.AdmissionCondition.State;
import io.neuronledger.contracts.view.admission.AdmissionStep;
import io.neuronledger.contracts.view.admission.AdmissionStep.Action;
import io.neuronledger.contracts.view.admission.AdmissionStep.Cancelled;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The rule by which providers serve: what is free of the sub-account covers the unsettled fees, the minimum, and the
 * request's cost.
 *
 * <p>A transfer raises what is free by its whole amount, whether it cancels pending refunds or moves money: so exactly
 * what is missing has to be transferred, and less of it has to be available where refunds are cancelled.
 * Nothing helps where the contracts refuse the transfer that opens the sub-account.
 */
record Admission(List<AdmissionCondition> conditions, List<AdmissionStep> steps) {
  Admission {
    conditions = List.copyOf(conditions);
    steps = List.copyOf(steps);
  }

  /**
   * @param minimum what has to be free beside the fees and the cost, in neuron
   * @param cost of the request, in neuron
   */
  static Admission of(Holdings held, Neuron minimum, Neuron cost, ContractRules rules) {
    NeuronSum needed = NeuronSum.of(minimum).plus(cost);
    NeuronSum free = NeuronSum.of(held.free());
    AdmissionCondition fees = AdmissionCondition.atLeast(Name.UNSETTLED_FEES, held.unsettled(), free);
    AdmissionCondition locked =
        AdmissionCondition.atLeast(Name.MINIMUM_LOCKED, needed, free.minus(held.unsettled()).orZero());
    NeuronSum missing = needed.plus(held.unsettled()).minus(free).orZero();
    NeuronSum heldBack = least(missing, held.pending());
    boolean canOpen = held.subAccountOpen() || held.providers() < rules.providersMax();
    List<AdmissionCondition> conditions = List.of(
        AdmissionCondition.of(Name.LEDGER_OPEN, held.ledgerOpen()),
        AdmissionCondition.of(Name.SERVICE_REGISTERED, held.serviceRegistered()),
        AdmissionCondition.of(Name.SUB_ACCOUNT_OPEN, held.subAccountOpen()),
        AdmissionCondition.of(Name.PROVIDER_LIMIT, canOpen),
        AdmissionCondition.of(Name.ACKNOWLEDGED, held.acknowledged()),
        fees, locked,
        new AdmissionCondition(Name.PENDING_REFUNDS, heldBack.sign() == 0 ? State.MET : State.NOT_MET,
            Optional.of(NeuronSum.ZERO), Optional.of(held.pending()), Optional.of(heldBack)),
        AdmissionCondition.unknown(Name.SIGNER_ACKNOWLEDGED),
        AdmissionCondition.unknown(Name.RATE_LIMITS));
    return new Admission(conditions, held.serviceRegistered() && canOpen ? steps(held, missing, rules) : List.of());
  }

  boolean isAdmitted() {
    return conditions.stream().noneMatch(condition -> condition.state() == State.NOT_MET);
  }

  private static List<AdmissionStep> steps(Holdings held, NeuronSum missing, ContractRules rules) {
    NeuronSum transferred = held.subAccountOpen() ? missing
        : most(missing, NeuronSum.of(rules.firstTransferMin()));
    if (transferred.sign() == 0) {
      return held.acknowledged() ? List.of()
          : List.of(new AdmissionStep(Action.ACKNOWLEDGE_PROVIDER, Optional.empty(), List.of()));
    }
    List<Cancelled> cancels = cancelled(held.refunds(), transferred);
    NeuronSum cancelled = cancels.stream().map(each -> NeuronSum.of(each.amount()))
        .reduce(NeuronSum.ZERO, NeuronSum::plus);
    NeuronSum deposited = transferred.minus(cancelled).minus(NeuronSum.of(held.available())).orZero();
    List<AdmissionStep> steps = new ArrayList<>();
    if (!held.ledgerOpen()) {
      deposited = most(deposited, NeuronSum.of(rules.ledgerMin()));
    }
    if (deposited.sign() > 0) {
      steps.add(new AdmissionStep(Action.DEPOSIT, Optional.of(deposited), List.of()));
    }
    steps.add(new AdmissionStep(Action.TRANSFER_FUND, Optional.of(transferred), cancels));
    return steps;
  }

  /** Newest first, as the contracts do; the last one perhaps in part. */
  private static List<Cancelled> cancelled(List<RefundView> oldestFirst, NeuronSum transferred) {
    List<Cancelled> cancels = new ArrayList<>();
    NeuronSum left = transferred;
    for (RefundView refund : oldestFirst.reversed()) {
      if (left.sign() > 0) {
        Neuron amount = new Neuron(least(left, NeuronSum.of(refund.amount())).value());
        cancels.add(new Cancelled(refund.id(), amount, refund.amount().minus(amount)));
        left = left.minus(NeuronSum.of(amount));
      }
    }
    return cancels;
  }

  private static NeuronSum least(NeuronSum one, NeuronSum other) {
    return one.compareTo(other) <= 0 ? one : other;
  }

  private static NeuronSum most(NeuronSum one, NeuronSum other) {
    return one.compareTo(other) >= 0 ? one : other;
  }
}
