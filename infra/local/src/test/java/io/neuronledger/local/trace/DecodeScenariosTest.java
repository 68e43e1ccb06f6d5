package io.neuronledger.local.trace;

import static io.neuronledger.local.trace.ContractState.ONE;
import static io.neuronledger.local.trace.Simulation.FINE_TUNING;
import static io.neuronledger.local.trace.Simulation.INFERENCE;
import static io.neuronledger.local.trace.Simulation.MANAGER;
import static org.assertj.core.api.Assertions.assertThat;

import io.neuronledger.contracts.event.ChainEvent;
import io.neuronledger.contracts.event.Evidence;
import io.neuronledger.contracts.event.RejectionReason;
import io.neuronledger.contracts.value.Neuron;
import io.neuronledger.contracts.value.SettlementNonce;
import io.neuronledger.contracts.value.WalletAddress;
import io.neuronledger.local.trace.node.AbiWriter;
import io.neuronledger.local.trace.node.TraceSwitches;
import java.math.BigInteger;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** One case each: what the contracts can do, and what is told of it. */
class DecodeScenariosTest {
  private static final WalletAddress ALICE = Simulation.wallet(1);
  private static final WalletAddress BOB = Simulation.wallet(2);
  /** A contract. */
  private static final WalletAddress SAFE = Simulation.wallet(3);
  private static final WalletAddress PROVIDER = Simulation.wallet(0x51);
  private static final WalletAddress OTHER_PROVIDER = Simulation.wallet(0x52);

  private final Simulation simulation = new Simulation(100).knowing(ALICE, BOB, SAFE);

  private static BigInteger og(long amount) {
    return ONE.multiply(BigInteger.valueOf(amount));
  }

  private static Neuron neuron(long zeroG) {
    return new Neuron(og(zeroG));
  }

  private void deposits(WalletAddress wallet, long amount) {
    assertThat(simulation.nextBlock().direct(wallet, new Operation.Deposit(og(amount)))).isTrue();
  }

  private void transfers(WalletAddress wallet, WalletAddress service, long amount) {
    assertThat(simulation.nextBlock().direct(wallet, new Operation.Transfer(service, PROVIDER, og(amount)))).isTrue();
  }

  private void settles(WalletAddress caller, Operation.Item... items) {
    assertThat(simulation.nextBlock().direct(caller, new Operation.Settle(List.of(items)))).isTrue();
  }

  private static Operation.Item item(WalletAddress user, WalletAddress provider, long fee, long nonce, int refusal) {
    return new Operation.Item(user, provider, og(fee), BigInteger.valueOf(nonce), refusal);
  }

  private List<DecodedTrace.Fact> told(TraceSwitches switches) {
    return TraceChecks.check(simulation.trace(), switches, 50);
  }

  private List<DecodedTrace.Fact> told() {
    return told(TraceSwitches.ALL);
  }

  private static List<ChainEvent> lastOf(List<DecodedTrace.Fact> facts) {
    long block = facts.getLast().reading().position().block();
    return facts.stream().filter(fact -> fact.reading().position().block() == block).map(DecodedTrace.Fact::event)
        .filter(event -> !(event instanceof ChainEvent.ServiceRegistered)).toList();
  }

  private List<ChainEvent> last() {
    return lastOf(told());
  }

  @Test
  void a_withdrawal_of_everything_closes_all_and_is_told_once() {
    deposits(ALICE, 10);
    transfers(ALICE, INFERENCE, 2);
    transfers(ALICE, FINE_TUNING, 1);
    simulation.nextBlock().direct(ALICE, new Operation.Retrieve(INFERENCE, List.of(PROVIDER)));
    simulation.nextBlock().direct(ALICE, new Operation.Retrieve(FINE_TUNING, List.of(PROVIDER)));
    simulation.nextBlock(1, Duration.ofDays(1)).direct(ALICE, new Operation.Retrieve(INFERENCE, List.of(PROVIDER)));
    simulation.nextBlock().direct(ALICE, new Operation.Retrieve(FINE_TUNING, List.of(PROVIDER)));
    simulation.nextBlock().direct(ALICE, new Operation.Refund(og(10)));
    assertThat(last()).containsExactly(new ChainEvent.Withdraw(ALICE, neuron(10)),
        new ChainEvent.SubAccountClosed(ALICE, PROVIDER, Trace.INFERENCE),
        new ChainEvent.SubAccountClosed(ALICE, PROVIDER, Trace.FINE_TUNING), new ChainEvent.LedgerClosed(ALICE));
  }

