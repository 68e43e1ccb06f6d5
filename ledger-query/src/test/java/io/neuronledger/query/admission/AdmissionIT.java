package io.neuronledger.query.admission;

import static org.assertj.core.api.Assertions.assertThat;

import io.neuronledger.contracts.balance.LedgerState;
import io.neuronledger.contracts.balance.PendingRefund;
import io.neuronledger.contracts.balance.SubAccountState;
import io.neuronledger.contracts.usage.NeuronSum;
import io.neuronledger.contracts.value.ChainPosition;
import io.neuronledger.contracts.value.Neuron;
import io.neuronledger.contracts.value.RefundId;
import io.neuronledger.contracts.value.ServiceName;
import io.neuronledger.contracts.value.SubAccountId;
import io.neuronledger.contracts.view.admission.AdmissionAnswer;
import io.neuronledger.contracts.view.admission.AdmissionCondition;
import io.neuronledger.contracts.view.admission.AdmissionCondition.Name;
import io.neuronledger.contracts.view.admission.AdmissionCondition.State;
import io.neuronledger.contracts.view.admission.AdmissionStep;
import io.neuronledger.query.asof.selector.BlockSelector;
import io.neuronledger.query.fixture.AccountEventScript;
import io.neuronledger.query.fixture.Chain;
import io.neuronledger.query.fixture.Meters;
import io.neuronledger.query.fixture.QueryFixture;
import io.neuronledger.query.fixture.Wallets;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Each condition broken once, and found. */
class AdmissionIT {
  private static final ServiceName INFERENCE = ServiceName.of("inference-v1.0");
  private static final SubAccountId ID = new SubAccountId(Wallets.wallet(1), Wallets.wallet(7), INFERENCE);

  private final QueryFixture fixture = new QueryFixture(1);
  private final Meters meters = new Meters();
  private final AccountEventScript script = AccountEventScript.started(0, 1).known(INFERENCE);
  private int processed;

  @AfterEach
  void close() {
    fixture.close();
  }

  @Test
  void a_funded_and_acknowledged_sub_account_is_admitted() {
    holding("5", "2", true);
    AdmissionAnswer answer = now("0");
    assertThat(answer.admitted()).isTrue();
    assertThat(broken(answer)).isEmpty();
    assertThat(answer.steps()).isEmpty();
    assertThat(answer.conditions()).extracting(AdmissionCondition::name).containsExactly(Name.values());
    assertThat(answer.conditions()).filteredOn(each -> each.state() == State.UNKNOWN)
        .extracting(AdmissionCondition::name).containsExactly(Name.SIGNER_ACKNOWLEDGED, Name.RATE_LIMITS);
  }

  @Test
  void a_wallet_without_a_ledger_deposits_what_opens_one_and_transfers_the_minimum() {
    script.seal();
    AdmissionAnswer answer = now("0");
    assertThat(broken(answer)).containsExactly(Name.LEDGER_OPEN, Name.SUB_ACCOUNT_OPEN, Name.ACKNOWLEDGED,
        Name.MINIMUM_LOCKED);
    assertSteps(answer, "deposit 3", "transfer-fund 1");
  }

  @Test
  void the_conditions_are_those_of_a_past_block() {
    script.seal();
    holding("5", "2", true);
    assertThat(broken(now("0"))).isEmpty();
    assertThat(broken(answer(QueryFixture.at(1), INFERENCE, "0"))).contains(Name.LEDGER_OPEN);
  }

  @Test
  void a_sub_account_that_is_not_open_gets_a_first_transfer() {
    script.deposit(ID.owner(), zeroG("5")).seal();
    AdmissionAnswer answer = now("0");
    assertThat(broken(answer)).containsExactly(Name.SUB_ACCOUNT_OPEN, Name.ACKNOWLEDGED, Name.MINIMUM_LOCKED);
    assertSteps(answer, "transfer-fund 1");
  }

  @Test
  void of_an_unknown_service_nothing_helps() {
    holding("5", "2", true);
    AdmissionAnswer answer = answer(QueryFixture.NOW, ServiceName.of("inference-v9"), "0");
    assertThat(broken(answer)).contains(Name.SERVICE_REGISTERED, Name.SUB_ACCOUNT_OPEN);
    assertThat(answer.steps()).isEmpty();
  }

  @Test
  void a_provider_that_is_not_acknowledged_is() {
    holding("5", "2", false);
    AdmissionAnswer answer = now("0");
    assertThat(broken(answer)).containsExactly(Name.ACKNOWLEDGED);
    assertSteps(answer, "acknowledge-provider");
  }

  @Test
  void unsettled_fees_and_the_minimum_are_topped_up_exactly() {
    holding("5", "2", true);
    report("2.25");
    AdmissionAnswer answer = now("0");
    assertThat(broken(answer)).containsExactly(Name.UNSETTLED_FEES, Name.MINIMUM_LOCKED);
    assertMissing(answer, Name.UNSETTLED_FEES, "0.25");
    assertMissing(answer, Name.MINIMUM_LOCKED, "1");
    assertSteps(answer, "transfer-fund 1.25");
  }

  @Test
  void the_request_s_own_cost_counts() {
    holding("5", "2", true);
    assertThat(broken(now("1"))).isEmpty();
    AdmissionAnswer answer = now("1.000000000000000001");
    assertThat(broken(answer)).containsExactly(Name.MINIMUM_LOCKED);
    assertMissing(answer, Name.MINIMUM_LOCKED, "0.000000000000000001");
  }

