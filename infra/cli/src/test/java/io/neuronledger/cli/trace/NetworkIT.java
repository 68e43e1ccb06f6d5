package io.neuronledger.cli.trace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.neuronledger.cli.check.EndedRuns;
import io.neuronledger.cli.soak.PublicationAudit;
import io.neuronledger.cli.stack.Stack;
import io.neuronledger.cli.stack.StackOptions;
import io.neuronledger.cli.stack.chain.ChainSource;
import io.neuronledger.contracts.topic.Partitions;
import io.neuronledger.contracts.value.Neuron;
import io.neuronledger.contracts.value.WalletAddress;
import io.neuronledger.testkit.trace.Trace;
import io.neuronledger.testkit.trace.TraceFile;
import io.neuronledger.testkit.trace.node.TraceNode;
import io.neuronledger.testkit.trace.node.TraceSwitches;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code ./ledger up --network 0g-mainnet --rpc-url URL}, against a node that poses as the network. */
class NetworkIT {
  /** The network's start block, and the next block. */
  private static final long FIRST_BLOCK = 24_430_001;
  private static final WalletAddress DESCRIBED =
      WalletAddress.parse("0xee876A55540eeA57E684Fc3e6d8c4702810E704f");
  /** Of inference-v1.0. */
  private static final WalletAddress DESCRIBED_SERVICE =
      WalletAddress.parse("0x1c0A264f5ae6cfC37E8695442fB139efD884Ca48");

  /** Of Galileo. */
  private static final long FIRST_TEST_BLOCK = 20_300_001;
  private static final WalletAddress DESCRIBED_TEST =
      WalletAddress.parse("0x71BC400e0545cD0f5C137563b49dF64e75bF19d0");
  private static final WalletAddress DESCRIBED_TEST_SERVICE =
      WalletAddress.parse("0x84EaB76dCfA142a1CC0DcfB46110d9A41a250FE1");

  private static ChainSource network(TraceNode node, Optional<Long> startBlock) {
    return new ChainSource.Network("0g-mainnet", List.of(node.url()), Optional.empty(), startBlock, List.of());
  }

  /** A trace has its own clock, which may be ahead of the system clock. */
  private static StackOptions patientWithTime() {
    return StackOptions.temporary().withSettings(Map.of("neuron-ledger.follow.block-time-tolerance", "PT0S"));
  }

  @Test
  void a_network_name_and_a_node_suffice(@TempDir Path folder) {
    Trace trace = TraceFile.read(
        PosingAs.MAINNET.file(Path.of("../testkit/trace-node/src/main/resources/golden/trace-21.json.gz"), FIRST_BLOCK,
            folder));
    try (TraceNode node = TraceNode.start(trace, TraceSwitches.ALL.behindBeacon(DESCRIBED)
        .servicesBehindBeacon(DESCRIBED_SERVICE))) {
      node.advanceTo(node.last());
      StackOptions options = patientWithTime();
      assertThatThrownBy(() ->
          Stack.start(options.withChain(network(node, Optional.of(22_788_738L)))).close())
          .hasStackTraceContaining("must be 22788739 or later").hasStackTraceContaining("FundSpent");
      try (Stack stack = Stack.start(options.withChain(network(node, Optional.empty())))) {
        StringWriter shown = new StringWriter();
        Verification verification = Verification.compare(trace, FIRST_BLOCK, stack, node, new PrintWriter(shown));
        assertThat(verification.passed()).as(shown::toString).isTrue();
        // The same through the partitions: every state is published, and none differs.
        assertThat(stack.indexerApi().post("/v1/admin/reconciliations").statusCode()).isEqualTo(202);
        await().atMost(Duration.ofMinutes(1)).until(() -> EndedRuns.of(stack.kafka().admin()).values().stream()
            .anyMatch(partitions -> partitions.size() == Partitions.DEFAULT.count()));
        assertThat(PublicationAudit.of(stack.kafka().admin()).discrepancies()).isEmpty();
        assertThat(stack.api().get("/v1/status").body()).contains("\"chain_id\":16661", "0g",
            WalletAddress.parse("0x" + PosingAs.MAINNET.manager()).checksummed());
      }
    }
  }

  /** Only the start: decoding is the same. */
  @Test
  void the_test_network_starts_by_its_name(@TempDir Path folder) {
    Trace whole = TraceFile.read(
        PosingAs.GALILEO.file(Path.of("../testkit/trace-node/src/main/resources/golden/trace-22.json.gz"),
            FIRST_TEST_BLOCK,
            folder));
    Trace trace = new Trace(whole.chainId(), whole.ledgerManager(), whole.inference(), whole.fineTuning(),
        whole.initialLockPeriod(), whole.transactions().subList(0, 30));
    try (TraceNode node = TraceNode.start(trace, TraceSwitches.ALL.behindBeacon(DESCRIBED_TEST)
        .servicesBehindBeacon(DESCRIBED_TEST_SERVICE));
        Stack stack = Stack.start(patientWithTime().withChain(new ChainSource.Network("0g-galileo-testnet",
            List.of(node.url()), Optional.empty(), Optional.empty(), List.of())))) {
      node.advanceTo(node.last());
      trace.transactions().getLast().expected().ledgers().forEach((owner, ledger) ->
          assertThat(stack.api().ownerAt(owner, node.last()).total())
              .isEqualTo(ledger.map(Trace.LedgerState::total).orElse(Neuron.ZERO)));
      assertThat(stack.api().get("/v1/status").body()).contains("\"chain_id\":16602",
          WalletAddress.parse("0x" + PosingAs.GALILEO.manager()).checksummed());
    }
  }

  @Test
  void a_network_may_be_described_by_a_file(@TempDir Path folder) throws IOException {
    Trace whole = TraceFile.read(Path.of("../testkit/trace-node/src/main/resources/golden/trace-22.json.gz"));
    Trace trace = new Trace(whole.chainId(), whole.ledgerManager(), whole.inference(), whole.fineTuning(),
        whole.initialLockPeriod(), whole.transactions().subList(0, 30));
    Path file = Files.writeString(folder.resolve("my-network.yaml"), """
        neuron-ledger:
          family: 0g
          chain-id: %d
          contract: "%s"
          start-block: %d
          zero-g:
            described-implementations: %s
        """.formatted(trace.chainId(), trace.ledgerManager(), trace.transactions().getFirst().block(),
        Verification.accepted(trace).stream().map(code -> '"' + code + '"').toList()));
    try (TraceNode node = TraceNode.start(trace, TraceSwitches.ALL);
        Stack stack = Stack.start(patientWithTime().withChain(new ChainSource.NetworkFile(file, List.of(node.url()),
            Optional.empty(), Optional.empty(), List.of())))) {
      node.advanceTo(node.last());
      trace.transactions().getLast().expected().ledgers().forEach((owner, ledger) ->
          assertThat(stack.api().ownerAt(owner, node.last()).total())
              .isEqualTo(ledger.map(Trace.LedgerState::total).orElse(Neuron.ZERO)));
    }
  }
}
