package io.neuronledger.cli.bench.figure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class SummaryTest {
  @Test
  void the_median_of_an_odd_number_of_runs_is_the_middle_one() {
    assertThat(Summary.of(List.of(9.0, 1.0, 2.0))).isEqualTo(new Summary(2, 1, 9));
    assertThat(Summary.of(List.of(7.0))).isEqualTo(new Summary(7, 7, 7));
  }

  @Test
  void the_median_of_an_even_number_of_runs_lies_between_the_middle_two() {
    assertThat(Summary.of(List.of(9.0, 1.0, 2.0, 4.0))).isEqualTo(new Summary(3, 1, 9));
  }

  @Test
  void there_is_no_summary_of_nothing() {
    assertThatThrownBy(() -> Summary.of(List.of())).isInstanceOf(IllegalArgumentException.class);
  }
}
