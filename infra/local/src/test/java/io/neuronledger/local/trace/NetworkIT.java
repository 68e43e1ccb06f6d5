package io.neuronledger.local.trace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.neuronledger.contracts.event.Lanes;
import io.neuronledger.contracts.value.WalletAddress;
import io.neuronledger.local.answer.LedgerApi;
import io.neuronledger.local.check.EndedRuns;
import io.neuronledger.local.soak.PublicationAudit;
import io.neuronledger.local.stack.ChainSource;
import io.neuronledger.local.stack.Stack;
import io.neuronledger.local.stack.StackOptions;
import io.neuronledger.local.trace.node.TraceNode;
import io.neuronledger.local.trace.node.TraceSwitches;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code ./ledger up --network 0g-mainnet --rpc-url URL}, against a node that poses as the network. */
class NetworkIT {
  /** The network's own start block, and the block behind it. */
  private static final long FIRST_BLOCK = 24_430_001;
  private static final WalletAddress DESCRIBED =
      WalletAddress.parse("0xee876A55540eeA57E684Fc3e6d8c4702810E704f");

  private static ChainSource network(TraceNode node, Optional<Long> startBlock) {
    return new ChainSource.Network("0g-mainnet", List.of(node.url()), Optional.empty(), startBlock);
  }

  @Test
  void a_name_and_a_node_are_all_it_needs(@TempDir Path folder) {
    Trace trace = TraceFile.read(
        AsMainnet.of(Path.of("src/test/resources/golden/trace-21.json.gz"), FIRST_BLOCK, folder));
    try (TraceNode node = TraceNode.start(trace, TraceSwitches.ALL.behindBeacon(DESCRIBED))) {
      node.advanceTo(node.last());
      StackOptions options = StackOptions.temporary();
      assertThatThrownBy(() ->
          Stack.start(options.withChain(network(node, Optional.of(22_788_738L)))).close())
          .hasStackTraceContaining("must be 22788739 or later").hasStackTraceContaining("FundSpent");
      try (Stack stack = Stack.start(options.withChain(network(node, Optional.empty())))) {
        StringWriter shown = new StringWriter();
        Verification verification = Verification.compare(trace, FIRST_BLOCK, stack, node, new PrintWriter(shown));
        assertThat(verification.passed()).as(shown::toString).isTrue();
        // The same through the lanes: every state is said, and none differs.
        assertThat(new LedgerApi(stack.indexer().url()).post("/v1/admin/reconciliations").statusCode()).isEqualTo(202);
        await().atMost(Duration.ofMinutes(1)).until(() -> EndedRuns.of(stack.bootstrapServers()).values().stream()
            .anyMatch(lanes -> lanes.size() == Lanes.DEFAULT.count()));
        assertThat(PublicationAudit.of(stack.bootstrapServers()).discrepancies()).isEmpty();
        assertThat(stack.api().get("/v1/status").body()).contains("\"chain_id\":16661", "0g-serving",
            AsMainnet.MANAGER);
      }
    }
  }
}
