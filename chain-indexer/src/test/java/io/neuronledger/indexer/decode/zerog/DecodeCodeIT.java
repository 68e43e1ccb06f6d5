package io.neuronledger.indexer.decode.zerog;

import static io.neuronledger.testkit.trace.simulation.Simulation.FINE_TUNING;
import static io.neuronledger.testkit.trace.simulation.Simulation.INFERENCE;
import static io.neuronledger.testkit.trace.simulation.Simulation.MANAGER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.neuronledger.contracts.event.Evidence;
import io.neuronledger.contracts.value.Hash;
import io.neuronledger.contracts.value.WalletAddress;
import io.neuronledger.foundation.evm.HexData;
import io.neuronledger.indexer.decode.CannotDecode;
import io.neuronledger.indexer.decode.zerog.code.CodeReference;
import io.neuronledger.indexer.decode.zerog.replay.Implementations;
import io.neuronledger.indexer.follow.state.FollowingHalted;
import io.neuronledger.testkit.trace.node.TraceNode;
import io.neuronledger.testkit.trace.node.TraceSwitches;
import io.neuronledger.testkit.trace.simulation.Operation;
import io.neuronledger.testkit.trace.simulation.Simulation;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Contracts with unknown code: following stops before them and names the code to accept. */
class DecodeCodeIT extends DecodeScene {
  private static final WalletAddress FIRST = Simulation.wallet(0xc1);
  private static final WalletAddress NEXT = Simulation.wallet(0xc2);
  private static final String SETTING = "\n  NEURON_LEDGER_ZERO_G_IMPLEMENTATIONS=";

  private static Implementations accepting(CodeReference... references) {
    return new Implementations(Set.of(), Set.of(references), false);
  }

  private static CodeReference address(WalletAddress contract) {
    return new CodeReference.ByAddress(contract);
  }

  private static Hash hashOf(WalletAddress contract) {
    return Hash.keccak256(HexData.toBytes(TraceNode.codeOf(contract)));
  }

  private static CodeReference hash(WalletAddress contract) {
    return new CodeReference.ByHash(hashOf(contract));
  }

  /** As a user copies it. */
  private static String line(WalletAddress... contracts) {
    return SETTING + Stream.of(contracts).map(WalletAddress::value).sorted().collect(Collectors.joining(",")) + "\n";
  }

  private static String entry(WalletAddress contract) {
    return "\n  " + contract + " (code hash " + hashOf(contract) + "): ";
  }

  private DecodedTrace decoded(TraceNode node, Implementations implementations, long start) {
    return new DecodedTrace(new ZeroGFamily(MANAGER, implementations, Optional.empty()), MANAGER, node, start);
  }

  private String stopsAt(long block, Implementations implementations, TraceSwitches switches, long start) {
    try (TraceNode node = TraceNode.start(simulation.trace(), switches);
        DecodedTrace decoded = decoded(node, implementations, start)) {
      Throwable stop = catchThrowable(() -> decoded.readTo(node.last(), 100));
      assertThat(stop).isInstanceOf(FollowingHalted.class).hasCauseInstanceOf(CannotDecode.class);
      assertThat(decoded.next()).isEqualTo(block);
      return String.valueOf(stop.getMessage());
    }
  }

  private void isRead(Implementations implementations, TraceSwitches switches, long start) {
    try (TraceNode node = TraceNode.start(simulation.trace(), switches);
        DecodedTrace decoded = decoded(node, implementations, start)) {
      decoded.readTo(node.last(), 1);
      assertThat(decoded.facts().getLast().evidence()).isNotInstanceOf(Evidence.Unverified.class);
    }
  }

  @Test
  void all_unknown_contracts_are_listed_at_the_start() {
    deposits(ALICE, 5);
    assertThat(stopsAt(101, accepting(), TraceSwitches.ALL, 101))
        .contains(entry(MANAGER) + "LedgerManager (" + MANAGER + "), its own code",
            entry(INFERENCE) + "service inference-v1.0 (" + INFERENCE + "), its own code",
            entry(FINE_TUNING) + "service fine-tuning-v1.0 (" + FINE_TUNING + "), its own code",
            line(MANAGER, INFERENCE, FINE_TUNING));
  }

