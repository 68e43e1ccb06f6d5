package io.neuronledger.wallet.funding;

import io.neuronledger.contracts.usage.NeuronSum;
import io.neuronledger.contracts.value.Neuron;
import io.neuronledger.wallet.funding.FundingDecision.Enough;
import io.neuronledger.wallet.funding.FundingDecision.Fund;
import io.neuronledger.wallet.funding.FundingDecision.Refuse;
import io.neuronledger.wallet.funding.FundingDecision.Unsure;
import io.neuronledger.wallet.funding.FundingDecision.Wait;
import io.neuronledger.wallet.plan.Forecast;
import io.neuronledger.wallet.plan.Forecaster;
import io.neuronledger.wallet.plan.SubAccountHoldings;
import io.neuronledger.wallet.plan.WalletAction;
import java.math.BigInteger;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Decides by a rule of the policy, from what is known and nothing else.
 *
 * <p>A transfer that is signed with the wallet's next nonce is mined after all that the wallet has sent before, and in
 * place of any other of that nonce. So where the state has all of the wallet's transactions, and no fork takes them
 * back, no transfer that was made elsewhere is missed by the caps, and no refund can be asked for in between.
 */
public final class FundingDecider {
  private final Forecaster forecaster;

  public FundingDecider(Forecaster forecaster) {
    this.forecaster = forecaster;
  }

  /** @param now by the clock; what is mined counts for a day not before that of the state's block */
  public FundingDecision decide(FundingRule rule, FundingState state, Instant now) {
    Optional<String> unsure = unsure(state);
    if (unsure.isPresent()) {
      return new Unsure(unsure.get());
    }
    if (!state.holdings().open()) {
      return new Refuse("this wallet has no ledger to take it from: deposit first");
    }
    Optional<SubAccountHoldings> account = state.holdings().find(rule.provider(), rule.service());
    NeuronSum spendable = account.map(SubAccountHoldings::spendable).orElse(NeuronSum.ZERO);
    String has = NeuronSum.of(rule.threshold()).compareTo(spendable) <= 0
        ? "%s spendable, at least the threshold %s".formatted(shown(spendable), shown(rule.threshold()))
        : "%s spendable, below the threshold %s".formatted(shown(spendable), shown(rule.threshold()));
    if (NeuronSum.of(rule.threshold()).compareTo(spendable) <= 0) {
      return new Enough(has);
    }
    if (!state.nonces().deep().equals(state.nonces().mined())) {
      return new Wait(has + ", and the wallet's last transaction, nonce "
          + state.nonces().mined().subtract(BigInteger.ONE) + ", is not as deep in the chain as the policy demands");
    }
    Neuron pending = account.map(SubAccountHoldings::pending).orElse(Neuron.ZERO);
    Neuron undone = pending.compareTo(state.deepPending()) >= 0 ? pending : state.deepPending();
    if (!undone.isZero() && !rule.undoRefund()) {
      return new Refuse(has + ", and a transfer would undo refunds of " + shown(undone)
          + ", which the policy does not allow");
    }
    return limited(rule, state, now, has, NeuronSum.of(rule.target()).minus(spendable), pending);
  }

  private static Optional<String> unsure(FundingState state) {
    FundingState.Nonces nonces = state.nonces();
    if (state.behind()) {
      return Optional.of("the ledger is behind the chain");
    }
    if (state.quarantined()) {
      return Optional.of("the ledger has set records of this wallet apart");
    }
    if (!nonces.pending().equals(nonces.mined())) {
      return Optional.of("a transaction of this wallet waits in the node, nonce " + nonces.mined());
    }
    if (!nonces.atBlock().equals(nonces.mined())) {
      return Optional.of("the ledger has not come to the wallet's last transaction yet, nonce "
          + nonces.mined().max(nonces.atBlock()));
    }
    return Optional.empty();
  }

  private FundingDecision limited(FundingRule rule, FundingState state, Instant now, String has, NeuronSum wanted,
      Neuron pending) {
    Neuron ofDay = rule.capPerDay().minusOrZero(spentOfDay(state, now));
    Neuron inAll = rule.capInAll().minusOrZero(sum(state.transfers().stream()
        .filter(each -> rule.since().map(day -> !day(each.time()).isBefore(day)).orElse(true)).toList()));
    Neuron movable = state.holdings().available().plus(pending);
    if (ofDay.isZero()) {
      return new Refuse(has + ", and the cap per day " + shown(rule.capPerDay()) + " is used up");
    }
    if (inAll.isZero()) {
      return new Refuse(has + ", and the cap in all " + shown(rule.capInAll()) + " is used up");
    }
    if (movable.isZero()) {
      return new Refuse(has + ", and nothing is available in the ledger");
    }
    Neuron most = ofDay.min(inAll).min(movable);
    boolean whole = wanted.compareTo(NeuronSum.of(most)) <= 0;
    Neuron amount = whole ? new Neuron(wanted.value()) : most;
    String reason = has + (whole ? ": up to the target " + shown(rule.target())
        : ": less than up to the target " + shown(rule.target()) + ", by "
            + limits(most, ofDay, inAll, movable));
    Forecast forecast = forecaster.of(new WalletAction.Transfer(rule.provider(), rule.service(), amount),
        state.holdings());
    return forecast.refusal().<FundingDecision>map(refusal -> new Refuse(has + ", and a rule refuses "
        + shown(amount) + ": " + refusal)).orElseGet(() -> new Fund(amount, reason
            + (forecast.cancels().isEmpty() ? "" : "; " + String.join(" ", forecast.cancels()))));
  }

  private static String limits(Neuron most, Neuron ofDay, Neuron inAll, Neuron movable) {
    List<String> limits = new ArrayList<>();
    if (most.equals(ofDay)) {
      limits.add("the cap per day");
    }
    if (most.equals(inAll)) {
      limits.add("the cap in all");
    }
    if (most.equals(movable)) {
      limits.add("what is available");
    }
    return String.join(" and ", limits);
  }

  /** It is mined on the day of the state's block, on that of the clock or on a later one, of which there is nothing. */
  private static Neuron spentOfDay(FundingState state, Instant now) {
    Neuron ofBlock = spentOn(day(state.blockTime()), state);
    Neuron ofClock = spentOn(day(now), state);
    return ofBlock.compareTo(ofClock) >= 0 ? ofBlock : ofClock;
  }

  private static Neuron spentOn(LocalDate day, FundingState state) {
    return sum(state.transfers().stream().filter(each -> day(each.time()).equals(day)).toList());
  }

  private static Neuron sum(List<PastTransfer> transfers) {
    return transfers.stream().map(PastTransfer::amount).reduce(Neuron.ZERO, Neuron::plus);
  }

  static LocalDate day(Instant time) {
    return time.atZone(ZoneOffset.UTC).toLocalDate();
  }

  private static String shown(Neuron amount) {
    return amount.toZeroG() + " 0G";
  }

  private static String shown(NeuronSum amount) {
    return Neuron.zeroG(amount.value()) + " 0G";
  }
}
