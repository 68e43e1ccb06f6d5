package io.neuronledger.testkit.trace.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.neuronledger.contracts.value.WalletAddress;
import io.neuronledger.foundation.evm.Signature;
import io.neuronledger.testkit.trace.GoldenTraces;
import io.neuronledger.testkit.trace.Trace;
import io.neuronledger.testkit.trace.simulation.Operation;
import io.neuronledger.testkit.trace.simulation.RandomOperations;
import io.neuronledger.testkit.trace.simulation.Simulation;
import java.math.BigInteger;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Code, proofs and receipts, and the switches that disable them. */
class TraceNodeIT {
  private static final WalletAddress ALICE = Simulation.wallet(1);
  private static final WalletAddress PROVIDER = Simulation.wallet(0x51);
  private static final WalletAddress CODE = Simulation.wallet(0xc1);
  private static final WalletAddress NEXT_CODE = Simulation.wallet(0xc2);
  private static final int METHOD_NOT_FOUND = -32601;

  private static String hex(long block) {
    return "0x" + Long.toHexString(block);
  }

  private static JsonNode proof(NodeCalls node, WalletAddress contract, long block) {
    return node.result("eth_getProof", contract.value(), List.of(), hex(block));
  }

  private static void assertStorage(NodeCalls node, WalletAddress contract, long block, long other, boolean same) {
    assertThat(storageHash(node, contract, block).equals(storageHash(node, contract, other)))
        .as("%s at %s as at %s", contract, block, other).isEqualTo(same);
  }

  private static String storageHash(NodeCalls node, WalletAddress contract, long block) {
    return proof(node, contract, block).get("storageHash").asString();
  }

  /** The contract's part of the trace's expected state after the block. */
  private static Object state(Trace trace, WalletAddress contract, long block) {
    Trace.State state = trace.transactions().stream().filter(transaction -> transaction.block() <= block)
        .reduce((_, last) -> last).map(Trace.Transaction::expected).orElse(Trace.State.EMPTY);
    if (contract.equals(trace.ledgerManager())) {
      Map<WalletAddress, Trace.LedgerState> open = new TreeMap<>();
      state.ledgers().forEach((owner, ledger) -> ledger.ifPresent(there -> open.put(owner, there)));
      return open;
    }
    return Set.copyOf(state.accounts().stream().filter(account -> account.service().equals(contract)).toList());
  }

  /** Lock periods and registrations are state too, but not part of the expected states. */
  private static boolean changesRules(Trace trace, long block) {
    return trace.transactions().stream().filter(transaction -> transaction.block() == block)
        .flatMap(transaction -> transaction.logs().stream()).anyMatch(log -> !log.topics().isEmpty()
            && Set.of(Signature.topic("LockTimeUpdated(uint256,uint256)"),
                Signature.topic("ServiceRegistered(address,string)")).contains(log.topics().getFirst()));
  }

  private static void comparesEveryBlock(Trace trace) {
    try (TraceNode server = TraceNode.start(trace, TraceSwitches.ALL); NodeCalls node = new NodeCalls(server)) {
      server.advanceTo(server.last());
      for (WalletAddress contract : List.of(trace.ledgerManager(), trace.inference(), trace.fineTuning())) {
        Set<String> seen = new HashSet<>();
        long first = trace.transactions().getFirst().block();
        String before = storageHash(node, contract, first - 1);
        for (long block = first; block <= server.last(); block++) {
          String hash = storageHash(node, contract, block);
          if (!changesRules(trace, block)) {
            assertThat(hash.equals(before)).as("%s at %s", contract, block)
                .isEqualTo(state(trace, contract, block).equals(state(trace, contract, block - 1)));
          }
          seen.add(hash);
          before = hash;
        }
        assertThat(seen).hasSizeGreaterThan(2);
      }
    }
  }

  @Test
  void a_storage_hash_changes_exactly_with_the_state() {
    comparesEveryBlock(GoldenTraces.read(22));
    comparesEveryBlock(RandomOperations.trace(3, 120));
  }

  private static Simulation simulation() {
    Simulation simulation = new Simulation(100).knowing(ALICE).withoutFineTuning();
    simulation.nextBlock().direct(ALICE, new Operation.Deposit(Simulation.ONE.multiply(BigInteger.TEN)));
    simulation.nextBlock().direct(ALICE, new Operation.Transfer(Simulation.INFERENCE, PROVIDER, Simulation.ONE));
    simulation.nextBlock(2, Duration.ofSeconds(2))
        .direct(PROVIDER, new Operation.UpdateLockTime(Simulation.INFERENCE, 7200));
    simulation.nextBlock().upgraded(TraceSwitches.BEACON, NEXT_CODE);
    simulation.nextBlock().direct(PROVIDER, new Operation.RegisterService(Simulation.FINE_TUNING));
    return simulation;
  }

