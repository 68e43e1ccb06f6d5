package io.neuronledger.indexer.decode.zerog;

import static io.neuronledger.testkit.trace.simulation.Simulation.FINE_TUNING;
import static io.neuronledger.testkit.trace.simulation.Simulation.INFERENCE;
import static io.neuronledger.testkit.trace.simulation.Simulation.MANAGER;
import static org.assertj.core.api.Assertions.assertThat;

import io.neuronledger.contracts.event.ChainEvent;
import io.neuronledger.contracts.event.Evidence;
import io.neuronledger.contracts.event.RejectionReason;
import io.neuronledger.contracts.value.Neuron;
import io.neuronledger.contracts.value.WalletAddress;
import io.neuronledger.foundation.evm.AbiWriter;
import io.neuronledger.foundation.evm.Signature;
import io.neuronledger.indexer.fixture.PublishedFact;
import io.neuronledger.testkit.trace.Trace;
import io.neuronledger.testkit.trace.node.TraceSwitches;
import io.neuronledger.testkit.trace.simulation.Operation;
import io.neuronledger.testkit.trace.simulation.Simulation;
import java.math.BigInteger;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/**
 * One case each: actions without a log, logs of other contracts, combinations of both; and the evidence of each event.
 */
class DecodeUnseenIT extends DecodeScene {
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
      List<PublishedFact> facts = published(TraceSwitches.ALL.with(traces));
      assertThat(lastOf(facts)).as(traces.name()).isEqualTo(expected);
      assertThat(facts.stream().filter(fact -> fact.event() instanceof ChainEvent.Deposit)
          .map(fact -> fact.evidence())).allMatch(Evidence.Trace.class::isInstance);
    }
  }

  /** A contract wallet provides a service and settles everything at once. */
  @Test
  void a_settlement_between_calls_through_a_wallet_hides_none_of_them() {
    deposits(ALICE, 9);
    simulation.nextBlock().direct(ALICE, new Operation.Transfer(FINE_TUNING, SAFE, og(3)));
    simulation.nextBlock().through(ALICE, SAFE, new Operation.Deposit(og(10)),
        new Operation.Transfer(INFERENCE, PROVIDER, og(5)), new Operation.Retrieve(INFERENCE, List.of(PROVIDER)));
    simulation.nextBlock(1, Duration.ofDays(1)).through(ALICE, SAFE,
        new Operation.SettleFees(ALICE, og(1), BigInteger.ONE), new Operation.UpdateLockTime(INFERENCE, 3600),
        new Operation.Retrieve(INFERENCE, List.of(PROVIDER)), new Operation.Refund(og(7)),
        new Operation.SettleFees(ALICE, BigInteger.ZERO, BigInteger.TWO),
        new Operation.UpdateLockTime(FINE_TUNING, 3600), new Operation.Refund(og(3)));
    for (TraceSwitches.Traces traces : Arrays.asList(TraceSwitches.Traces.CALL_TRACER,
        TraceSwitches.Traces.CALL_TRACER_WITHOUT_LOGS, TraceSwitches.Traces.PARITY)) {
      assertThat(lastOf(published(TraceSwitches.ALL.with(traces)))).as(traces.name()).containsExactly(
          new ChainEvent.Settled(ALICE, SAFE, Trace.FINE_TUNING, neuron(1), neuron(1), nonce(1)),
          new ChainEvent.LockPeriodSet(Trace.INFERENCE, Duration.ofHours(1)),
          new ChainEvent.Transfer(SAFE, PROVIDER, Trace.INFERENCE, false, neuron(5), Neuron.ZERO),
          new ChainEvent.Withdraw(SAFE, neuron(7)),
          new ChainEvent.Settled(ALICE, SAFE, Trace.FINE_TUNING, Neuron.ZERO, Neuron.ZERO, nonce(2)),
          new ChainEvent.LockPeriodSet(Trace.FINE_TUNING, Duration.ofHours(1)),
          new ChainEvent.Withdraw(SAFE, neuron(3)),
          new ChainEvent.SubAccountClosed(SAFE, PROVIDER, Trace.INFERENCE), new ChainEvent.LedgerClosed(SAFE));
    }
  }

  @Test
  void a_log_without_topics_is_ignored() {
    deposits(ALICE, 9);
    simulation.nextBlock().foreignLog(BOB, SAFE, List.of(), "0x01");
    simulation.nextBlock().through(ALICE, SAFE, new Operation.Deposit(og(4)), new Operation.Noise(),
        new Operation.Transfer(INFERENCE, PROVIDER, og(2)), new Operation.Retrieve(INFERENCE, List.of(PROVIDER)));
    assertThat(last()).hasSize(3);
  }

  @Test
  void failed_calls_and_their_inner_calls_are_ignored() {
    simulation.nextBlock().through(ALICE, SAFE, new Operation.Deposit(og(5)),
        new Operation.Failing(new Operation.Deposit(og(7)), List.of(new Operation.DepositFor(BOB, og(6)),
            new Operation.Failing(new Operation.Deposit(og(8)), List.of()))),
        new Operation.Refund(og(1)));
    for (TraceSwitches.Traces traces : Arrays.asList(TraceSwitches.Traces.CALL_TRACER,
        TraceSwitches.Traces.CALL_TRACER_WITHOUT_LOGS, TraceSwitches.Traces.PARITY)) {
      assertThat(lastOf(published(TraceSwitches.ALL.with(traces)))).containsExactly(
          new ChainEvent.Deposit(SAFE, SAFE, neuron(5)), new ChainEvent.Withdraw(SAFE, neuron(1)));
    }
  }

  @Test
  void an_unexpected_contract_shows_in_the_native_balance() {
    deposits(ALICE, 5);
    simulation.nextBlock().through(BOB, SAFE, "0xabcdef01", new Operation.DepositFor(ALICE, og(2)));
    List<PublishedFact> facts = published();
    assertThat(facts.getLast().event()).isEqualTo(new ChainEvent.Deposit(ALICE, SAFE, neuron(2)));
    assertThat(facts.getLast().evidence()).isInstanceOf(Evidence.Trace.class);
  }

  /** A payment forwarded by a contract: its input names no followed contract, with proofs or without. */
  @Test
  void money_through_a_contract_called_with_empty_calldata_is_known_from_a_trace() {
    deposits(ALICE, 5);
    simulation.nextBlock().through(BOB, SAFE, "0x", new Operation.DepositFor(ALICE, og(2)));
    for (TraceSwitches.Traces traces : TraceSwitches.Traces.values()) {
      for (TraceSwitches node : List.of(TraceSwitches.ALL, TraceSwitches.ALL.refusing("eth_getProof"))) {
        PublishedFact last = published(node.with(traces)).getLast();
        assertThat(last.event()).as(traces.name()).isInstanceOf(ChainEvent.Deposit.class);
        assertThat(last.evidence() instanceof Evidence.Trace).as("%s of %s", last.evidence(), traces)
            .isEqualTo(traces != TraceSwitches.Traces.NONE);
      }
    }
  }

  @Test
  void changes_that_keep_the_native_balance_are_found() {
    deposits(ALICE, 5);
    simulation.nextBlock().direct(ALICE, new Operation.DepositFor(SAFE, og(6)));
    simulation.nextBlock().through(BOB, SAFE, "0xabcdef01", new Operation.Refund(og(3)),
        new Operation.DepositFor(ALICE, og(3)));
    for (TraceSwitches.Traces traces : TraceSwitches.Traces.values()) {
      assertThat(lastOf(published(TraceSwitches.ALL.with(traces)))).as(traces.name()).hasSize(2)
          .contains(new ChainEvent.Withdraw(SAFE, neuron(3)));
    }
  }

  @Test
  void a_state_difference_names_its_block_range_and_keeps_balances_positive() {
    deposits(ALICE, 5);
    simulation.nextBlock(5, Duration.ofSeconds(5)).through(ALICE, SAFE, new Operation.Deposit(og(7)),
        new Operation.Transfer(INFERENCE, PROVIDER, og(7)), new Operation.Deposit(og(4)), new Operation.Refund(og(1)));
    List<PublishedFact> facts = published(TraceSwitches.ALL.with(TraceSwitches.Traces.NONE));
    assertThat(lastOf(facts)).containsExactly(new ChainEvent.Deposit(SAFE, SAFE, neuron(10)),
        new ChainEvent.Transfer(SAFE, PROVIDER, Trace.INFERENCE, true, neuron(7), Neuron.ZERO));
    assertThat(facts.get(facts.size() - 2).evidence())
        .isEqualTo(new Evidence.Snapshot(simulation.block() - 1, simulation.block()));
  }

  @Test
  void an_unseen_closing_is_decoded_from_its_traces() {
    simulation.nextBlock().through(ALICE, SAFE, new Operation.Deposit(og(7)),
        new Operation.Transfer(FINE_TUNING, PROVIDER, og(1)));
    simulation.nextBlock().direct(PROVIDER, new Operation.SettleFees(SAFE, og(1), BigInteger.ONE));
    simulation.nextBlock().through(ALICE, SAFE, new Operation.Refund(og(6)), new Operation.Deposit(og(3)));
    for (TraceSwitches.Traces traces : TraceSwitches.Traces.values()) {
      assertThat(lastOf(published(TraceSwitches.ALL.with(traces)))).as(traces.name()).containsExactly(
          new ChainEvent.Withdraw(SAFE, neuron(6)), new ChainEvent.SubAccountClosed(SAFE, PROVIDER, Trace.FINE_TUNING),
          new ChainEvent.LedgerClosed(SAFE), new ChainEvent.Deposit(SAFE, SAFE, neuron(3)));
    }
  }

  @Test
  void a_zero_settlement_by_a_contract_names_the_only_possible_provider() {
    deposits(ALICE, 9);
    transfers(ALICE, INFERENCE, 1);
    simulation.nextBlock().through(BOB, PROVIDER, new Operation.Settle(List.of(item(ALICE, PROVIDER, 0, 1, 0),
        item(ALICE, PROVIDER, 1, 2, 0), item(ALICE, PROVIDER, 2, 3, 0), item(ALICE, PROVIDER, 2, 3, 0))));
    TraceSwitches untraced = TraceSwitches.ALL.with(TraceSwitches.Traces.NONE);
    assertThat(lastOf(published(untraced))).containsExactly(unnumbered(PROVIDER, 0, 0), unnumbered(PROVIDER, 1, 1),
        unnumbered(PROVIDER, 2, 0), new ChainEvent.SettlementRejected(ALICE, WalletAddress.ZERO, Trace.INFERENCE,
            neuron(2), RejectionReason.INVALID_NONCE, Optional.empty()));
    simulation.nextBlock().direct(ALICE, new Operation.Transfer(INFERENCE, OTHER_PROVIDER, og(2)));
    simulation.nextBlock().through(BOB, PROVIDER, new Operation.Settle(List.of(item(ALICE, PROVIDER, 0, 4, 0),
        item(ALICE, PROVIDER, 1, 5, 0))));
    assertThat(lastOf(published(untraced))).as("both accounts fit the first answer, and one the second")
        .containsExactly(unnumbered(WalletAddress.ZERO, 0, 0), unnumbered(PROVIDER, 1, 0));
    assertThat(last()).containsExactly(settled(ALICE, 0, 0, 4), settled(ALICE, 1, 0, 5));
  }

  private static ChainEvent unnumbered(WalletAddress provider, long asked, long amount) {
    return new ChainEvent.Settled(ALICE, provider, Trace.INFERENCE, neuron(asked), neuron(amount), Optional.empty());
  }

  @Test
  void logs_of_others_change_nothing() {
    deposits(ALICE, 5);
    transfers(ALICE, INFERENCE, 2);
    List<PublishedFact> before = published();
    WalletAddress sibling = Simulation.wallet(0x66);
    String alice = new AbiWriter().address(ALICE).data();
    String provider = new AbiWriter().address(PROVIDER).data();
    String amounts = new AbiWriter().uint(1).uint(0).data();
    for (String signature : List.of("BalanceUpdated(address,address,uint256,uint256)",
        "RefundRequested(address,address,uint256,uint256)", "AccountDeleted(address,address,uint256)")) {
      simulation.nextBlock().foreignLog(BOB, sibling,
          List.of(Signature.topic(signature), alice, provider), amounts);
    }
    assertThat(published()).isEqualTo(before);
  }

  @Test
  void a_service_is_followed_from_its_registration_on() {
    simulation.withoutFineTuning();
    deposits(ALICE, 9);
    simulation.nextBlock().direct(BOB, new Operation.RegisterService(FINE_TUNING));
    simulation.direct(ALICE, new Operation.Transfer(FINE_TUNING, PROVIDER, og(2)));
    simulation.direct(BOB, new Operation.UpdateLockTime(FINE_TUNING, 7200));
    transfers(ALICE, FINE_TUNING, 1);
    for (int blocksPerStep : new int[] {1, 100}) {
      List<ChainEvent> events = TraceChecks.check(simulation.trace(), TraceSwitches.ALL, blocksPerStep).stream()
          .map(PublishedFact::event).toList();
      assertThat(events).containsExactly(new ChainEvent.ServiceRegistered(Trace.INFERENCE, Duration.ofDays(1)),
          new ChainEvent.Deposit(ALICE, ALICE, neuron(9)),
          new ChainEvent.ServiceRegistered(Trace.FINE_TUNING, Duration.ofDays(1)),
          new ChainEvent.Transfer(ALICE, PROVIDER, Trace.FINE_TUNING, true, neuron(2), Neuron.ZERO),
          new ChainEvent.LockPeriodSet(Trace.FINE_TUNING, Duration.ofHours(2)),
          new ChainEvent.Transfer(ALICE, PROVIDER, Trace.FINE_TUNING, true, neuron(1), Neuron.ZERO));
    }
  }

  @Test
  void native_balance_forced_in_belongs_to_no_ledger() {
    deposits(ALICE, 5);
    simulation.nextBlock().force(BOB, og(2));
    deposits(ALICE, 1);
    assertThat(published(TraceSwitches.ALL)).hasSize(2 + 2);
    assertThat(published(TraceSwitches.ALL.with(TraceSwitches.Traces.NONE))).hasSize(2 + 2);
  }

  @Test
  void an_acknowledgement_without_a_log_is_published() {
    deposits(ALICE, 5);
    simulation.nextBlock().direct(ALICE, new Operation.Transfer(INFERENCE, PROVIDER, og(1)));
    settles(PROVIDER, item(ALICE, PROVIDER, 1, 1, 0));
    simulation.nextBlock().direct(ALICE, new Operation.Acknowledge(INFERENCE, PROVIDER, false));
    settles(PROVIDER, item(ALICE, PROVIDER, 1, 2, 0));
    List<ChainEvent> events = published().stream().map(PublishedFact::event).toList();
    assertThat(events).contains(new ChainEvent.ProviderAcknowledged(ALICE, PROVIDER, Trace.INFERENCE, false));
    assertThat(events.getLast()).isEqualTo(rejected(ALICE, PROVIDER, 1, RejectionReason.OWNER_NOT_ACKNOWLEDGED, 2));
  }

  @Test
  void an_acknowledgement_through_a_bundler_is_published_where_the_node_traces() {
    simulation.nextBlock().direct(ALICE, new Operation.DepositFor(SAFE, og(5)));
    simulation.nextBlock().through(ALICE, SAFE, new Operation.Transfer(INFERENCE, PROVIDER, og(1)));
    settles(PROVIDER, item(SAFE, PROVIDER, 1, 1, 0));
    String userOperation = "0x1fad948c" + "00".repeat(12) + SAFE.value().substring(2) + "00".repeat(12)
        + INFERENCE.value().substring(2);
    simulation.nextBlock().bundled(BOB, SAFE, userOperation, new Operation.Acknowledge(INFERENCE, PROVIDER, false));
    assertThat(last())
        .containsExactly(new ChainEvent.ProviderAcknowledged(SAFE, PROVIDER, Trace.INFERENCE, false));
    published(TraceSwitches.ALL.with(TraceSwitches.Traces.NONE));
  }

  @Test
  void evidence_names_the_source_of_each_event() {
    simulation.direct(ALICE, new Operation.Deposit(og(5)));
    simulation.direct(ALICE, new Operation.Transfer(INFERENCE, PROVIDER, og(2)));
    List<Evidence> evidence = published().stream().map(fact -> fact.evidence()).toList();
    List<Trace.Transaction> transactions = simulation.trace().transactions();
    assertThat(evidence).containsExactly(new Evidence.Snapshot(99, 99), new Evidence.Snapshot(99, 99),
        new Evidence.Transaction(transactions.get(0).hash()),
        new Evidence.Log(transactions.get(1).hash(), 0, INFERENCE));
    assertThat(MANAGER).isEqualTo(simulation.trace().ledgerManager());
  }
}