  @Test
  void an_empty_ledger_is_deleted_and_opened_again() {
    deposits(ALICE, 3);
    transfers(ALICE, INFERENCE, 3);
    settles(PROVIDER, item(ALICE, PROVIDER, 3, 5, 0));
    simulation.nextBlock().direct(ALICE, new Operation.DeleteLedger());
    assertThat(last()).containsExactly(new ChainEvent.SubAccountClosed(ALICE, PROVIDER, Trace.INFERENCE),
        new ChainEvent.LedgerClosed(ALICE));
    deposits(ALICE, 4);
    transfers(ALICE, INFERENCE, 2);
    settles(PROVIDER, item(ALICE, PROVIDER, 1, 5, 0), item(ALICE, PROVIDER, 1, 6, 0));
    assertThat(last()).as("the nonce of before still counts").containsExactly(
        new ChainEvent.SettlementRejected(ALICE, PROVIDER, Trace.INFERENCE, neuron(1), RejectionReason.INVALID_NONCE,
            nonce(5)),
        new ChainEvent.Settled(ALICE, PROVIDER, Trace.INFERENCE, neuron(1), neuron(1), nonce(6)));
  }

  @Test
  void a_withdrawal_of_nothing_closes_what_is_empty() {
    deposits(ALICE, 3);
    simulation.nextBlock().direct(ALICE, new Operation.Refund(BigInteger.ZERO));
    assertThat(last()).containsExactly(new ChainEvent.Withdraw(ALICE, Neuron.ZERO));
    transfers(ALICE, INFERENCE, 3);
    settles(PROVIDER, item(ALICE, PROVIDER, 9, 1, 0));
    simulation.nextBlock().direct(ALICE, new Operation.Refund(BigInteger.ZERO));
    assertThat(last()).containsExactly(new ChainEvent.Withdraw(ALICE, Neuron.ZERO),
        new ChainEvent.SubAccountClosed(ALICE, PROVIDER, Trace.INFERENCE), new ChainEvent.LedgerClosed(ALICE));
  }

  @Test
  void each_item_of_a_batch_has_its_answer() {
    deposits(ALICE, 10);
    deposits(BOB, 10);
    transfers(ALICE, INFERENCE, 2);
    transfers(BOB, INFERENCE, 1);
    settles(PROVIDER, item(ALICE, OTHER_PROVIDER, 1, 1, 0), item(ALICE, PROVIDER, 1, 1, 3),
        item(ALICE, PROVIDER, 1, 2, 0), item(SAFE, PROVIDER, 1, 3, 0), item(BOB, PROVIDER, 5, 4, 0),
        item(BOB, PROVIDER, 5, 5, 0), item(ALICE, PROVIDER, 0, 6, 0), item(ALICE, PROVIDER, 1, 6, 0));
    assertThat(last()).containsExactly(
        rejected(ALICE, OTHER_PROVIDER, 1, RejectionReason.PROVIDER_MISMATCH, 1),
        rejected(ALICE, PROVIDER, 1, RejectionReason.SIGNER_NOT_ACKNOWLEDGED, 1),
        settled(ALICE, 1, 1, 2), rejected(SAFE, PROVIDER, 1, RejectionReason.INVALID_SIGNATURE, 3),
        settled(BOB, 5, 1, 4), settled(BOB, 5, 0, 5), settled(ALICE, 0, 0, 6),
        rejected(ALICE, PROVIDER, 1, RejectionReason.INVALID_NONCE, 6));
  }

  private static ChainEvent settled(WalletAddress user, long asked, long amount, long nonce) {
    return new ChainEvent.Settled(user, PROVIDER, Trace.INFERENCE, neuron(asked), neuron(amount), nonce(nonce));
  }

  private static ChainEvent rejected(WalletAddress user, WalletAddress provider, long asked, RejectionReason reason,
      long nonce) {
    return new ChainEvent.SettlementRejected(user, provider, Trace.INFERENCE, neuron(asked), reason, nonce(nonce));
  }

  private static Optional<SettlementNonce> nonce(long value) {
    return Optional.of(new SettlementNonce(BigInteger.valueOf(value)));
  }

