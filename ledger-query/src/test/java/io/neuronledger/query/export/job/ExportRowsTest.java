package io.neuronledger.query.export.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.neuronledger.contracts.view.AsOf;
import io.neuronledger.foundation.problem.ProblemCode;
import io.neuronledger.foundation.problem.Refusal;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** How a list is read to its end. */
class ExportRowsTest {
  /** Wanted for some pages. */
  private static final class WantedFor implements ExportRows {
    private int pagesLeft;

    private WantedFor(int pages) {
      this.pagesLeft = pages;
    }

    @Override
    public void begin(AsOf asOf) {}

    @Override
    public void requireWanted() {
      if (pagesLeft == 0) {
        throw new Refusal(ProblemCode.DEADLINE_EXCEEDED, "too long");
      }
      pagesLeft--;
    }

    @Override
    public void row(Object line) {
      throw new IllegalStateException("no page has a row");
    }

    @Override
    public boolean wantsAll() {
      return true;
    }
  }

  @Test
  void an_export_ends_also_at_a_page_without_a_row() {
    WantedFor rows = new WantedFor(2);
    assertThatThrownBy(() -> rows.read(_ -> new ExportedPage<>(List.of(), Optional.of("next"))))
        .isInstanceOf(Refusal.class).hasMessage("too long");
    assertThat(rows.pagesLeft).isZero();
  }
}
