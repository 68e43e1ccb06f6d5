package io.neuronledger.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.neuronledger.cli.answer.LedgerApi;
import io.neuronledger.cli.answer.OwnerAnswer;
import io.neuronledger.cli.soak.PublicationAudit;
import io.neuronledger.cli.stack.StackAddresses;
import io.neuronledger.contracts.value.WalletAddress;
import io.neuronledger.foundation.evm.Quantity;
import io.neuronledger.testkit.devchain.rpc.JsonRpc;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The machine's locale and time zone affect neither stored data nor its reading. */
class FixedLocaleIT {
  private static final WalletAddress OWNER = WalletAddress.parse("0x70997970c51812dc3a010c7d01b50e0d17dc79c8");

  private static final Map<String, String> ARABIC_DIGITS = machine("-Duser.language=ar -Duser.country=EG");
  private static final Map<String, String> OTHER_CASE_FOLDING = machine("-Duser.language=tr -Duser.country=TR");

  /**
   * Set by options, because a JVM ignores a locale of its environment that is not installed. Names of files
   * may have any letters.
   */
  private static Map<String, String> machine(String options) {
    return Map.of("LC_ALL", "C.UTF-8", "TZ", "Asia/Kathmandu",
        "JAVA_TOOL_OPTIONS", options + " -Duser.timezone=Asia/Kathmandu");
  }

  /** @param head the chain's last block after the operations */
  private record Ledger(long head, OwnerAnswer owner, long published) {}

  @Test
  void a_folder_is_found_again_under_another_locale(@TempDir Path folder) throws Exception {
    Ledger played = run(folder, ARABIC_DIGITS, Optional.empty(), "--play");
    assertThat(played.owner().open()).isTrue();
    assertThat(played.published()).isPositive();
    Ledger found = run(folder, OTHER_CASE_FOLDING, Optional.of(played.head()));
    assertThat(found.owner()).isEqualTo(played.owner());
    // An empty block adds no event; that it is answered shows that following went on.
    assertThat(found.published()).isEqualTo(played.published());
    try (Stream<Path> files = Files.walk(folder.resolve("data").resolve("kafka"))) {
      assertThat(files.map(file -> file.getFileName().toString())).allMatch(name -> name.matches("\\p{ASCII}+"));
    }
  }

  /** Starts the stack, mines a block, reads the owner's balances as of the block and what is in Kafka; stops it. */
  private static Ledger run(Path folder, Map<String, String> machine, Optional<Long> block, String... options)
      throws IOException {
    try (StackProcess stack = StackProcess.start(folder, machine, options)) {
      LedgerApi ledger = stack.awaitLedger();
      JsonRpc chain = new JsonRpc(StackAddresses.read(folder.resolve("data")).rpc());
      chain.call("evm_mine");
      long head = Quantity.toLong(chain.call("eth_blockNumber").asString());
      assertThat(ledger.ownerAt(OWNER, head).open()).as("the stack keeps running").isTrue();
      OwnerAnswer owner = ledger.ownerAt(OWNER, block.orElse(head));
      PublicationAudit.Result published = PublicationAudit.of(stack.kafka().admin());
      assertThat(published.faults()).isEmpty();
      assertThat(stack.stop()).isZero();
      return new Ledger(head, owner, published.events());
    }
  }
}