  @Test
  void fine_tuning_names_everything_itself() {
    deposits(ALICE, 10);
    transfers(ALICE, FINE_TUNING, 2);
    simulation.nextBlock().direct(ALICE, new Operation.Retrieve(FINE_TUNING, List.of(PROVIDER)));
    simulation.nextBlock().direct(PROVIDER, new Operation.SettleFees(ALICE, og(1), BigInteger.TEN));
    simulation.direct(PROVIDER, new Operation.SettleFees(ALICE, BigInteger.ZERO, BigInteger.valueOf(11)));
    assertThat(last()).containsExactly(
        new ChainEvent.Settled(ALICE, PROVIDER, Trace.FINE_TUNING, neuron(1), neuron(1), nonce(10)),
        new ChainEvent.Settled(ALICE, PROVIDER, Trace.FINE_TUNING, Neuron.ZERO, Neuron.ZERO, nonce(11)));
  }

  @Test
  void a_request_that_asks_nothing_new_says_nothing() {
    deposits(ALICE, 10);
    transfers(ALICE, INFERENCE, 2);
    simulation.nextBlock().direct(ALICE, new Operation.Retrieve(INFERENCE, List.of(PROVIDER, PROVIDER)));
    simulation.nextBlock().direct(ALICE, new Operation.Retrieve(INFERENCE, List.of(PROVIDER)));
    transfers(ALICE, INFERENCE, 1);
    simulation.nextBlock().direct(ALICE, new Operation.Retrieve(INFERENCE, List.of(PROVIDER)));
    // The older one has passed its lock, the newer one not, and nothing is free: paid, and asked for in vain.
    simulation.nextBlock(1, Duration.ofDays(1).minusSeconds(3)).direct(ALICE,
        new Operation.Retrieve(INFERENCE, List.of(PROVIDER)));
    List<ChainEvent> events = told().stream().map(DecodedTrace.Fact::event).toList();
    assertThat(events).filteredOn(ChainEvent.RefundRequested.class::isInstance).containsExactly(
        new ChainEvent.RefundRequested(ALICE, PROVIDER, Trace.INFERENCE, neuron(2)),
        new ChainEvent.RefundRequested(ALICE, PROVIDER, Trace.INFERENCE, neuron(1)));
    assertThat(events.getLast())
        .isEqualTo(new ChainEvent.Transfer(ALICE, PROVIDER, Trace.INFERENCE, false, neuron(1), Neuron.ZERO));
  }

  @Test
  void provider_equal_to_owner_and_the_zero_provider_are_accounts_like_others() {
    deposits(ALICE, 10);
    for (WalletAddress provider : List.of(ALICE, WalletAddress.ZERO)) {
      simulation.nextBlock().direct(ALICE, new Operation.Transfer(FINE_TUNING, provider, og(2)));
      simulation.nextBlock().direct(ALICE, new Operation.Retrieve(FINE_TUNING, List.of(provider)));
    }
    assertThat(told()).hasSize(1 + 2 + 4);
  }

  @Test
  void calls_through_a_wallet_keep_their_order_among_the_logs() {
    simulation.nextBlock().through(ALICE, SAFE, new Operation.AddLedger(og(5)),
        new Operation.Transfer(INFERENCE, PROVIDER, og(5)), new Operation.DepositFor(BOB, og(4)),
        new Operation.Deposit(og(3)), new Operation.Transfer(FINE_TUNING, PROVIDER, og(3)),
        new Operation.Deposit(og(9)), new Operation.Refund(og(6)));
    List<ChainEvent> expected = List.of(new ChainEvent.Deposit(SAFE, SAFE, neuron(5)),
        new ChainEvent.Transfer(SAFE, PROVIDER, Trace.INFERENCE, true, neuron(5), Neuron.ZERO),
        new ChainEvent.Deposit(BOB, SAFE, neuron(4)), new ChainEvent.Deposit(SAFE, SAFE, neuron(3)),
        new ChainEvent.Transfer(SAFE, PROVIDER, Trace.FINE_TUNING, true, neuron(3), Neuron.ZERO),
        new ChainEvent.Deposit(SAFE, SAFE, neuron(9)), new ChainEvent.Withdraw(SAFE, neuron(6)));
    for (TraceSwitches.Traces traces : Arrays.asList(TraceSwitches.Traces.CALL_TRACER,
        TraceSwitches.Traces.CALL_TRACER_WITHOUT_LOGS, TraceSwitches.Traces.PARITY)) {
      List<DecodedTrace.Fact> facts = told(TraceSwitches.ALL.with(traces));
      assertThat(lastOf(facts)).as(traces.name()).isEqualTo(expected);
      assertThat(facts.stream().filter(fact -> fact.event() instanceof ChainEvent.Deposit)
          .map(fact -> fact.reading().evidence())).allMatch(Evidence.Trace.class::isInstance);
    }
  }

