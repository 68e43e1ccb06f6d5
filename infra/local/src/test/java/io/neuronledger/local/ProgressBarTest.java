package io.neuronledger.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class ProgressBarTest {
  @Test
  void a_bar_tells_share_count_rate_and_what_remains() {
    assertThat(ProgressBar.line(12_000, 30_000, 4_000, OptionalLong.of(5)))
        .isEqualTo("[############------------------]  40 %  12,000 of 30,000 events  4,000/s  5 s left");
    assertThat(ProgressBar.line(30_000, 30_000, 4_000, OptionalLong.empty()))
        .isEqualTo("[##############################] 100 %  30,000 of 30,000 events  4,000/s");
    assertThat(ProgressBar.line(1, 1_000_000, 1, OptionalLong.of(999_999)))
        .isEqualTo("[------------------------------]   0 %  1 of 1,000,000 events  1/s  16666 min 39 s left");
  }

  /** Nothing counted yet; and a live read model that moved on while it was looked at. */
  @Test
  void a_bar_stays_between_nothing_and_all() {
    assertThat(ProgressBar.line(0, 0, 0, OptionalLong.empty())).contains("  0 %");
    assertThat(ProgressBar.line(11, 10, 1, OptionalLong.of(0))).contains("100 %").contains("0 s left");
  }
}
