package io.neuronledger.indexer.follow;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class StepSizeProperties {
  /** On a chain with so many records per block, steps soon hold about as many as wanted. */
  @Property
  void steps_come_to_hold_about_as_many_records_as_wanted(@ForAll @IntRange(min = 1, max = 5_000) int perBlock,
      @ForAll @IntRange(min = 1, max = 50_000) int wanted) {
    StepSize size = new StepSize(1_000, wanted);
    for (int step = 0; step < 12; step++) {
      size.took(size.blocks(), size.blocks() * perBlock);
      assertThat(size.blocks()).isBetween(1, 1_000);
    }
    int records = size.blocks() * perBlock;
    assertThat(records).isLessThanOrEqualTo(Math.max(wanted, perBlock));
    assertThat(size.blocks()).isGreaterThanOrEqualTo(Math.min(1_000, wanted / perBlock / 2));
  }

  /** At the head steps have a block or two, which is no evidence about long ones. */
  @Property
  void short_steps_teach_nothing_but_to_shrink(@ForAll @IntRange(min = 1, max = 20) int perBlock) {
    StepSize size = new StepSize(1_000, 10_000);
    int before = size.blocks();
    size.took(1, perBlock);
    assertThat(size.blocks()).isEqualTo(before);
  }

  /** A step that is too long for any limit soon fits, and grows again soon after. */
  @Property
  void a_step_that_fails_is_tried_again_in_parts(@ForAll @IntRange(min = 1, max = 1_000) int most) {
    StepSize size = new StepSize(1_000, 10_000);
    int failures = 0;
    while (size.blocks() > most) {
      size.failed();
      failures++;
    }
    assertThat(failures).isLessThan(8);
    for (int step = 0; step < 10; step++) {
      size.took(size.blocks(), 1);
    }
    assertThat(size.blocks()).isGreaterThan(100);
    size.failed();
    assertThat(size.blocks()).isPositive();
  }
}