  @Test
  void an_unknown_ledger_manager_stops_at_the_start() {
    deposits(ALICE, 5);
    assertThat(stopsAt(101, accepting(address(INFERENCE), address(FINE_TUNING)), TraceSwitches.ALL, 101))
        .contains(entry(MANAGER)).doesNotContain(entry(INFERENCE))
        .as("the line keeps what is accepted already").contains(line(MANAGER, INFERENCE, FINE_TUNING));
  }

  @Test
  void an_unknown_service_stops_at_the_start() {
    deposits(ALICE, 5);
    assertThat(stopsAt(101, accepting(address(MANAGER), address(INFERENCE)), TraceSwitches.ALL, 101))
        .contains(entry(FINE_TUNING)).doesNotContain(entry(INFERENCE), entry(MANAGER));
  }

  @Test
  void code_is_accepted_by_address() {
    deposits(ALICE, 5);
    isRead(accepting(address(MANAGER), address(INFERENCE), address(FINE_TUNING)), TraceSwitches.ALL, 101);
  }

  @Test
  void code_is_accepted_by_its_hash() {
    deposits(ALICE, 5);
    isRead(accepting(hash(MANAGER), hash(INFERENCE), hash(FINE_TUNING)), TraceSwitches.ALL, 101);
  }

  @Test
  void a_beacons_implementation_is_listed_beside_contracts_without_one() {
    deposits(ALICE, 5);
    TraceSwitches switches = TraceSwitches.ALL.behindBeacon(FIRST);
    assertThat(stopsAt(101, accepting(hash(INFERENCE)), switches, 101))
        .contains(entry(FIRST) + "LedgerManager (" + MANAGER + "), by its beacon " + TraceSwitches.BEACON,
            entry(FINE_TUNING)).doesNotContain(entry(MANAGER), entry(INFERENCE));
    isRead(accepting(hash(FIRST), hash(INFERENCE), hash(FINE_TUNING)), switches, 101);
  }

  @Test
  void unknown_services_that_register_later_are_listed_at_once() {
    simulation.withoutServices();
    deposits(ALICE, 5);
    simulation.nextBlock().direct(BOB, new Operation.RegisterService(INFERENCE));
    simulation.nextBlock(5, Duration.ofSeconds(5)).direct(BOB, new Operation.RegisterService(FINE_TUNING));
    assertThat(stopsAt(102, accepting(address(MANAGER)), TraceSwitches.ALL, 101))
        .contains(entry(INFERENCE), entry(FINE_TUNING), line(MANAGER, INFERENCE, FINE_TUNING));
    assertThat(stopsAt(107, accepting(address(MANAGER), hash(INFERENCE)), TraceSwitches.ALL, 101))
        .contains(entry(FINE_TUNING)).doesNotContain(entry(INFERENCE));
  }

  @Test
  void an_unknown_ledger_manager_stops_where_it_is_first_seen() {
    simulation.withoutServices();
    simulation.nextBlock().direct(BOB, new Operation.RegisterService(INFERENCE));
    deposits(ALICE, 5);
    assertThat(stopsAt(101, accepting(address(INFERENCE)), TraceSwitches.ALL.deployedAt(101), 100))
        .contains(entry(MANAGER) + "LedgerManager");
  }

  /** Nothing registers: its deposits alone are seen. */
  @Test
  void deposits_into_an_unknown_ledger_manager_stop_where_following_starts_before_it_is_there() {
    simulation.withoutServices().nextBlock(2, Duration.ofSeconds(2));
    deposits(ALICE, 5);
    TraceSwitches late = TraceSwitches.ALL.deployedAt(102);
    assertThat(stopsAt(103, accepting(), late, 102)).contains(entry(MANAGER));
    isRead(accepting(hash(MANAGER)), late, 102);
  }

