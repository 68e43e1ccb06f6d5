package io.neuronledger.indexer.decode.zerog;

import static org.assertj.core.api.Assertions.assertThat;

import io.neuronledger.contracts.balance.ObservedLedger;
import io.neuronledger.contracts.event.ChainEvent;
import io.neuronledger.contracts.event.Evidence;
import io.neuronledger.contracts.event.RejectionReason;
import io.neuronledger.indexer.fixture.PublishedFact;
import io.neuronledger.indexer.follow.FollowerFixture;
import io.neuronledger.testkit.trace.GoldenTraces;
import io.neuronledger.testkit.trace.Trace;
import io.neuronledger.testkit.trace.node.TraceNode;
import io.neuronledger.testkit.trace.node.TraceSwitches;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The decoder alone, on recordings of the real contracts. */
class GoldenDecodeIT {
  private static Trace golden(int number) {
    return GoldenTraces.read(number);
  }

  @ParameterizedTest
  @EnumSource
  void every_transaction_of_both_traces_leaves_the_contracts_state(TraceSwitches.Traces traces) {
    for (int number : new int[] {21, 22}) {
      Trace trace = golden(number);
      for (int blocksPerStep : new int[] {1, 7, 1000}) {
        List<PublishedFact> facts = TraceChecks.check(trace, TraceSwitches.ALL.with(traces), blocksPerStep);
        assertThat(facts.stream().map(fact -> fact.evidence()).filter(Evidence.Snapshot.class::isInstance)
            .filter(evidence -> ((Evidence.Snapshot) evidence).toBlock() >= trace.transactions().getFirst().block())
            .findFirst().isPresent()).as("found by comparing states").isEqualTo(traces == TraceSwitches.Traces.NONE);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {21, 22})
  void a_chain_without_blooms_decodes_the_same(int number) {
    assertThat(TraceChecks.check(golden(number), TraceSwitches.ALL.withEmptyBlooms(), 10))
        .isEqualTo(TraceChecks.check(golden(number), TraceSwitches.ALL, 10));
  }

  @ParameterizedTest
  @ValueSource(ints = {21, 22})
  void a_start_in_the_middle_begins_with_the_state_of_the_block_before(int number) {
    Trace trace = golden(number);
    for (int part = 1; part < 4; part++) {
      long start = trace.transactions().get(part * trace.transactions().size() / 4).block();
      TraceChecks.check(trace, TraceSwitches.ALL, 20, start);
    }
  }

  /** Every signature in the traces is valid: users with the status of an invalid one have no sub-account. */
  @ParameterizedTest
  @CsvSource({"21, 21", "22, 33"})
  void every_rejection_is_of_an_unknown_sub_account(int number, int rejections) {
    for (TraceSwitches.Traces traces : TraceSwitches.Traces.values()) {
      assertThat(TraceChecks.check(golden(number), TraceSwitches.ALL.with(traces), 1000).stream()
          .map(PublishedFact::event).filter(ChainEvent.SettlementRejected.class::isInstance)
          .map(event -> ((ChainEvent.SettlementRejected) event).rejection().known())).hasSize(rejections)
          .containsOnly(RejectionReason.UNKNOWN_SUB_ACCOUNT);
    }
  }

  /** The state that a reconciliation publishes for every owner. */
  @ParameterizedTest
  @ValueSource(ints = {21, 22})
  void the_observation_is_the_contracts_state(int number) {
    Trace trace = golden(number);
    try (TraceNode node = TraceNode.start(trace, TraceSwitches.ALL);
        DecodedTrace decoded = TraceChecks.decoded(trace, node,
            trace.transactions().getFirst().block())) {
      for (int i = 0; i < trace.transactions().size(); i += 5) {
        Trace.State expected = trace.transactions().get(i).expected();
        decoded.readTo(trace.transactions().get(i).block(), 1000);
        FollowerFixture.Reconciliation observed = decoded.observed();
        expected.ledgers().forEach((owner, ledger) ->
            assertThat(Optional.ofNullable(observed.ledgers().get(owner)).filter(ObservedLedger::open)
                .map(ObservedLedger::available)).isEqualTo(ledger.map(Trace.LedgerState::available)));
        assertThat(observed.ledgers().values().stream().flatMap(state -> state.subAccounts().stream())
            .map(account -> account.provider() + " " + account.service() + " " + account.balance() + " "
                + account.acknowledged() + " "
                + account.refunds().stream().map(refund -> refund.amount() + "@" + refund.requestedAt()).toList()))
            .containsExactlyInAnyOrderElementsOf(expected.accounts().stream().map(account -> account.provider() + " "
                + trace.services().get(account.service()) + " " + account.balance() + " "
                + account.acknowledged() + " "
                + account.refunds().stream().map(refund -> refund.amount() + "@" + refund.createdAt()).toList())
                .toList());
        assertThat(observed.owed()).isEqualTo(observed.held());
      }
    }
  }
}
