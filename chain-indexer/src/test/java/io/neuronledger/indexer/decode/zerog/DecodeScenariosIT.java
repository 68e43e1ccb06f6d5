package io.neuronledger.indexer.decode.zerog;

import static io.neuronledger.testkit.trace.simulation.Simulation.FINE_TUNING;
import static io.neuronledger.testkit.trace.simulation.Simulation.INFERENCE;
import static org.assertj.core.api.Assertions.assertThat;

import io.neuronledger.contracts.balance.ObservedLedger;
import io.neuronledger.contracts.event.ChainEvent;
import io.neuronledger.contracts.event.RejectionReason;
import io.neuronledger.contracts.value.Neuron;
import io.neuronledger.contracts.value.WalletAddress;
import io.neuronledger.indexer.fixture.PublishedFact;
import io.neuronledger.testkit.trace.Trace;
import io.neuronledger.testkit.trace.node.TraceNode;
import io.neuronledger.testkit.trace.node.TraceSwitches;
import io.neuronledger.testkit.trace.simulation.Operation;
import java.math.BigInteger;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** One case each: actions of wallets and providers, and the events published for them. */
class DecodeScenariosIT extends DecodeScene {
  @Test
  void a_withdrawal_of_everything_closes_all_and_is_published_once() {
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
        rejected(ALICE, PROVIDER, 1, RejectionReason.INVALID_NONCE, 5), settled(ALICE, 1, 1, 6));
  }

  /** LedgerManager ignores a service's refusal to delete a sub-account. */
  @Test
  void a_sub_account_that_outlives_its_ledger_does_not_stop_following() {
    simulation.undeletable(INFERENCE, ALICE, PROVIDER);
    deposits(ALICE, 3);
    transfers(ALICE, INFERENCE, 3);
    settles(PROVIDER, item(ALICE, PROVIDER, 3, 1, 0));
    simulation.nextBlock().direct(ALICE, new Operation.DeleteLedger());
    assertThat(last()).containsExactly(new ChainEvent.SubAccountClosed(ALICE, PROVIDER, Trace.INFERENCE),
        new ChainEvent.LedgerClosed(ALICE));
    long closed = simulation.block();
    settles(PROVIDER, item(ALICE, PROVIDER, 1, 2, 0));
    assertThat(last()).containsExactly(settled(ALICE, 1, 0, 2));
    deposits(ALICE, 4);
    assertThat(last()).as("there again with the ledger").containsExactly(
        new ChainEvent.Deposit(ALICE, ALICE, neuron(4)),
        new ChainEvent.Transfer(ALICE, PROVIDER, Trace.INFERENCE, true, Neuron.ZERO, Neuron.ZERO));
    transfers(ALICE, INFERENCE, 2);
    assertThat(last()).containsExactly(
        new ChainEvent.Transfer(ALICE, PROVIDER, Trace.INFERENCE, true, neuron(2), Neuron.ZERO));
    for (TraceSwitches.Traces traces : TraceSwitches.Traces.values()) {
      List<PublishedFact> facts =
          TraceChecks.check(simulation.trace(), TraceSwitches.ALL.with(traces), 50, closed + 1);
      assertThat(facts.stream().map(PublishedFact::event)).as("at the start it belongs to no ledger")
          .noneMatch(ChainEvent.Opening.class::isInstance);
    }
  }

  @Test
  void a_sub_account_that_outlives_its_ledger_keeps_its_acknowledgement() {
    simulation.undeletable(INFERENCE, ALICE, PROVIDER);
    deposits(ALICE, 3);
    transfers(ALICE, INFERENCE, 3);
    settles(PROVIDER, item(ALICE, PROVIDER, 3, 1, 0));
    simulation.nextBlock().direct(ALICE, new Operation.DeleteLedger());
    simulation.nextBlock().direct(ALICE, new Operation.Acknowledge(INFERENCE, PROVIDER, false));
    deposits(ALICE, 4);
    assertThat(last()).containsExactly(new ChainEvent.Deposit(ALICE, ALICE, neuron(4)),
        new ChainEvent.Transfer(ALICE, PROVIDER, Trace.INFERENCE, true, Neuron.ZERO, Neuron.ZERO),
        new ChainEvent.ProviderAcknowledged(ALICE, PROVIDER, Trace.INFERENCE, false));
    transfers(ALICE, INFERENCE, 2);
    assertThat(last()).containsExactly(
        new ChainEvent.Transfer(ALICE, PROVIDER, Trace.INFERENCE, true, neuron(2), Neuron.ZERO));
  }

  @Test
  void nothing_left_in_a_sub_account_does_not_mean_that_its_ledger_closed() {
    simulation.nextBlock().through(ALICE, SAFE, new Operation.Deposit(og(3)),
        new Operation.Transfer(INFERENCE, PROVIDER, og(2)));
    settles(PROVIDER, item(SAFE, PROVIDER, 2, 1, 0));
    simulation.nextBlock().through(ALICE, SAFE, new Operation.Deposit(og(4)), new Operation.Refund(og(1)));
    assertThat(lastOf(published(TraceSwitches.ALL.with(TraceSwitches.Traces.NONE))))
        .containsExactly(new ChainEvent.Deposit(SAFE, SAFE, neuron(3)));
  }

  @Test
  void a_ledger_that_closed_is_compared_too() {
    deposits(ALICE, 3);
    deposits(BOB, 3);
    simulation.nextBlock().direct(ALICE, new Operation.Refund(og(3)));
    Trace trace = simulation.trace();
    try (TraceNode node = TraceNode.start(trace, TraceSwitches.ALL);
        DecodedTrace decoded = TraceChecks.decoded(trace, node, 101)) {
      decoded.readTo(node.last(), 10);
      assertThat(decoded.observed().ledgers()).isEqualTo(Map.of(
          ALICE, new ObservedLedger(false, Neuron.ZERO, List.of()),
          BOB, new ObservedLedger(true, neuron(3), List.of())));
    }
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
        settled(ALICE, 1, 1, 2), rejected(SAFE, PROVIDER, 1, RejectionReason.UNKNOWN_SUB_ACCOUNT, 3),
        settled(BOB, 5, 1, 4), settled(BOB, 5, 0, 5), settled(ALICE, 0, 0, 6),
        rejected(ALICE, PROVIDER, 1, RejectionReason.INVALID_NONCE, 6));
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
  void a_refund_request_without_free_balance_emits_nothing() {
    deposits(ALICE, 10);
    transfers(ALICE, INFERENCE, 2);
    simulation.nextBlock().direct(ALICE, new Operation.Retrieve(INFERENCE, List.of(PROVIDER, PROVIDER)));
    simulation.nextBlock().direct(ALICE, new Operation.Retrieve(INFERENCE, List.of(PROVIDER)));
    transfers(ALICE, INFERENCE, 1);
    simulation.nextBlock().direct(ALICE, new Operation.Retrieve(INFERENCE, List.of(PROVIDER)));
    // The older refund has passed its lock, the newer one has not, and nothing is free: the first is paid, and no
    // refund is requested.
    simulation.nextBlock(1, Duration.ofDays(1).minusSeconds(3)).direct(ALICE,
        new Operation.Retrieve(INFERENCE, List.of(PROVIDER)));
    List<ChainEvent> events = published().stream().map(PublishedFact::event).toList();
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
    assertThat(published()).hasSize(1 + 2 + 4);
  }
}
