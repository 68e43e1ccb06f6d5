package io.neuronledger.query.export;

import io.neuronledger.foundation.problem.ProblemCode;
import io.neuronledger.foundation.problem.Refusal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.springframework.util.unit.DataSize;

/**
 * What the file of one export may take.
 *
 * @param bytesMax its most bytes
 * @param freeMin how much stays free on its disk
 */
public record ExportLimits(DataSize bytesMax, DataSize freeMin) {
  /**
   * @param bytes what the file would have
   * @param tooLong the problem of a file that is too long
   * @throws Refusal if it would be too long
   */
  public void requireBytes(long bytes, ProblemCode tooLong) {
    if (bytes > bytesMax.toBytes()) {
      throw new Refusal(tooLong, "an export has at most " + bytesMax.toBytes() + " bytes: narrow the filter");
    }
  }

  /** @throws Refusal if less is free on the disk of the file */
  public void requireFree(Path file) throws IOException {
    if (Files.getFileStore(file).getUsableSpace() < freeMin.toBytes()) {
      throw new Refusal(ProblemCode.TOO_MANY_EXPORTS, "less than " + freeMin.toBytes()
          + " bytes are free on the disk of the exports");
    }
  }
}
