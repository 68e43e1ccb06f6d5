package io.neuronledger.cli.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.neuronledger.cli.stack.Ports;
import io.neuronledger.cli.stack.Stack;
import io.neuronledger.cli.stack.StackOptions;
import io.neuronledger.cli.stack.chain.ChainSource;
import io.neuronledger.contracts.value.Neuron;
import io.neuronledger.indexer.decode.accountledger.AccountLedgerFamily;
import io.neuronledger.testkit.devchain.Anvil;
import io.neuronledger.testkit.devchain.contract.AccountLedgerContract;
import io.neuronledger.testkit.devchain.transaction.DevWallet;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import tools.jackson.databind.JsonNode;

/** Following halts when a final block is retracted; the status, the answers and the check report it. */
class HaltIT {
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final DevWallet OWNER = DevWallet.funded(1);

  private final StringWriter printed = new StringWriter();

  @Test
  void a_halt_is_reported_by_the_status_the_answers_and_the_check() {
    try (Anvil anvil = Anvil.start()) {
      AccountLedgerContract contract = AccountLedgerContract.deployWithServices(anvil.rpcUrl(), DevWallet.funded(0));
      contract.await(contract.deposit(OWNER, Neuron.ofZeroG("3")));
      try (Stack stack = Stack.start(options(anvil, contract))) {
        String ledger = "/v1/ledgers/" + OWNER.address() + "?wait=30&min_block=" + anvil.control().head().number();
        JsonNode asOf = stack.api().getUntil(ledger, answer -> !answer.at("/as_of/behind").asBoolean(true))
            .get("as_of");
        assertThat(asOf.get("guard").asString()).isEqualTo("proved");
        assertThat(check(stack, anvil)).as(printed::toString).isZero();

        anvil.control().reorg(1, List.of());
        await().atMost(PATIENCE).until(() -> following(stack).get("state").asString().equals("halted"));
        assertThat(following(stack).get("why").asString()).contains("which had been final");
        assertThat(following(stack).get("behind").asBoolean()).isTrue();
        assertThat(stack.api().getOk(ledger).at("/as_of/behind").asBoolean()).isTrue();
        assertThat(check(stack, anvil)).isEqualTo(2);
        assertThat(printed.toString()).startsWith("UNKNOWN: ");
      }
    }
  }

  private static JsonNode following(Stack stack) {
    return stack.api().getOk("/v1/status").get("following");
  }

  private static StackOptions options(Anvil anvil, AccountLedgerContract contract) {
    return new StackOptions(Optional.empty(),
        new ChainSource.ContractOn(AccountLedgerFamily.NAME, List.of(anvil.rpcUrl()), Optional.empty(),
            contract.address(),
            contract.startBlock(), List.of()),
        Ports.FREE, Map.of("neuron-ledger.follow.finality", "instant",
            "neuron-ledger.follow.polling-interval", "PT0.1S"));
  }

  private int check(Stack stack, Anvil anvil) {
    printed.getBuffer().setLength(0);
    return new CommandLine(new Check()).setOut(new PrintWriter(printed))
        .execute("--url", stack.query().url(), "--command-url", stack.command().url(), "--rpc-url", anvil.rpcUrl());
  }
}