  @Test
  void a_contract_wallet_that_deposits_unseen_stops_as_well() {
    simulation.withoutServices().nextBlock(2, Duration.ofSeconds(2));
    simulation.nextBlock().through(ALICE, SAFE, "0xabcdef01", new Operation.Deposit(og(7)));
    assertThat(stopsAt(103, accepting(), TraceSwitches.ALL.deployedAt(102), 102)).contains(entry(MANAGER));
  }

  @Test
  void a_proxys_own_upgrade_to_unknown_code_stops() {
    deposits(ALICE, 5);
    simulation.nextBlock().upgraded(INFERENCE, FIRST);
    simulation.nextBlock().upgraded(MANAGER, NEXT);
    deposits(ALICE, 1);
    CodeReference[] known = {address(MANAGER), address(INFERENCE), address(FINE_TUNING)};
    assertThat(stopsAt(102, accepting(known), TraceSwitches.ALL, 101))
        .contains(entry(FIRST) + "proxy " + INFERENCE + ", since block 102", entry(NEXT) + "LedgerManager",
            line(MANAGER, INFERENCE, FINE_TUNING, FIRST, NEXT));
    assertThat(stopsAt(103, accepting(known[0], known[1], known[2], hash(FIRST)), TraceSwitches.ALL, 101))
        .contains(entry(NEXT) + "proxy " + MANAGER + ", since block 103").doesNotContain(entry(FIRST));
    isRead(accepting(known[0], known[1], known[2], hash(FIRST), hash(NEXT)), TraceSwitches.ALL, 101);
  }

  @Test
  void what_a_proxy_names_at_the_start_is_checked_beside_its_own_code() {
    simulation.nextBlock().upgraded(MANAGER, FIRST);
    deposits(ALICE, 5);
    deposits(ALICE, 1);
    CodeReference[] known = {address(MANAGER), address(INFERENCE), address(FINE_TUNING)};
    assertThat(stopsAt(103, accepting(known), TraceSwitches.ALL, 103))
        .contains(entry(FIRST) + "LedgerManager (" + MANAGER + "), as its implementation");
    isRead(accepting(known[0], known[1], known[2], address(FIRST)), TraceSwitches.ALL, 103);
  }

  @Test
  void code_that_is_not_described_marks_what_follows_where_the_user_goes_on() {
    deposits(ALICE, 5);
    Implementations all = new Implementations(Set.of(MANAGER, INFERENCE), true);
    try (TraceNode node = TraceNode.start(simulation.trace(), TraceSwitches.ALL);
        DecodedTrace decoded = decoded(node, all, 101)) {
      decoded.readTo(101, 1);
      assertThat(decoded.facts().getLast().evidence()).isInstanceOfSatisfying(Evidence.Unverified.class,
          evidence -> assertThat(evidence.implementation()).isEqualTo(FINE_TUNING));
    }
  }

  @Test
  void an_upgrade_whose_state_the_node_no_longer_holds_is_checked_all_the_same() {
    deposits(ALICE, 5);
    simulation.nextBlock().upgraded(TraceSwitches.BEACON, NEXT);
    simulation.nextBlock(5, Duration.ofSeconds(5));
    deposits(ALICE, 1);
    for (CodeReference reference : new CodeReference[] {hash(FIRST), hash(NEXT)}) {
      try (TraceNode node = TraceNode.start(simulation.trace(), TraceSwitches.ALL.behindBeacon(FIRST).keepingStates(2));
          DecodedTrace decoded = decoded(node,
              accepting(address(FIRST), address(INFERENCE), address(FINE_TUNING), reference), 101)) {
        decoded.readTo(101, 1);
        Throwable stop = catchThrowable(() -> decoded.readTo(node.last(), 1));
        assertThat(stop == null).isEqualTo(reference.equals(hash(NEXT)));
        assertThat(decoded.next()).isEqualTo(stop == null ? node.last() + 1 : 102);
      }
    }
  }
}