  private interface Question {
    void ask(TraceNode server, NodeCalls node);
  }

  private static void on(TraceSwitches switches, Question question) {
    try (TraceNode server = TraceNode.start(simulation().trace(), switches); NodeCalls node = new NodeCalls(server)) {
      server.advanceTo(server.last());
      question.ask(server, node);
    }
  }

  @Test
  void a_lock_time_belongs_to_its_service_and_a_registration_to_ledger_manager() {
    on(TraceSwitches.ALL, (_, node) -> {
      assertStorage(node, Simulation.INFERENCE, 104, 103, false);
      assertStorage(node, Simulation.FINE_TUNING, 104, 103, true);
      assertStorage(node, Simulation.MANAGER, 104, 102, true);
      assertStorage(node, Simulation.MANAGER, 106, 105, false);
    });
  }

  @Test
  void an_upgrade_changes_the_beacon_and_no_code() {
    on(TraceSwitches.ALL.behindBeacon(CODE), (_, node) -> {
      assertStorage(node, TraceSwitches.BEACON, 105, 104, false);
      assertStorage(node, Simulation.MANAGER, 105, 104, true);
      Set<String> codes = new HashSet<>();
      List<WalletAddress> contracts = List.of(Simulation.MANAGER, Simulation.INFERENCE, Simulation.FINE_TUNING,
          TraceSwitches.BEACON, CODE, NEXT_CODE);
      for (WalletAddress contract : contracts) {
        String code = node.result("eth_getCode", contract.value(), hex(101)).asString();
        assertThat(code).hasSizeGreaterThan(2)
            .isEqualTo(node.result("eth_getCode", contract.value(), "latest").asString());
        codes.add(code);
      }
      assertThat(codes).hasSameSizeAs(contracts);
      assertThat(node.result("eth_getCode", ALICE.value(), "latest").asString()).isEqualTo("0x");
    });
  }

  @Test
  void proofs_are_available_as_far_back_as_they_are_kept() {
    on(TraceSwitches.ALL.keepingProofs(2), (server, node) -> {
      proof(node, Simulation.MANAGER, server.last() - 1);
      assertThat(node.error("eth_getProof", Simulation.MANAGER.value(), List.of(), hex(server.last() - 2))
          .get("message").asString()).contains("too old");
      node.result("eth_getBalance", Simulation.MANAGER.value(), hex(server.last() - 2));
    });
  }

  @Test
  void a_refused_method_does_not_exist() {
    String hash = simulation().trace().transactions().getFirst().hash().value();
    Map<String, Object[]> questions = Map.of("eth_getProof",
        new Object[] {Simulation.MANAGER.value(), List.of(), "latest"}, "eth_getBlockReceipts", new Object[] {"latest"},
        "eth_getTransactionReceipt", new Object[] {hash});
    for (String refused : questions.keySet()) {
      on(TraceSwitches.ALL.refusing(refused), (_, node) -> questions.forEach((method, params) -> {
        if (method.equals(refused)) {
          assertThat(node.error(method, params).get("code").asInt()).isEqualTo(METHOD_NOT_FOUND);
        } else {
          assertThat(node.result(method, params).isNull()).isFalse();
        }
      }));
    }
  }

  @Test
  void receipts_hold_the_logs_of_their_transactions() {
    Trace trace = RandomOperations.trace(5, 60);
    try (TraceNode server = TraceNode.start(trace, TraceSwitches.ALL); NodeCalls node = new NodeCalls(server)) {
      server.advanceTo(server.last());
      for (long block = trace.transactions().getFirst().block(); block <= server.last(); block++) {
        JsonNode header = node.result("eth_getBlockByNumber", hex(block), false);
        JsonNode receipts = node.result("eth_getBlockReceipts", header.get("hash").asString());
        assertThat(receipts).isEqualTo(node.result("eth_getBlockReceipts", hex(block)));
        List<JsonNode> logs = receipts.valueStream().flatMap(receipt -> receipt.get("logs").valueStream()).toList();
        assertThat(logs).isEqualTo(node.result("eth_getLogs", Map.of("fromBlock", hex(block), "toBlock", hex(block)))
            .valueStream().toList());
        for (int i = 0; i < receipts.size(); i++) {
          assertThat(node.result("eth_getTransactionReceipt", header.get("transactions").get(i).asString()))
              .isEqualTo(receipts.get(i));
        }
        if (receipts.size() == 1) {
          assertThat(receipts.get(0).get("logsBloom")).isEqualTo(header.get("logsBloom"));
        }
      }
    }
  }
}