  @Test
  void what_is_not_available_is_deposited_first() {
    holding("0.5", "0.25", true);
    AdmissionAnswer answer = now("1");
    assertSteps(answer, "deposit 1.25", "transfer-fund 1.75");
  }

  /** Balance 2, of which refunds of 0.75 and then 0.5 are pending. */
  @Test
  void pending_refunds_hold_back_and_the_newest_are_cancelled_first() {
    holding("0", "2", true, "0.75", "0.5");
    AdmissionAnswer answer = now("0.5");
    assertThat(broken(answer)).containsExactly(Name.MINIMUM_LOCKED, Name.PENDING_REFUNDS);
    assertMissing(answer, Name.PENDING_REFUNDS, "0.75");
    assertSteps(answer, "transfer-fund 0.75 cancels 0.5 leaving 0 cancels 0.25 leaving 0.5");
  }

  /** Reported before it opens. */
  @Test
  void fees_of_a_sub_account_that_is_not_open_count() {
    script.deposit(ID.owner(), zeroG("5"));
    report("0.5");
    assertSteps(now("0"), "transfer-fund 1.5");
  }

  @Test
  void with_as_many_providers_as_the_contracts_allow_no_transfer_opens_another() {
    providers(49, INFERENCE, 51, ServiceName.of("inference-v2.0"));
    AdmissionAnswer last = now("0");
    assertThat(broken(last)).containsExactly(Name.SUB_ACCOUNT_OPEN, Name.ACKNOWLEDGED, Name.MINIMUM_LOCKED);
    assertSteps(last, "transfer-fund 1");
    providers(50, INFERENCE, 0, INFERENCE);
    AdmissionAnswer answer = now("0");
    assertThat(broken(answer)).containsExactly(Name.SUB_ACCOUNT_OPEN, Name.PROVIDER_LIMIT, Name.ACKNOWLEDGED,
        Name.MINIMUM_LOCKED);
    assertThat(answer.steps()).isEmpty();
  }

  /** Others than the one that is asked about. */
  private void providers(int count, ServiceName service, int more, ServiceName other) {
    List<SubAccountState> accounts = IntStream.range(0, count + more).mapToObj(i -> new SubAccountState(
        Wallets.wallet(100 + i), i < count ? service : other, true, zeroG("1"), true, List.of())).toList();
    script.deposit(ID.owner(), zeroG("200")).seal()
        .restate(ID.owner(), new LedgerState(true, zeroG("100"), accounts)).seal();
  }

  private void holding(String available, String balance, boolean acknowledged, String... refunds) {
    List<PendingRefund> pending = IntStream.range(0, refunds.length)
        .mapToObj(i -> new PendingRefund(new RefundId(new ChainPosition(1, i, 0), 0, 0), zeroG(refunds[i]),
            Chain.blockTime(1), false)).toList();
    script.deposit(ID.owner(), zeroG("100")).seal().restate(ID.owner(), new LedgerState(true, zeroG(available),
        List.of(new SubAccountState(ID.provider(), ID.service(), true, zeroG(balance), acknowledged, pending)))).seal();
  }

  private void report(String fee) {
    script.add(meters.recorded(ID, List.of(Meters.line("r-1", Chain.GENESIS.plusSeconds(60),
        zeroG(fee).value().longValueExact())))).seal();
  }

  private AdmissionAnswer now(String cost) {
    return answer(QueryFixture.NOW, INFERENCE, cost);
  }

  private AdmissionAnswer answer(BlockSelector selector, ServiceName service, String cost) {
    fixture.process(script.records().subList(processed, script.records().size()));
    processed = script.records().size();
    AdmissionQueries queries = new AdmissionQueries(QueryFixture.JSON, new AdmissionSettings("1000000000000000000"));
    return fixture.ownerReads().answer(ID.owner(), selector, (at, db) -> queries.admission(ID.owner(),
        new AdmissionFilter(ID.provider(), service, zeroG(cost)), at, db));
  }

  private static Neuron zeroG(String amount) {
    return Neuron.ofZeroG(amount);
  }

  private static List<Name> broken(AdmissionAnswer answer) {
    List<Name> broken = answer.conditions().stream().filter(each -> each.state() == State.NOT_MET)
        .map(AdmissionCondition::name).toList();
    assertThat(answer.admitted()).isEqualTo(broken.isEmpty());
    return broken;
  }

  private static void assertMissing(AdmissionAnswer answer, Name name, String expected) {
    assertThat(answer.conditions().stream().filter(each -> each.name() == name).findFirst()
        .flatMap(AdmissionCondition::missing).map(NeuronSum::toZeroG)).isEqualTo(Optional.of(expected));
  }

  private static void assertSteps(AdmissionAnswer answer, String... expected) {
    assertThat(answer.steps().stream().map(AdmissionIT::shown)).containsExactly(expected);
  }

  private static String shown(AdmissionStep step) {
    StringBuilder shown = new StringBuilder(switch (step.action()) {
      case DEPOSIT -> "deposit";
      case TRANSFER_FUND -> "transfer-fund";
      case ACKNOWLEDGE_PROVIDER -> "acknowledge-provider";
    });
    step.amount().ifPresent(amount -> shown.append(' ').append(amount.toZeroG()));
    step.cancels().forEach(each -> shown.append(" cancels ").append(each.amount().toZeroG()).append(" leaving ")
        .append(each.remaining().toZeroG()));
    return shown.toString();
  }
}
