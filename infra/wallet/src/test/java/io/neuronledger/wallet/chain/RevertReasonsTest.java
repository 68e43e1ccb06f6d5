package io.neuronledger.wallet.chain;

import static org.assertj.core.api.Assertions.assertThat;

import io.neuronledger.foundation.evm.AbiWriter;
import java.util.List;
import org.junit.jupiter.api.Test;

class RevertReasonsTest {
  private final RevertReasons reasons = new RevertReasons();

  @Test
  void the_errors_of_both_families_have_their_names() {
    assertThat(reasons.of(new AbiWriter().uint(2).uint(3).call("RestBelowMinimum(uint256,uint256)")))
        .isEqualTo("RestBelowMinimum(2, 3)");
    assertThat(reasons.of(new AbiWriter().string("x").call("ServiceUnknown(string)")))
        .isEqualTo("ServiceUnknown(\"x\")");
    assertThat(reasons.of(new AbiWriter().call("CallFailed()"))).isEqualTo("CallFailed()");
    assertThat(reasons.of(new AbiWriter().uint(1).uint(3).call("MinimumDepositRequired(uint256,uint256)")))
        .isEqualTo("MinimumDepositRequired(1, 3)");
    assertThat(reasons.of("0x9edd285f" + "%064x".formatted(1).repeat(2))).startsWith("TooManyRefunds(0x");
    assertThat(reasons.of(new AbiWriter().string("no").call("Error(string)"))).isEqualTo("Error(\"no\")");
  }

  /** A node may answer anything. */
  @Test
  void what_is_no_error_is_shown_harmlessly() {
    assertThat(reasons.of("0x")).isEqualTo("no reason");
    assertThat(reasons.of("0x12345678")).isEqualTo("an unknown error, 0x12345678");
    assertThat(reasons.of("\u001b[2Jxxxxxxxx")).doesNotContain("\u001b");
    assertThat(reasons.of("0x08c379a0" + "f".repeat(64))).isEqualTo("Error");
    for (String malformed : List.of("0x08c379a0zz", "0x08c379a0", "0x08c379a", "zz")) {
      assertThat(reasons.of(malformed)).isNotEmpty();
    }
    assertThat(reasons.of(new AbiWriter().string("\u001b[2J").call("Error(string)"))).isEqualTo("Error(\"?[2J\")");
  }
}
