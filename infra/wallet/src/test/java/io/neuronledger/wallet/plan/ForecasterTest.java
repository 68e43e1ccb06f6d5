package io.neuronledger.wallet.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.neuronledger.contracts.balance.ContractRules;
import io.neuronledger.contracts.usage.NeuronSum;
import io.neuronledger.contracts.value.Neuron;
import io.neuronledger.contracts.value.ServiceName;
import io.neuronledger.contracts.value.WalletAddress;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ForecasterTest {
  private static final WalletAddress OWNER = WalletAddress.typed("0xa0Ee7A142d267C1f36714E4a8F75612F20a79720");
  private static final WalletAddress A = WalletAddress.typed("0x90F79bf6EB2c4f870365E785982E1f101E93b906");
  private static final WalletAddress B = WalletAddress.typed("0x976EA74026E726554dB657fA54763abd0C3a0aa9");
  private static final ServiceName INFERENCE = ServiceName.of("inference-v1.0");
  private static final Instant FIRST = Instant.parse("2026-11-01T00:00:00Z");
  private static final Duration LOCK = Duration.ofHours(24);
  private static final Holdings NONE = new Holdings(OWNER, false, Neuron.ZERO, Neuron.ZERO, List.of());

  private final Forecaster forecaster = new Forecaster(ContractRules.of("account-ledger", 31337),
      Optional.of(Map.of(INFERENCE, LOCK)));

  private static Neuron zeroG(String amount) {
    return Neuron.ofZeroG(amount);
  }

  private static PendingRefund waiting(String amount, int hour) {
    Instant at = FIRST.plus(Duration.ofHours(hour));
    return new PendingRefund(zeroG(amount), at, at.plus(LOCK), false);
  }

  private static PendingRefund claimable(String amount) {
    return new PendingRefund(zeroG(amount), FIRST.minus(LOCK), FIRST, true);
  }

  private static SubAccountHoldings account(WalletAddress provider, String balance, PendingRefund... refunds) {
    return new SubAccountHoldings(provider, INFERENCE, zeroG(balance), List.of(refunds), NeuronSum.ZERO);
  }

  /** With sub-accounts whose balances make up the rest of the total. */
  private static Holdings holdings(String available, SubAccountHoldings... accounts) {
    return new Holdings(OWNER, true, zeroG(available),
        List.of(accounts).stream().map(SubAccountHoldings::balance).reduce(zeroG(available), Neuron::plus),
        List.of(accounts));
  }

  private Forecast transfer(String amount, Holdings now) {
    return forecaster.of(new WalletAction.Transfer(A, INFERENCE, zeroG(amount)), now);
  }

  private Forecast retrieve(Holdings now, WalletAddress... providers) {
    return forecaster.of(new WalletAction.Retrieve(INFERENCE, List.of(providers)), now);
  }

  private Forecast withdraw(String amount, Holdings now) {
    return forecaster.of(new WalletAction.Withdraw(zeroG(amount)), now);
  }

  private static Neuron available(Forecast forecast) {
    return forecast.after().orElseThrow().available();
  }

  private static String refusal(Forecast forecast) {
    assertThat(forecast.effects()).isEmpty();
    assertThat(forecast.after()).isEmpty();
    return forecast.refusal().orElse("");
  }

  @Test
  void a_first_deposit_opens_the_ledger_and_has_a_minimum() {
    Forecast opens = forecaster.of(new WalletAction.Deposit(zeroG("3")), NONE);
    assertThat(opens.refusal()).isEmpty();
    assertThat(opens.effects()).contains("Opens the ledger.");
    assertThat(available(opens)).isEqualTo(zeroG("3"));
    assertThat(refusal(forecaster.of(new WalletAction.Deposit(zeroG("2.999999999999999999")), NONE)))
        .contains("at least 3 0G", "2.999999999999999999 0G is too little");
    assertThat(refusal(forecaster.of(new WalletAction.Deposit(Neuron.ZERO), holdings("1")))).contains("of nothing");
    Forecast more = forecaster.of(new WalletAction.Deposit(new Neuron(BigInteger.ONE)), holdings("1"));
    assertThat(available(more)).isEqualTo(zeroG("1.000000000000000001"));
    assertThat(more.effects()).hasSize(1);
  }

  @Test
  void the_test_network_of_0g_has_smaller_minima() {
    Forecaster galileo = new Forecaster(ContractRules.of("0g", 16602), Optional.empty());
    assertThat(galileo.of(new WalletAction.Deposit(zeroG("0.1")), NONE).refusal()).isEmpty();
    assertThat(galileo.of(new WalletAction.Deposit(zeroG("0.09")), NONE).refusal()).isPresent();
    assertThat(new Forecaster(ContractRules.of("0g", 16661), Optional.empty())
        .of(new WalletAction.Deposit(zeroG("0.1")), NONE).refusal()).isPresent();
    assertThatThrownBy(() -> ContractRules.of("erc-20", 1)).hasMessageContaining("erc-20");
  }

  @Test
  void a_first_transfer_opens_the_sub_account_and_has_a_minimum() {
    Forecast opens = transfer("1", holdings("5"));
    assertThat(opens.refusal()).isEmpty();
    assertThat(opens.effects().getFirst()).startsWith("Opens the sub-account with " + A.checksummed());
    assertThat(available(opens)).isEqualTo(zeroG("4"));
    assertThat(opens.after().orElseThrow().total()).isEqualTo(zeroG("5"));
    assertThat(refusal(transfer("0.999999999999999999", holdings("5")))).contains("at least 1 0G");
    assertThat(transfer("0.1", holdings("5", account(A, "0"))).refusal()).isEmpty();
  }

  @Test
  void a_transfer_needs_a_ledger_money_and_a_service_that_exists() {
    assertThat(refusal(transfer("1", NONE))).contains("has no ledger");
    assertThat(refusal(transfer("5.5", holdings("5")))).contains("Only 5 0G are available");
    assertThat(refusal(transfer("0", holdings("5")))).contains("moves nothing");
    assertThat(refusal(forecaster.of(new WalletAction.Transfer(A, ServiceName.of("inference-v9.9"), zeroG("1")),
        holdings("5")))).contains("There is no service inference-v9.9", "inference-v1.0");
    assertThat(new Forecaster(forecaster.rules(), Optional.empty()).of(
        new WalletAction.Transfer(A, ServiceName.of("inference-v9.9"), zeroG("1")), holdings("5")).refusal())
        .as("services that may not be read refuse nothing").isEmpty();
  }

  @Test
  void a_wallet_has_at_most_fifty_providers_of_a_service() {
    SubAccountHoldings[] fifty = IntStream.range(1, 51)
        .mapToObj(i -> account(WalletAddress.typed("0x%040x".formatted(i)), "0")).toArray(SubAccountHoldings[]::new);
    assertThat(refusal(transfer("1", holdings("5", fifty)))).contains("at most 50 providers");
  }

  /** The example of docs/domain.md: 5 with refunds 3 and 2, then 7 is transferred. */
  @Test
  void a_transfer_cancels_the_newest_refund_first() {
    Forecast part = transfer("1", holdings("5", account(A, "5", waiting("3", 0), waiting("2", 1))));
    assertThat(part.cancels()).containsExactly(
        "Cancels 1 0G of the refund of 2 0G that was asked for at 2026-11-01T01:00:00Z.");
    assertThat(part.effects().getFirst()).contains("Moves no money");
    assertThat(available(part)).isEqualTo(zeroG("5"));
    Forecast all = transfer("7", holdings("5", account(A, "5", waiting("3", 0), waiting("2", 1))));
    assertThat(all.cancels()).containsExactly(
        "Cancels the refund of 2 0G that was asked for at 2026-11-01T01:00:00Z.",
        "Cancels the refund of 3 0G that was asked for at 2026-11-01T00:00:00Z.");
    assertThat(all.effects().getFirst()).startsWith("Moves 2 0G");
    assertThat(available(all)).isEqualTo(zeroG("3"));
    assertThat(transfer("1", holdings("5", account(A, "5", claimable("2")))).cancels().getFirst())
        .endsWith("although it could be fetched now.");
  }

  /** What is cancelled costs nothing of what is available. */
  @Test
  void a_transfer_that_only_cancels_needs_no_money() {
    assertThat(transfer("5", holdings("0", account(A, "5", waiting("5", 0)))).refusal()).isEmpty();
    assertThat(refusal(transfer("5.1", holdings("0", account(A, "5", waiting("5", 0)))))).contains("move 0.1 0G");
  }

  @Test
  void a_retrieval_fetches_what_is_past_its_lock_and_asks_the_rest_back() {
    Forecast both = retrieve(holdings("1", account(A, "6", claimable("2"), waiting("1", 0))), A, B);
    assertThat(both.effects()).containsExactly(
        "Fetches 2 0G from " + A.checksummed() + ", past their lock: they become available.",
        "Leaves 1 0G with " + A.checksummed() + ": they wait until 2026-11-02T00:00:00Z.",
        "Asks 3 0G back from " + A.checksummed() + ": they can be fetched by another retrieve-fund after 24 hours, as "
            + "far as the provider has not settled fees from them by then.",
        "Passes over " + B.checksummed() + ": there is no sub-account with it.");
    assertThat(available(both)).isEqualTo(zeroG("3"));
  }

  @Test
  void a_retrieval_that_changes_nothing_is_not_sent() {
    assertThat(refusal(retrieve(holdings("1", account(A, "2", waiting("2", 0))), A)))
        .contains("It would change nothing", "wait until 2026-11-02T00:00:00Z");
    assertThat(refusal(retrieve(holdings("1", account(A, "0")), A))).contains("Finds nothing");
    assertThat(refusal(retrieve(holdings("1")))).contains("There is no sub-account");
    assertThat(refusal(retrieve(NONE, A))).contains("has no ledger");
  }

  @Test
  void a_sixth_refund_refuses_the_whole_retrieval_unless_one_is_fetched_by_it() {
    PendingRefund[] five = IntStream.range(0, 5).mapToObj(i -> waiting("1", i)).toArray(PendingRefund[]::new);
    assertThat(refusal(retrieve(holdings("1", account(B, "2"), account(A, "6", five)), B, A)))
        .contains("at most 5 refunds", A.checksummed(), "2026-11-02T00:00:00Z");
    PendingRefund[] four = IntStream.range(0, 4).mapToObj(i -> waiting("1", i)).toArray(PendingRefund[]::new);
    assertThat(retrieve(holdings("1", account(A, "6", claimable("1"), four[0], four[1], four[2], four[3])), A)
        .refusal()).isEmpty();
    assertThat(refusal(retrieve(holdings("1", account(A, "5", five)), A))).as("nothing is free").contains("nothing");
  }

  @Test
  void a_retrieval_takes_at_most_twenty_providers() {
    WalletAddress[] many = IntStream.range(1, 22).mapToObj(i -> WalletAddress.typed("0x%040x".formatted(i)))
        .toArray(WalletAddress[]::new);
    assertThat(refusal(retrieve(holdings("1"), many))).contains("at most 20 providers, not 21");
  }

  @Test
  void a_withdrawal_leaves_nothing_or_the_minimum() {
    Forecast part = withdraw("4.5", holdings("7.5", account(A, "1")));
    assertThat(part.refusal()).isEmpty();
    assertThat(available(part)).isEqualTo(zeroG("3"));
    assertThat(part.after().orElseThrow().total()).isEqualTo(zeroG("4"));
    assertThat(refusal(withdraw("5", holdings("7.5"))))
        .isEqualTo("What stays available is nothing or at least 3 0G, and this would leave 2.5 0G: withdraw all "
            + "7.5 0G, or at most 4.5 0G.");
    assertThat(refusal(withdraw("1", holdings("2")))).endsWith("withdraw all 2 0G.");
    assertThat(refusal(withdraw("8", holdings("7.5")))).contains("Only 7.5 0G are available", "retrieve-fund");
    assertThat(refusal(withdraw("1", NONE))).contains("has no ledger");
    assertThat(refusal(withdraw("0", holdings("3")))).contains("of nothing");
  }

  @Test
  void the_last_withdrawal_closes_the_ledger_but_not_while_sub_accounts_hold_money() {
    Forecast closes = withdraw("4.5", holdings("4.5", account(A, "0"), account(B, "0")));
    assertThat(closes.effects()).contains("Closes the ledger and its 2 empty sub-accounts: nothing is left in it.");
    assertThat(closes.after().orElseThrow().open()).isFalse();
    Forecast stays = withdraw("4.5", holdings("4.5", account(A, "1")));
    assertThat(stays.effects()).hasSize(1);
    assertThat(stays.after().orElseThrow().open()).isTrue();
  }

  @Test
  void a_lock_period_is_that_of_the_service_where_it_is_known() {
    Holdings now = holdings("1", account(A, "2"));
    WalletAction action = new WalletAction.Retrieve(INFERENCE, List.of(A));
    assertThat(new Forecaster(forecaster.rules(), Optional.of(Map.of(INFERENCE, Duration.ofSeconds(3700))))
        .of(action, now).effects().getFirst()).contains("after 3700 seconds");
    assertThat(new Forecaster(forecaster.rules(), Optional.empty()).of(action, now).effects().getFirst())
        .contains("24 hours where it has set no other");
  }
}
