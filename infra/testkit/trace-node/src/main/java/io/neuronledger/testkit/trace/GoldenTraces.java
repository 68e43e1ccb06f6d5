package io.neuronledger.testkit.trace;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/** Recorded traces of the real contracts, in this module's resources. */
public final class GoldenTraces {
  private GoldenTraces() {}

  /** @param number 21 or 22 */
  public static Trace read(int number) {
    String name = "/golden/trace-" + number + ".json.gz";
    try (InputStream in = GoldenTraces.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalArgumentException("there is no " + name);
      }
      return TraceFile.read(in, name);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + name, e);
    }
  }
}
