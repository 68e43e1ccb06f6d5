package io.neuronledger.indexer.rpc;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class AdaptiveSizeProperties {
  @Property
  void stays_between_one_and_the_most(@ForAll @IntRange(min = 1, max = 500) int max, @ForAll List<Boolean> outcomes) {
    AdaptiveSize size = new AdaptiveSize(Math.min(100, max), max);
    for (boolean worked : outcomes) {
      int used = size.current();
      if (worked) {
        size.worked(used);
        assertThat(size.current()).isGreaterThanOrEqualTo(used);
      } else {
        assertThat(size.failed(used)).isEqualTo(used > 1);
        assertThat(size.current()).isLessThanOrEqualTo(used);
      }
      assertThat(size.current()).isBetween(1, max);
    }
  }

  /** Any limit of a provider is found, and then seldom hit again. */
  @Property
  void finds_a_hidden_limit(@ForAll @IntRange(min = 1, max = 2_000) int limit) {
    AdaptiveSize size = new AdaptiveSize(500, 2_000);
    int refused = 0;
    long served = 0;
    for (int request = 0; request < 400; request++) {
      int used = size.current();
      if (used > limit) {
        refused++;
        size.failed(used);
      } else {
        served += used;
        size.worked(used);
      }
    }
    assertThat(refused).as("requests that the provider refused").isLessThan(40);
    assertThat(served).as("compared with always asking for the limit").isGreaterThan(400L * limit / 2);
  }

  @Property
  void half_filled_requests_prove_nothing(@ForAll @IntRange(min = 2, max = 100) int first) {
    AdaptiveSize size = new AdaptiveSize(first, 1_000);
    size.worked(first - 1);
    assertThat(size.current()).isEqualTo(first);
  }
}
