package io.neuronledger.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.neuronledger.testkit.devchain.Anvil;
import io.neuronledger.testkit.devchain.transaction.DevWallet;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code ./ledger up} with an address that is no contract. */
class RefusedStartIT {
  @Test
  void a_refused_start_of_a_service_prints_one_line_and_exits_with_2(@TempDir Path folder) {
    StringWriter err = new StringWriter();
    String wallet = DevWallet.funded(3).address().checksummed();
    try (Anvil anvil = Anvil.start()) {
      assertThat(Cli.commandLine().setErr(new PrintWriter(err)).setOut(new PrintWriter(new StringWriter())).execute(
          "up", "--port", "0", "--data", folder.toString(), "--rpc-url", anvil.rpcUrl(), "--contract", wallet))
          .isEqualTo(2);
    }
    assertThat(err.toString().lines()).singleElement().asString().contains(wallet, "has no code");
  }
}
