package io.neuronledger.cli.dashboard;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import io.neuronledger.cli.stack.chain.ChainSource;
import io.neuronledger.cli.stack.issuer.IssuerClient;
import io.neuronledger.contracts.value.WalletAddress;
import io.neuronledger.indexer.decode.zerog.ZeroGFamily;
import io.neuronledger.testkit.devchain.rpc.JsonRpc;
import io.neuronledger.testkit.trace.Trace;
import io.neuronledger.testkit.trace.TraceFile;
import io.neuronledger.testkit.trace.node.TraceNode;
import io.neuronledger.testkit.trace.node.TraceSwitches;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Acts of an owner in the contracts of 0G, as a recorded run has them: what is signed is what they executed there. */
class ZeroGActsIT {
  private static final Path RECORDED =
      Path.of("../testkit/trace-node/src/main/resources/golden/trace-22.json.gz");
  private static final WalletAddress OWNER = WalletAddress.parse("0x70997970c51812dc3a010c7d01b50e0d17dc79c8");
  private static final String PROVIDER = "0x90F79bf6EB2c4f870365E785982E1f101E93b906";
  /** The blocks of what the owner did, each before what others did. */
  private static final long DEPOSIT = 49;
  private static final long TRANSFER = 53;
  private static final long WITHDRAWAL = 56;
  /** The block that leaves nothing in a sub-account. */
  private static final long EMPTY = 76;

  private final Trace trace = TraceFile.read(RECORDED);
  private final List<JsonNode> signed = new ArrayList<>();
  private final List<Trace.Transaction> executed = new ArrayList<>();

  @Test
  void what_an_owner_signs_is_what_the_contracts_have_executed() {
    try (TraceNode node = TraceNode.start(trace, TraceSwitches.ALL); DashboardStack dashboard = DashboardStack.on(
        new ChainSource.ContractOn(ZeroGFamily.NAME, List.of(node.url()), Optional.empty(), trace.ledgerManager(),
            trace.transactions().getFirst().block(),
            trace.contracts().stream().map(WalletAddress::value).toList()),
        Map.of("neuron-ledger.follow.finality", "instant", "neuron-ledger.follow.polling-interval", "PT0.1S",
            "neuron-ledger.follow.block-time-tolerance", "PT0S"))) {
      JsonRpc rpc = new JsonRpc(node.url());
      TestWallet wallet = new TestWallet((method, parameters) -> answer(node, rpc, method, parameters), OWNER);
      advance(node, dashboard, DEPOSIT - 1);
      try (Visit visit = dashboard.visit(wallet).signIn(dashboard.code(IssuerClient.OPERATOR))) {
        visit.goTo("wallets/" + OWNER.checksummed());
        Acting.finish(visit, Acting.begin(visit, "Deposit", Map.of(Acting.AMOUNT, "3.600000000000000487")));

        advance(node, dashboard, TRANSFER - 1);
        Locator transfer = Acting.begin(visit, "Transfer",
            Map.of(Acting.AMOUNT, "1.750000000000000281", "Provider", PROVIDER));
        transfer.getByLabel("Service").selectOption("fine-tuning-v1.0");
        Acting.finish(visit, transfer);

        advance(node, dashboard, WITHDRAWAL - 1);
        Locator withdrawal = Acting.begin(visit, "Withdraw", Map.of());
        assertThat(withdrawal.getByText("Available: 14.550000000000000618 0G")).isVisible();
        withdrawal.getByLabel(Acting.AMOUNT).fill("14.550000000000000618");
        Acting.finish(visit, withdrawal);

        // With AccountLedger a provider could now be refused.
        advance(node, dashboard, EMPTY);
        assertThat(button(visit, "Retrieve from " + PROVIDER + ", inference-v1.0")).hasCount(0);
        assertThat(button(visit, "Transfer to " + PROVIDER + ", inference-v1.0")).isVisible();
        assertThat(button(visit, "Refuse")).hasCount(0);
      }
    }
    assertThat(executed).extracting(Trace.Transaction::block).containsExactly(DEPOSIT, TRANSFER, WITHDRAWAL);
    assertThat(signed).zipSatisfy(executed, (each, recorded) -> {
      assertThat(each.path("to").asString()).isEqualToIgnoringCase(trace.ledgerManager().value());
      assertThat(each.path("data").asString()).isEqualTo(recorded.input());
      assertThat(each.path("value").asString("0x0")).isEqualTo("0x" + recorded.value().value().toString(16));
    });
  }

  private static Locator button(Visit visit, String name) {
    return visit.page().getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name).setExact(true));
  }

  private static void advance(TraceNode node, DashboardStack dashboard, long block) {
    node.advanceTo(block);
    dashboard.awaitBlock(block);
  }

  /** What is sent is in the next block at once: the recorded one. */
  private Object answer(TraceNode node, JsonRpc rpc, String method, JsonNode parameters) {
    return switch (method) {
      case "eth_getTransactionCount" -> "0x" + Integer.toHexString(signed.size());
      case "eth_getBalance" -> "0x56bc75e2d63100000";
      case "eth_call" -> "0x";
      case "eth_sendTransaction" -> {
        signed.add(parameters.path(0));
        node.advanceTo(node.head() + 1);
        Trace.Transaction recorded = trace.transactions().stream().filter(each -> each.block() == node.head())
            .findFirst().orElseThrow();
        executed.add(recorded);
        yield recorded.hash().value();
      }
      default -> rpc.call(method, parameters.valueStream().toArray());
    };
  }
}
