package io.neuronledger.indexer.chain.call;

import static org.assertj.core.api.Assertions.assertThat;

import io.neuronledger.indexer.chain.call.NodeCapabilities.Capability;
import io.neuronledger.testkit.servers.ManualClock;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class NodeCapabilitiesTest {
  private final ManualClock clock = new ManualClock();
  private final NodeCapabilities capabilities = new NodeCapabilities("node:1", clock);

  @Test
  void one_refusal_proves_nothing() {
    capabilities.refuses(Capability.FINALIZED_TAG, "no");
    assertThat(capabilities.mayUse(Capability.FINALIZED_TAG)).isTrue();
    capabilities.supports(Capability.FINALIZED_TAG);
    capabilities.refuses(Capability.FINALIZED_TAG, "no");
    assertThat(capabilities.mayUse(Capability.FINALIZED_TAG)).as("in between it worked").isTrue();
    capabilities.refuses(Capability.FINALIZED_TAG, "no");
    assertThat(capabilities.mayUse(Capability.FINALIZED_TAG)).isFalse();
    assertThat(capabilities.mayUse(Capability.LOGS_BY_BLOCK_HASH)).isTrue();
  }

  @Test
  void a_missing_feature_is_tried_again_after_a_while_whatever_comes_before() {
    capabilities.lacks(Capability.BLOOMS, "block 5 has none");
    capabilities.supports(Capability.BLOOMS);
    clock.pass(Duration.ofMinutes(10).minusSeconds(1));
    assertThat(capabilities.mayUse(Capability.BLOOMS)).isFalse();
    clock.pass(Duration.ofSeconds(1));
    assertThat(capabilities.mayUse(Capability.BLOOMS)).isTrue();
  }
}
