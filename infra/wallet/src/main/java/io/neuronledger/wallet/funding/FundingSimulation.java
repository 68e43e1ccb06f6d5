package io.neuronledger.wallet.funding;

import io.neuronledger.contracts.usage.NeuronSum;
import io.neuronledger.contracts.value.Neuron;
import io.neuronledger.wallet.funding.FundingDecision.Fund;
import io.neuronledger.wallet.plan.Holdings;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Plays a policy against what has happened: the same deposits, transfers by hand, refunds, requests and settlements,
 * and the transfers that the policy would have made beside them, each mined at once.
 */
public final class FundingSimulation {
  private static final FundingState.Nonces SEEN =
      new FundingState.Nonces(BigInteger.ZERO, BigInteger.ZERO, BigInteger.ZERO, BigInteger.ZERO);

  private final FundingDecider decider;
  private final List<FundingRule> rules;
  private final SimulatedHoldings holdings;
  private final Map<FundingRule, List<PastTransfer>> transfers = new HashMap<>();
  private final List<SimulatedDay> days = new ArrayList<>();
  private final Map<FundingRule, Day> running = new HashMap<>();

  /** A day that is not over. */
  private static final class Day {
    private final LocalDate date;
    private Neuron funded = Neuron.ZERO;
    private int transfers;
    private NeuronSum used = NeuronSum.ZERO;
    private NeuronSum lowest;
    private int refused;
    private Optional<Instant> firstRefused = Optional.empty();
    private Optional<String> notFunded = Optional.empty();

    Day(LocalDate date, NeuronSum lowest) {
      this.date = date;
      this.lowest = lowest;
    }

    SimulatedDay of(FundingRule rule) {
      return new SimulatedDay(date, rule, funded, transfers, used, lowest, refused, firstRefused, notFunded);
    }
  }

  /**
   * From a beginning.
   *
   * @param before the transfers to each sub-account until then
   */
  public FundingSimulation(FundingDecider decider, List<FundingRule> rules, Holdings beginning,
      Map<FundingRule, List<PastTransfer>> before, Duration lock) {
    this.decider = decider;
    this.rules = List.copyOf(rules);
    this.holdings = new SimulatedHoldings(beginning, lock);
    rules.forEach(rule -> transfers.put(rule, new ArrayList<>(before.getOrDefault(rule, List.of()))));
  }

  /**
   * Plays.
   *
   * @param moves what has happened from the beginning to the end
   * @return each day of each rule, in the order of time
   */
  public List<SimulatedDay> play(List<AccountMove> moves, Instant beginning, Instant end) {
    List<AccountMove> inOrder = moves.stream().sorted(Comparator.comparing(AccountMove::time)).toList();
    Map<FundingRule, Instant> next = new HashMap<>();
    rules.forEach(rule -> next.put(rule, beginning));
    int played = 0;
    for (Instant now = beginning; !now.isAfter(end); now = first(next)) {
      while (played < inOrder.size() && !inOrder.get(played).time().isAfter(now)) {
        happened(inOrder.get(played));
        played++;
      }
      for (FundingRule rule : rules) {
        if (!next.getOrDefault(rule, now).isAfter(now)) {
          look(rule, now);
          next.put(rule, now.plus(rule.interval()));
        }
      }
    }
    inOrder.subList(played, inOrder.size()).forEach(this::happened);
    rules.forEach(rule -> Optional.ofNullable(running.remove(rule)).ifPresent(day -> days.add(day.of(rule))));
    return days.stream().sorted(Comparator.comparing(SimulatedDay::day)).toList();
  }

  private static Instant first(Map<FundingRule, Instant> next) {
    return next.values().stream().min(Instant::compareTo).orElseThrow();
  }

  private Day day(FundingRule rule, Instant time) {
    LocalDate date = FundingDecider.day(time);
    Day current = running.get(rule);
    if (current == null || !current.date.equals(date)) {
      if (current != null) {
        days.add(current.of(rule));
      }
      current = new Day(date, holdings.spendable(rule.provider(), rule.service()));
      running.put(rule, current);
    }
    return current;
  }

  private void happened(AccountMove move) {
    for (FundingRule rule : rules) {
      if (move instanceof AccountMove.OfAccount of && rule.isAbout(of.provider(), of.service())) {
        Day day = day(rule, move.time());
        if (move instanceof AccountMove.Used used) {
          day.used = day.used.plus(used.fee());
          if (holdings.spendable(rule.provider(), rule.service()).compareTo(NeuronSum.of(used.fee())) < 0) {
            day.refused++;
            day.firstRefused = day.firstRefused.or(() -> Optional.of(used.time()));
          }
        }
        if (move instanceof AccountMove.Transferred byHand) {
          transfersOf(rule).add(new PastTransfer(byHand.time(), byHand.amount()));
        }
      }
    }
    holdings.apply(move);
    rules.forEach(rule -> lowest(rule, move.time()));
  }

  private void lowest(FundingRule rule, Instant time) {
    Day day = day(rule, time);
    NeuronSum spendable = holdings.spendable(rule.provider(), rule.service());
    if (spendable.compareTo(day.lowest) < 0) {
      day.lowest = spendable;
    }
  }

  private List<PastTransfer> transfersOf(FundingRule rule) {
    return transfers.computeIfAbsent(rule, _ -> new ArrayList<>());
  }

  private void look(FundingRule rule, Instant now) {
    Day day = day(rule, now);
    FundingDecision decision = decider.decide(rule,
        new FundingState(holdings.at(now), now, false, false, transfersOf(rule), Neuron.ZERO, SEEN), now);
    switch (decision) {
      case Fund fund -> {
        holdings.apply(new AccountMove.Transferred(now, rule.provider(), rule.service(), fund.amount()));
        transfersOf(rule).add(new PastTransfer(now, fund.amount()));
        day.funded = day.funded.plus(fund.amount());
        day.transfers++;
      }
      case FundingDecision.Refuse refuse -> day.notFunded = Optional.of(refuse.reason());
      case FundingDecision.Unsure unsure -> day.notFunded = Optional.of(unsure.reason());
      case FundingDecision.Wait wait -> day.notFunded = Optional.of(wait.reason());
      case FundingDecision.Enough _ -> {
        // Nothing to do.
      }
    }
  }
}
