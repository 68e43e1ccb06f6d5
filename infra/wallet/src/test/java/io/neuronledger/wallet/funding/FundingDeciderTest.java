package io.neuronledger.wallet.funding;

import static org.assertj.core.api.Assertions.assertThat;

import io.neuronledger.contracts.balance.ContractRules;
import io.neuronledger.contracts.usage.NeuronSum;
import io.neuronledger.contracts.value.Neuron;
import io.neuronledger.contracts.value.WalletAddress;
import io.neuronledger.wallet.funding.FundingDecision.Fund;
import io.neuronledger.wallet.plan.Forecaster;
import io.neuronledger.wallet.plan.Holdings;
import io.neuronledger.wallet.plan.PendingRefund;
import io.neuronledger.wallet.plan.SubAccountHoldings;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each limit from both sides. */
class FundingDeciderTest {
  private static final WalletAddress OWNER = WalletAddress.typed("0xa0Ee7A142d267C1f36714E4a8F75612F20a79720");
  private static final Instant BLOCK = Instant.parse("2026-11-28T23:59:50Z");
  private static final Instant NEXT_DAY = Instant.parse("2026-11-29T00:00:10Z");

  private final FundingDecider decider =
      new FundingDecider(new Forecaster(ContractRules.of("account-ledger", 31_337), Optional.empty()));

  private static Neuron zeroG(String amount) {
    return Neuron.ofZeroG(amount);
  }

  private static FundingRule rule(String ofDay, String inAll, boolean undo) {
    return new FundingRule(RandomChain.PROVIDER, RandomChain.SERVICE, zeroG("3"), zeroG("5"), Duration.ofMinutes(5),
        zeroG(ofDay), zeroG(inAll), Optional.of(LocalDate.parse("2026-11-01")), undo);
  }

  private static FundingState state(String available, String balance, String refund, String unsettled, int deep,
      PastTransfer... past) {
    List<PendingRefund> refunds = refund.equals("0") ? List.of()
        : List.of(new PendingRefund(zeroG(refund), BLOCK, BLOCK.plus(Duration.ofHours(24)), false));
    SubAccountHoldings account = new SubAccountHoldings(RandomChain.PROVIDER, RandomChain.SERVICE, zeroG(balance),
        refunds, NeuronSum.of(zeroG(unsettled)));
    return new FundingState(new Holdings(OWNER, true, zeroG(available), zeroG(available).plus(zeroG(balance)),
        balance.equals("0") ? List.of() : List.of(account)), BLOCK, false, false, List.of(past), Neuron.ZERO,
        new FundingState.Nonces(BigInteger.valueOf(deep), BigInteger.TWO, BigInteger.TWO, BigInteger.TWO));
  }

  /** Of the amount, 0 for none. */
  @ParameterizedTest
  @CsvSource({
      "9, 3, 0, 0, 10, 0", "9, 2.999999999999999999, 0, 0, 10, 2.000000000000000001", "9, 4, 0, 1, 10, 0",
      "9, 4, 0, 1.000000000000000001, 10, 2.000000000000000001", "9, 1, 0, 3, 10, 7", "1, 1, 0, 0, 10, 1",
      "0, 1, 0, 0, 10, 0", "9, 1, 0, 0, 3, 3", "9, 0, 0, 0, 10, 5", "0.5, 0, 0, 0, 10, 0", "9, 3, 1, 0, 10, 0"})
  void so_much_is_transferred(String available, String balance, String refund, String unsettled, String ofDay,
      String amount) {
    FundingDecision decision =
        decider.decide(rule(ofDay, "100", false), state(available, balance, refund, unsettled, 2), BLOCK);
    assertThat(decision instanceof Fund fund ? fund.amount() : Neuron.ZERO).as(decision.reason())
        .isEqualTo(zeroG(amount));
  }

  @Test
  void a_refund_is_undone_where_the_policy_says_so() {
    assertThat(decider.decide(rule("10", "100", true), state("0", "3", "1", "0", 2), BLOCK))
        .isInstanceOfSatisfying(Fund.class, fund -> assertThat(fund.amount()).isEqualTo(zeroG("1")));
  }

  @Test
  void a_cap_per_day_holds_for_the_day_of_the_newest_block_and_that_of_the_clock() {
    PastTransfer today = new PastTransfer(BLOCK.minusSeconds(60), zeroG("9"));
    PastTransfer yesterday = new PastTransfer(BLOCK.minus(Duration.ofDays(1)), zeroG("9"));
    assertThat(Stream.of(BLOCK, NEXT_DAY).map(now -> decider.decide(rule("10", "100", false),
        state("9", "1", "0", "0", 2, today, yesterday), now))).allSatisfy(decision -> assertThat(decision)
            .isInstanceOfSatisfying(Fund.class, fund -> assertThat(fund.amount()).isEqualTo(zeroG("1"))));
    assertThat(decider.decide(rule("10", "100", false), state("9", "1", "0", "0", 2, yesterday), NEXT_DAY))
        .isInstanceOfSatisfying(Fund.class, fund -> assertThat(fund.amount()).isEqualTo(zeroG("4")));
  }

  @Test
  void a_cap_in_all_counts_from_its_first_day() {
    PastTransfer before = new PastTransfer(Instant.parse("2026-10-31T23:59:59Z"), zeroG("9"));
    PastTransfer first = new PastTransfer(Instant.parse("2026-11-01T00:00:00Z"), zeroG("9"));
    assertThat(decider.decide(rule("10", "10", false), state("9", "1", "0", "0", 2, before, first), BLOCK))
        .isInstanceOfSatisfying(Fund.class, fund -> assertThat(fund.amount()).isEqualTo(zeroG("1")));
    assertThat(decider.decide(rule("10", "10", false), state("9", "1", "0", "0", 2, first,
        new PastTransfer(first.time(), zeroG("1"))), BLOCK).reason()).contains("the cap in all 10 0G is used up");
  }

  @Test
  void it_waits_until_what_was_sent_before_is_deep_enough() {
    assertThat(decider.decide(rule("10", "100", false), state("9", "1", "0", "0", 1), BLOCK))
        .isInstanceOf(FundingDecision.Wait.class);
    assertThat(decider.decide(rule("10", "100", false), state("9", "3", "0", "0", 1), BLOCK))
        .isInstanceOf(FundingDecision.Enough.class);
  }
}