  @Test
  void what_failed_and_all_that_it_called_counts_for_nothing() {
    simulation.nextBlock().through(ALICE, SAFE, new Operation.Deposit(og(5)),
        new Operation.Failing(new Operation.Deposit(og(7)), List.of(new Operation.DepositFor(BOB, og(6)),
            new Operation.Failing(new Operation.Deposit(og(8)), List.of()))),
        new Operation.Refund(og(1)));
    for (TraceSwitches.Traces traces : Arrays.asList(TraceSwitches.Traces.CALL_TRACER,
        TraceSwitches.Traces.CALL_TRACER_WITHOUT_LOGS, TraceSwitches.Traces.PARITY)) {
      assertThat(lastOf(told(TraceSwitches.ALL.with(traces)))).containsExactly(
          new ChainEvent.Deposit(SAFE, SAFE, neuron(5)), new ChainEvent.Withdraw(SAFE, neuron(1)));
    }
  }

  @Test
  void a_contract_that_nobody_expects_shows_in_the_coins() {
    deposits(ALICE, 5);
    simulation.nextBlock().through(BOB, SAFE, "0xabcdef01", new Operation.DepositFor(ALICE, og(2)));
    List<DecodedTrace.Fact> facts = told();
    assertThat(facts.getLast().event()).isEqualTo(new ChainEvent.Deposit(ALICE, SAFE, neuron(2)));
    assertThat(facts.getLast().reading().evidence()).isInstanceOf(Evidence.Trace.class);
  }

  @Test
  void what_leaves_the_coins_as_they_were_is_found_all_the_same() {
    deposits(ALICE, 5);
    simulation.nextBlock().direct(ALICE, new Operation.DepositFor(SAFE, og(6)));
    simulation.nextBlock().through(BOB, SAFE, "0xabcdef01", new Operation.Refund(og(3)),
        new Operation.DepositFor(ALICE, og(3)));
    for (TraceSwitches.Traces traces : TraceSwitches.Traces.values()) {
      assertThat(lastOf(told(TraceSwitches.ALL.with(traces)))).as(traces.name()).hasSize(2)
          .contains(new ChainEvent.Withdraw(SAFE, neuron(3)));
    }
  }

  @Test
  void a_difference_of_states_says_its_interval_and_keeps_everything_above_zero() {
    deposits(ALICE, 5);
    simulation.nextBlock(5, Duration.ofSeconds(5)).through(ALICE, SAFE, new Operation.Deposit(og(7)),
        new Operation.Transfer(INFERENCE, PROVIDER, og(7)), new Operation.Deposit(og(4)), new Operation.Refund(og(1)));
    List<DecodedTrace.Fact> facts = told(TraceSwitches.ALL.with(TraceSwitches.Traces.NONE));
    assertThat(lastOf(facts)).containsExactly(new ChainEvent.Deposit(SAFE, SAFE, neuron(10)),
        new ChainEvent.Transfer(SAFE, PROVIDER, Trace.INFERENCE, true, neuron(7), Neuron.ZERO));
    assertThat(facts.get(facts.size() - 2).reading().evidence())
        .isEqualTo(new Evidence.Snapshot(simulation.block() - 1, simulation.block()));
  }

  @Test
  void a_closing_that_nobody_saw_is_told_from_its_traces() {
    simulation.nextBlock().through(ALICE, SAFE, new Operation.Deposit(og(7)),
        new Operation.Transfer(FINE_TUNING, PROVIDER, og(1)));
    simulation.nextBlock().direct(PROVIDER, new Operation.SettleFees(SAFE, og(1), BigInteger.ONE));
    simulation.nextBlock().through(ALICE, SAFE, new Operation.Refund(og(6)), new Operation.Deposit(og(3)));
    for (TraceSwitches.Traces traces : TraceSwitches.Traces.values()) {
      assertThat(lastOf(told(TraceSwitches.ALL.with(traces)))).as(traces.name()).containsExactly(
          new ChainEvent.Withdraw(SAFE, neuron(6)), new ChainEvent.SubAccountClosed(SAFE, PROVIDER, Trace.FINE_TUNING),
          new ChainEvent.LedgerClosed(SAFE), new ChainEvent.Deposit(SAFE, SAFE, neuron(3)));
    }
  }

