package io.neuronledger.wallet.funding;

import static org.assertj.core.api.Assertions.assertThat;

import io.neuronledger.contracts.balance.ContractRules;
import io.neuronledger.contracts.value.Neuron;
import io.neuronledger.wallet.funding.FundingDecision.Fund;
import io.neuronledger.wallet.plan.Forecaster;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/**
 * Random policies on a random chain with forks, two machines that know nothing of each other, transactions that are
 * lost, sent late and replaced, a ledger that lags, and an owner who uses the wallet by hand.
 */
class FundingProperties {
  private static final int STEPS = 250;

  @Property(tries = 400)
  void never_above_a_cap_and_never_against_a_refund(@ForAll long seed, @ForAll @IntRange(min = 0, max = 3) int depth) {
    Random random = new Random(seed);
    FundingRule rule = rule(random, random.nextInt(4) == 0);
    RandomChain chain = new RandomChain(random, depth, rule);
    List<FundingDecider> machines = List.of(decider(), decider());
    List<RandomChain.Signed> late = new ArrayList<>();
    for (int step = 0; step < STEPS; step++) {
      switch (random.nextInt(12)) {
        case 0, 1, 2 -> look(machines.get(random.nextInt(machines.size())), chain, rule, random.nextInt(3) == 0 ? 1 : 0)
            .ifPresent(signed -> {
              // Killed between the signature and sending it, or not.
              if (random.nextInt(4) == 0) {
                late.add(signed);
              } else {
                chain.send(signed);
              }
            });
        case 3, 4 -> chain.mine();
        case 5 -> chain.fork();
        case 6 -> chain.byHand();
        case 7 -> chain.use();
        case 8 -> chain.settle();
        case 9 -> chain.pass(Duration.ofMinutes(random.nextInt(random.nextInt(4) == 0 ? 2_000 : 60)));
        case 10 -> chain.lose();
        default -> {
          if (!late.isEmpty()) {
            chain.send(late.remove(random.nextInt(late.size())));
          }
        }
      }
    }
  }

  private static Optional<RandomChain.Signed> look(FundingDecider machine, RandomChain chain, FundingRule rule,
      int lag) {
    return machine.decide(rule, chain.state(lag), chain.now()) instanceof Fund fund
        ? Optional.of(chain.sign(fund.amount())) : Optional.empty();
  }

  /**
   * What is promised: where each fee is at most the threshold, and the sub-account is looked at after each request, no
   * request is refused while the ledger has the money, the caps allow it, and no refund is asked for.
   */
  @Property(tries = 300)
  void a_request_is_never_refused_while_money_is_there(@ForAll long seed) {
    Random random = new Random(seed);
    FundingRule rule = new FundingRule(RandomChain.PROVIDER, RandomChain.SERVICE, zeroG("2"),
        zeroG(2 + random.nextInt(5) + ""), Duration.ofMinutes(5), zeroG("1000000"), zeroG("1000000"),
        Optional.empty(), false);
    RandomChain chain = new RandomChain(random, 0, rule);
    for (int step = 0; step < STEPS; step++) {
      look(decider(), chain, rule, 0).ifPresent(chain::send);
      chain.mine();
      boolean served = chain.use(zeroG(random.nextInt(3) + ""));
      assertThat(served || chain.holdings().available().isZero()).as("step %d, %s", step, chain.holdings()).isTrue();
      if (random.nextInt(3) == 0) {
        chain.settle();
        chain.mine();
      }
    }
  }

  private static FundingRule rule(Random random, boolean undo) {
    int threshold = 1 + random.nextInt(4);
    int ofDay = 1 + random.nextInt(12);
    return new FundingRule(RandomChain.PROVIDER, RandomChain.SERVICE, zeroG(threshold + ""),
        zeroG(threshold + random.nextInt(6) + ".5"), Duration.ofMinutes(1), zeroG(ofDay + ""),
        zeroG(ofDay + random.nextInt(30) + ""), Optional.empty(), undo);
  }

  private static FundingDecider decider() {
    return new FundingDecider(new Forecaster(ContractRules.of("account-ledger", 31_337), Optional.empty()));
  }

  private static Neuron zeroG(String amount) {
    return Neuron.ofZeroG(amount);
  }
}
