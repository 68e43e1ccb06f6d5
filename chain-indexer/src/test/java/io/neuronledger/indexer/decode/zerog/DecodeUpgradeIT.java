package io.neuronledger.indexer.decode.zerog;

import static io.neuronledger.testkit.trace.simulation.Simulation.FINE_TUNING;
import static io.neuronledger.testkit.trace.simulation.Simulation.INFERENCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.neuronledger.contracts.event.Evidence;
import io.neuronledger.contracts.value.WalletAddress;
import io.neuronledger.indexer.decode.CannotDecode;
import io.neuronledger.indexer.decode.zerog.replay.Implementations;
import io.neuronledger.indexer.fixture.PublishedFact;
import io.neuronledger.indexer.follow.state.FollowingHalted;
import io.neuronledger.testkit.trace.Trace;
import io.neuronledger.testkit.trace.node.TraceNode;
import io.neuronledger.testkit.trace.node.TraceSwitches;
import io.neuronledger.testkit.trace.simulation.Operation;
import io.neuronledger.testkit.trace.simulation.Simulation;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The contracts' code is upgraded: whose, when, and which part of it is still visible. */
class DecodeUpgradeIT extends DecodeScene {
  private static final WalletAddress MANAGERS = Simulation.wallet(0xc1);
  private static final WalletAddress SERVICES = Simulation.wallet(0xc2);
  private static final WalletAddress NEXT = Simulation.wallet(0xc3);
  private static final TraceSwitches BEACONS =
      TraceSwitches.ALL.behindBeacon(MANAGERS).servicesBehindBeacon(SERVICES);

  private static DecodedTrace decoded(Trace trace, TraceNode node, long start, WalletAddress... known) {
    return TraceChecks.decoded(trace, TraceChecks.accepting(trace, false, known), node, start);
  }

  private void stopsAt(long block, TraceSwitches switches, long start) {
    Trace trace = simulation.trace();
    for (int blocksPerStep : new int[] {1, 100}) {
      try (TraceNode node = TraceNode.start(trace, switches);
          DecodedTrace decoded = decoded(trace, node, start, MANAGERS, SERVICES)) {
        assertThatThrownBy(() -> decoded.readTo(node.last(), blocksPerStep)).isInstanceOf(FollowingHalted.class)
          .hasCauseInstanceOf(CannotDecode.class)
            .hasMessageContaining(NEXT.value());
        assertThat(decoded.next()).isEqualTo(block);
      }
    }
  }

  @Test
  void a_services_beacon_is_followed_from_the_start() {
    deposits(ALICE, 5);
    simulation.nextBlock().upgraded(TraceSwitches.SERVICE_BEACON, NEXT);
    stopsAt(102, BEACONS, 101);
  }

  @Test
  void a_services_beacon_is_followed_once_it_has_registered() {
    simulation.withoutServices();
    deposits(ALICE, 5);
    simulation.nextBlock().upgraded(TraceSwitches.SERVICE_BEACON, SERVICES);
    simulation.nextBlock().direct(BOB, new Operation.RegisterService(INFERENCE));
    simulation.upgraded(TraceSwitches.SERVICE_BEACON, SERVICES);
    simulation.nextBlock().upgraded(TraceSwitches.SERVICE_BEACON, NEXT);
    stopsAt(104, BEACONS, 101);
  }

  @Test
  void ledger_managers_beacon_is_found_where_following_starts_before_it_is_there() {
    simulation.withoutServices();
    simulation.nextBlock().direct(BOB, new Operation.RegisterService(INFERENCE));
    deposits(ALICE, 5);
    simulation.nextBlock().upgraded(TraceSwitches.BEACON, NEXT);
    stopsAt(103, BEACONS.deployedAt(101), 100);
  }

