package io.neuronledger.query.export;

import io.neuronledger.query.problem.Refusal;
import io.neuronledger.query.problem.Refused;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;

/** Writes and sends exports, so many at a time. Thread-safe. */
public final class Exports {
  private final int openMax;
  private final Semaphore places;

  /** @param openMax the most exports that are written or sent at the same time; 1 or more */
  public Exports(int openMax) {
    if (openMax < 1) {
      throw new IllegalArgumentException("neuron-ledger.answers.exports-open-max must be 1 or more, not " + openMax);
    }
    this.openMax = openMax;
    this.places = new Semaphore(openMax);
  }

  /**
   * @param writes everything; what it throws is answered as for any other request
   * @throws Refused if there is no place for another export
   */
  public void send(HttpServletResponse response, Consumer<Export> writes) {
    if (!places.tryAcquire()) {
      throw new Refused(Refusal.TOO_MANY_EXPORTS,
          openMax + " exports are being written or sent, which is as many as may be at the same time; ask again");
    }
    try (Export export = new Export()) {
      writes.accept(export);
      export.sendTo(response);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      places.release();
    }
  }
}
