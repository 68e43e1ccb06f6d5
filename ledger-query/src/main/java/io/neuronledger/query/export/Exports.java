package io.neuronledger.query.export;

import io.neuronledger.foundation.problem.ProblemCode;
import io.neuronledger.foundation.problem.Refusal;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;

/** Writes and sends exports, a limited number at a time. Thread-safe. */
public final class Exports {
  private final int openMax;
  private final ExportLimits limits;
  private final Semaphore slots;

  /**
   * @param openMax the most exports that are written or sent at the same time; 1 or more
   * @param limits those of the file of each
   */
  public Exports(int openMax, ExportLimits limits) {
    if (openMax < 1) {
      throw new IllegalArgumentException("neuron-ledger.answers.exports-open-max must be 1 or more, not " + openMax);
    }
    this.openMax = openMax;
    this.limits = limits;
    this.slots = new Semaphore(openMax);
  }

  /**
   * Who waits for a block is not in progress yet: an export is from its first byte on.
   *
   * @param writes writes the whole content; its exceptions are handled as for any other request
   * @throws Refusal if too many exports are in progress, or one is too long, or its disk is full
   */
  public void send(HttpServletResponse response, Consumer<Export> writes) {
    try (Export export = new Export(this::takeSlot, slots::release, limits)) {
      writes.accept(export);
      export.sendTo(response);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void takeSlot() {
    if (!slots.tryAcquire()) {
      throw new Refusal(ProblemCode.TOO_MANY_EXPORTS,
          openMax + " exports are in progress, which is the maximum; try again later");
    }
  }
}
