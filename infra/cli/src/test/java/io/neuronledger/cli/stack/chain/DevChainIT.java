package io.neuronledger.cli.stack.chain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.neuronledger.testkit.devchain.rpc.BlockHeader;
import io.neuronledger.testkit.servers.FolderInUse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A dev chain's folder has one node at a time. */
class DevChainIT {
  @Test
  void a_second_node_on_the_folder_is_refused_and_the_first_keeps_running(@TempDir Path folder) {
    Optional<Path> chain = Optional.of(folder.resolve("chain"));
    long block;
    try (DevChain first = DevChain.start(chain, 0, Optional.empty())) {
      assertThatThrownBy(() -> DevChain.start(chain, 0, Optional.empty()).close()).isInstanceOf(FolderInUse.class);
      assertThat(first.node().isAlive()).isTrue();
      block = first.node().control().head().number();
    }
    try (DevChain next = DevChain.start(chain, 0, Optional.empty())) {
      assertThat(next.node().control().head().number()).isEqualTo(block);
    }
  }

  @Test
  void the_moved_clock_survives_a_restart(@TempDir Path folder) {
    Optional<Path> chain = Optional.of(folder.resolve("chain"));
    BlockHeader last;
    try (DevChain first = DevChain.start(chain, 0, Optional.empty())) {
      first.node().control().increaseTime(Duration.ofDays(1));
      first.node().control().mine();
      last = first.node().control().head();
    }
    try (DevChain next = DevChain.start(chain, 0, Optional.empty())) {
      next.node().control().mine();
      BlockHeader mined = next.node().control().head();
      assertThat(mined.parent()).isEqualTo(last.hash());
      assertThat(mined.time()).isAfterOrEqualTo(last.time());
    }
  }

  @Test
  void a_new_chain_begins_when_it_is_asked_to_and_a_chain_that_is_there_goes_on(@TempDir Path folder) {
    Optional<Path> chain = Optional.of(folder.resolve("chain"));
    Instant asked = Instant.parse("2020-02-01T12:00:00Z");
    BlockHeader last;
    try (DevChain first = DevChain.start(chain, 0, Optional.of(asked))) {
      last = first.node().control().head();
      assertThat(last.time()).isBetween(asked, asked.plus(Duration.ofHours(1)));
    }
    try (DevChain next = DevChain.start(chain, 0, Optional.of(asked.minus(Duration.ofDays(1))))) {
      next.node().control().mine();
      assertThat(next.node().control().head().parent()).isEqualTo(last.hash());
      assertThat(next.node().control().head().time()).isAfter(last.time());
    }
  }
}