  @Test
  void the_code_of_a_late_service_before_an_upgrade_is_unknown_to_a_pruned_node() {
    simulation.withoutServices();
    deposits(ALICE, 5);
    registers();
    simulation.nextBlock(3, Duration.ofSeconds(3)).upgraded(TraceSwitches.SERVICE_BEACON, NEXT);
    deposits(ALICE, 1);
    Trace trace = simulation.trace();
    try (TraceNode node = TraceNode.start(trace, BEACONS.keepingStates(2));
        DecodedTrace decoded = decoded(trace, node, 101, MANAGERS, NEXT)) {
      decoded.readTo(101, 1);
      assertThatThrownBy(() -> decoded.readTo(node.last(), 1)).isInstanceOf(FollowingHalted.class)
          .hasCauseInstanceOf(CannotDecode.class)
          .hasMessageContaining("became another one in block 105").hasMessageContaining("archive node")
          .cause()
          .isInstanceOfSatisfying(CannotDecode.class, e -> assertThat(e.isOfNode()).isTrue());
      assertThat(decoded.next()).isEqualTo(102);
    }
  }

  @Test
  void a_service_without_a_lock_period_is_named() {
    simulation.withoutFineTuning();
    deposits(ALICE, 5);
    Trace before = simulation.trace();
    simulation.withoutServices().nextBlock().direct(BOB, new Operation.RegisterService(FINE_TUNING));
    for (Trace trace : List.of(before, simulation.trace())) {
      try (TraceNode node = TraceNode.start(trace, TraceSwitches.ALL.withoutLockTime());
          DecodedTrace decoded = decoded(trace, node, 101)) {
        assertThatThrownBy(() -> decoded.readTo(node.last(), 1)).isInstanceOf(FollowingHalted.class)
          .hasCauseInstanceOf(CannotDecode.class)
            .hasMessageContaining("does not answer lockTime()").hasMessageContaining("-v1.0");
      }
    }
  }

  @Test
  void without_an_upgrade_a_later_state_has_the_same_code() {
    simulation.withoutServices();
    deposits(ALICE, 5);
    registers();
    deposits(ALICE, 1);
    simulation.nextBlock(3, Duration.ofSeconds(3));
    deposits(ALICE, 1);
    Trace trace = simulation.trace();
    try (TraceNode node = TraceNode.start(trace, BEACONS.keepingStates(2));
        DecodedTrace decoded = decoded(trace, node, 101, MANAGERS, SERVICES)) {
      decoded.readTo(101, 1);
      decoded.readTo(node.last(), 1);
      assertThat(decoded.next()).isEqualTo(node.last() + 1);
    }
  }

  private void registers() {
    simulation.nextBlock().direct(BOB, new Operation.RegisterService(INFERENCE));
    simulation.direct(BOB, new Operation.RegisterService(FINE_TUNING));
  }

  @Test
  void registrations_and_upgrades_are_undone_with_their_blocks() {
    simulation.withoutServices();
    simulation.nextBlock().direct(BOB, new Operation.RegisterService(INFERENCE));
    deposits(ALICE, 5);
    simulation.nextBlock().upgraded(TraceSwitches.BEACON, NEXT);
    simulation.upgraded(TraceSwitches.SERVICE_BEACON, NEXT);
    simulation.nextBlock().direct(BOB, new Operation.RegisterService(FINE_TUNING));
    transfers(ALICE, FINE_TUNING, 2);
    Trace trace = simulation.trace();
    Implementations implementations = TraceChecks.accepting(trace, true, MANAGERS, SERVICES);
    try (TraceNode node = TraceNode.start(trace, BEACONS.deployedAt(101));
        DecodedTrace decoded = TraceChecks.decoded(trace, implementations, node, 100)) {
      decoded.readTo(node.last(), 1);
      assertThat(decoded.facts().getLast().evidence()).isInstanceOf(Evidence.Unverified.class);
      List<PublishedFact> facts = List.copyOf(decoded.facts());
      Map<String, String> stored = Map.copyOf(decoded.stored());
      for (long block = node.last(); block >= 100; block--) {
        decoded.restore(block);
        decoded.readTo(node.last(), 3);
        assertThat(decoded.facts()).isEqualTo(facts);
        assertThat(decoded.stored()).isEqualTo(stored);
      }
    }
  }
}
