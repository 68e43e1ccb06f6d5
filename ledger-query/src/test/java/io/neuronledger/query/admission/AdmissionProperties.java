package io.neuronledger.query.admission;

import static org.assertj.core.api.Assertions.assertThat;

import io.neuronledger.contracts.balance.ContractRules;
import io.neuronledger.contracts.usage.NeuronSum;
import io.neuronledger.contracts.value.ChainPosition;
import io.neuronledger.contracts.value.Neuron;
import io.neuronledger.contracts.value.RefundId;
import io.neuronledger.contracts.view.RefundView;
import io.neuronledger.contracts.view.admission.AdmissionCondition;
import io.neuronledger.contracts.view.admission.AdmissionCondition.Name;
import io.neuronledger.contracts.view.admission.AdmissionStep;
import io.neuronledger.contracts.view.admission.AdmissionStep.Action;
import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** The steps are enough, and no less is: played by the contracts' rules. Small amounts stand for 0G. */
class AdmissionProperties {
  private static final ContractRules RULES = new ContractRules(neuron(30), neuron(10), 5, 50, 20);
  private static final Neuron MINIMUM = neuron(10);
  private static final Instant AT = Instant.parse("2026-01-01T00:00:00Z");

  private static Neuron neuron(long amount) {
    return new Neuron(BigInteger.valueOf(amount));
  }

  @Provide
  Arbitrary<Holdings> holdings() {
    Arbitrary<Long> amounts = Arbitraries.longs().between(0, 60);
    Arbitrary<Boolean> flags = Arbitraries.of(true, true, true, false);
    return Combinators.combine(flags, amounts, flags, flags, amounts, amounts,
        Arbitraries.longs().between(1, 20).list().ofMaxSize(5), Arbitraries.of(0, 49, 50)).as((ledger, available,
            account, accepted, free, fees, refunds, providers) -> {
          boolean isOpen = ledger && account;
          return new Holdings(ledger, ledger ? neuron(available) : Neuron.ZERO, true, isOpen,
              ledger && !isOpen ? providers : 0, isOpen && accepted, isOpen ? neuron(free) : Neuron.ZERO,
              NeuronSum.of(neuron(fees)), isOpen ? refunds(refunds) : List.of());
        });
  }

  private static List<RefundView> refunds(List<Long> amounts) {
    return IntStream.range(0, amounts.size()).mapToObj(i -> new RefundView(
        new RefundId(new ChainPosition(i + 1, 0, 0), 0, 0), neuron(amounts.get(i)), AT, AT, RefundView.State.CLAIMABLE,
        0)).collect(Collectors.toList());
  }

  @Property
  void after_the_steps_the_request_is_admitted(@ForAll("holdings") Holdings held, @ForAll("costs") Neuron cost) {
    Admission before = Admission.of(held, MINIMUM, cost, RULES);
    if (!held.subAccountOpen() && held.providers() == RULES.providersMax()) {
      assertThat(before.isAdmitted()).isFalse();
      assertThat(before.steps()).isEmpty();
      return;
    }
    assertThat(before.steps().isEmpty()).isEqualTo(before.isAdmitted());
    Admission after = Admission.of(played(held, before.steps(), 0), MINIMUM, cost, RULES);
    assertThat(after.isAdmitted()).as("%s %s", held, before.steps()).isTrue();
    assertThat(after.steps()).isEmpty();
  }

  @Provide
  Arbitrary<Neuron> costs() {
    return Arbitraries.longs().between(0, 20).map(AdmissionProperties::neuron);
  }

  /** Where the minima of the contracts do not demand more than is missing. */
  @Property
  void with_one_neuron_less_it_is_not(@ForAll("holdings") Holdings held, @ForAll("costs") Neuron cost) {
    Admission before = Admission.of(held, MINIMUM, cost, RULES);
    before.steps().stream().filter(step -> step.action() == Action.TRANSFER_FUND)
        .filter(step -> step.amount().orElseThrow().compareTo(missing(before)) <= 0
            && (held.subAccountOpen() || step.amount().orElseThrow().compareTo(NeuronSum.of(neuron(10))) > 0))
        .forEach(step -> assertThat(Admission.of(played(held, before.steps(), 1), MINIMUM, cost, RULES).isAdmitted())
            .isFalse());
  }

