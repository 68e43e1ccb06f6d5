package io.neuronledger.query.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.neuronledger.foundation.problem.ProblemCode;
import io.neuronledger.foundation.problem.Refusal;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.util.unit.DataSize;

/** The limits of answers that are written to a file first. */
class ExportsTest {
  private static Exports exports(int openMax, long bytesMax, long freeMin) {
    return new Exports(openMax, new ExportLimits(DataSize.ofBytes(bytesMax), DataSize.ofBytes(freeMin)));
  }

  private static byte[] sent(Exports exports, int bytes) {
    MockHttpServletResponse response = new MockHttpServletResponse();
    exports.send(response, export -> write(export, bytes));
    return response.getContentAsByteArray();
  }

  private static void write(Export export, int bytes) {
    try {
      export.body().write(new byte[bytes]);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void an_answer_has_no_more_bytes_than_its_limit() {
    int most = 200_000;
    Exports exports = exports(1, most, 0);
    assertThat(sent(exports, most)).hasSize(most);
    assertThatThrownBy(() -> sent(exports, most + 1)).isInstanceOfSatisfying(Refusal.class, refusal ->
        assertThat(refusal.code()).isEqualTo(ProblemCode.BAD_PARAMETER))
        .hasMessage("an export has at most 200000 bytes: narrow the filter");
    assertThat(sent(exports, most)).hasSize(most);
  }

  /** Callers that wait for a block would hold all slots while nothing is written. */
  @Test
  void an_answer_takes_a_slot_when_it_begins_and_not_while_it_waits() {
    Exports exports = exports(1, 3, 0);
    exports.send(new MockHttpServletResponse(), waits -> {
      assertThat(sent(exports, 1)).hasSize(1);
      write(waits, 1);
      assertThatThrownBy(() -> sent(exports, 1)).isInstanceOf(Refusal.class)
          .hasMessage("1 exports are in progress, which is the maximum; try again later");
    });
    assertThat(sent(exports, 1)).hasSize(1);
  }

  @Test
  void what_must_stay_free_on_the_disk_stays_free() {
    assertThatThrownBy(() -> sent(exports(1, 3, Long.MAX_VALUE), 3)).isInstanceOf(Refusal.class)
        .hasMessageContaining("are free on the disk of the exports");
  }
}