  @Test
  void logs_of_others_change_nothing() {
    deposits(ALICE, 5);
    transfers(ALICE, INFERENCE, 2);
    List<DecodedTrace.Fact> before = told();
    WalletAddress sibling = Simulation.wallet(0x66);
    String alice = "0x" + new AbiWriter().address(ALICE);
    String provider = "0x" + new AbiWriter().address(PROVIDER);
    String amounts = "0x" + new AbiWriter().uint(1).uint(0);
    for (String signature : List.of("BalanceUpdated(address,address,uint256,uint256)",
        "RefundRequested(address,address,uint256,uint256)", "AccountDeleted(address,address,uint256)")) {
      simulation.nextBlock().foreignLog(BOB, sibling,
          List.of(org.web3j.crypto.Hash.sha3String(signature), alice, provider), amounts);
    }
    assertThat(told()).isEqualTo(before);
  }

  @Test
  void a_service_that_registers_is_heard_from_that_log_on() {
    simulation.withoutFineTuning();
    deposits(ALICE, 9);
    simulation.nextBlock().direct(BOB, new Operation.RegisterService(FINE_TUNING));
    simulation.direct(ALICE, new Operation.Transfer(FINE_TUNING, PROVIDER, og(2)));
    simulation.direct(BOB, new Operation.UpdateLockTime(FINE_TUNING, 7200));
    transfers(ALICE, FINE_TUNING, 1);
    for (int blocksPerStep : new int[] {1, 100}) {
      List<ChainEvent> events = TraceChecks.check(simulation.trace(), TraceSwitches.ALL, blocksPerStep).stream()
          .map(DecodedTrace.Fact::event).toList();
      assertThat(events).containsExactly(new ChainEvent.ServiceRegistered(Trace.INFERENCE, Duration.ofDays(1)),
          new ChainEvent.Deposit(ALICE, ALICE, neuron(9)),
          new ChainEvent.ServiceRegistered(Trace.FINE_TUNING, Duration.ofDays(1)),
          new ChainEvent.Transfer(ALICE, PROVIDER, Trace.FINE_TUNING, true, neuron(2), Neuron.ZERO),
          new ChainEvent.LockPeriodSet(Trace.FINE_TUNING, Duration.ofHours(2)),
          new ChainEvent.Transfer(ALICE, PROVIDER, Trace.FINE_TUNING, true, neuron(1), Neuron.ZERO));
    }
  }

  @Test
  void coins_forced_in_are_nobodys() {
    deposits(ALICE, 5);
    simulation.nextBlock().force(BOB, og(2));
    deposits(ALICE, 1);
    assertThat(told(TraceSwitches.ALL)).hasSize(2 + 2);
    assertThat(told(TraceSwitches.ALL.with(TraceSwitches.Traces.NONE))).hasSize(2 + 2);
  }

  @Test
  void an_acknowledgement_leaves_no_log_and_is_told() {
    deposits(ALICE, 5);
    simulation.nextBlock().direct(ALICE, new Operation.Transfer(INFERENCE, PROVIDER, og(1)));
    settles(PROVIDER, item(ALICE, PROVIDER, 1, 1, 0));
    simulation.nextBlock().direct(ALICE, new Operation.Acknowledge(INFERENCE, PROVIDER, false));
    settles(PROVIDER, item(ALICE, PROVIDER, 1, 2, 0));
    List<ChainEvent> events = told().stream().map(DecodedTrace.Fact::event).toList();
    assertThat(events).contains(new ChainEvent.ProviderAcknowledged(ALICE, PROVIDER, Trace.INFERENCE, false));
    assertThat(events.getLast()).isEqualTo(rejected(ALICE, PROVIDER, 1, RejectionReason.SIGNER_NOT_ACKNOWLEDGED, 2));
  }

  @Test
  void evidence_says_how_it_is_known() {
    simulation.direct(ALICE, new Operation.Deposit(og(5)));
    simulation.direct(ALICE, new Operation.Transfer(INFERENCE, PROVIDER, og(2)));
    List<Evidence> evidence = told().stream().map(fact -> fact.reading().evidence()).toList();
    List<Trace.Transaction> transactions = simulation.trace().transactions();
    assertThat(evidence).containsExactly(new Evidence.Snapshot(99, 99), new Evidence.Snapshot(99, 99),
        new Evidence.Transaction(transactions.get(0).hash()),
        new Evidence.Log(transactions.get(1).hash(), 0, INFERENCE));
    assertThat(MANAGER).isEqualTo(simulation.trace().ledgerManager());
  }
}