  private static NeuronSum missing(Admission admission) {
    return admission.conditions().stream()
        .filter(each -> each.name() == Name.UNSETTLED_FEES || each.name() == Name.MINIMUM_LOCKED)
        .map(each -> each.missing().orElseThrow()).reduce(NeuronSum.ZERO, NeuronSum::plus);
  }

  @Property
  void what_refunds_hold_back_is_a_part_of_what_is_missing(@ForAll("holdings") Holdings held,
      @ForAll("costs") Neuron cost) {
    Admission admission = Admission.of(held, MINIMUM, cost, RULES);
    AdmissionCondition refunds = admission.conditions().stream()
        .filter(each -> each.name() == Name.PENDING_REFUNDS).findFirst().orElseThrow();
    NeuronSum missing = missing(admission);
    assertThat(refunds.missing().orElseThrow()).isLessThanOrEqualTo(missing).isLessThanOrEqualTo(held.pending());
    assertThat(missing.sign() > 0).isEqualTo(
        NeuronSum.of(held.free()).compareTo(held.unsettled().plus(MINIMUM).plus(cost)) < 0);
  }

  /** @param less what is kept back of the transfer */
  private static Holdings played(Holdings held, List<AdmissionStep> steps, long less) {
    Holdings now = held;
    for (AdmissionStep step : steps) {
      now = switch (step.action()) {
        case DEPOSIT -> deposited(now, amount(step));
        case TRANSFER_FUND -> transferred(now, amount(step).subtract(BigInteger.valueOf(less)), step, less == 0);
        case ACKNOWLEDGE_PROVIDER -> {
          assertThat(now.subAccountOpen()).isTrue();
          yield new Holdings(true, now.available(), true, true, 0, true, now.free(), now.unsettled(), now.refunds());
        }
      };
    }
    return now;
  }

  private static BigInteger amount(AdmissionStep step) {
    return step.amount().orElseThrow().value();
  }

  private static Holdings deposited(Holdings held, BigInteger amount) {
    assertThat(held.ledgerOpen() || amount.compareTo(RULES.ledgerMin().value()) >= 0).isTrue();
    return new Holdings(true, held.available().plus(new Neuron(amount)), held.serviceRegistered(),
        held.subAccountOpen(), held.providers(), held.acknowledged(), held.free(), held.unsettled(), held.refunds());
  }

  /** As AccountLedger.sol: cancels the newest refunds first, moves the rest, and acknowledges the provider. */
  private static Holdings transferred(Holdings held, BigInteger amount, AdmissionStep step, boolean isWhole) {
    assertThat(held.ledgerOpen()).isTrue();
    assertThat(held.subAccountOpen() || held.providers() < RULES.providersMax()).isTrue();
    assertThat(held.subAccountOpen() || amount.compareTo(RULES.firstTransferMin().value()) >= 0).isTrue();
    List<RefundView> left = new ArrayList<>(held.refunds());
    List<AdmissionStep.Cancelled> cancelled = new ArrayList<>();
    BigInteger rest = amount;
    while (!left.isEmpty() && rest.signum() > 0) {
      RefundView newest = left.removeLast();
      Neuron taken = newest.amount().min(new Neuron(rest));
      Neuron remaining = newest.amount().minus(taken);
      cancelled.add(new AdmissionStep.Cancelled(newest.id(), taken, remaining));
      rest = rest.subtract(taken.value());
      if (!remaining.isZero()) {
        left.add(new RefundView(newest.id(), remaining, AT, AT, newest.state(), 0));
      }
    }
    if (isWhole) {
      assertThat(step.cancels()).isEqualTo(cancelled);
    }
    return new Holdings(true, held.available().minus(new Neuron(rest)), true, true, 0, true,
        held.free().plus(new Neuron(amount)), held.unsettled(), left);
  }
}
