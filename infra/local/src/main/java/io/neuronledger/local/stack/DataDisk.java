package io.neuronledger.local.stack;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The disk of a data folder. A stack stops while there is still room to stop in order: a broker whose disk is full ends
 * its process at once.
 *
 * @param freeMin bytes that an orderly stop needs
 */
public record DataDisk(Path folder, long freeMin) {
  private static final long MIB = 1 << 20;

  /** @return a sentence that names the disk, if less is free than an orderly stop needs */
  public Optional<String> shortage() {
    try {
      FileStore disk = Files.getFileStore(folder);
      long free = disk.getUsableSpace();
      return free >= freeMin ? Optional.empty() : Optional.of("the disk of " + folder + " is full: " + free / MIB
          + " MiB of " + disk.getTotalSpace() / MIB + " MiB are free on " + disk + ", and " + freeMin / MIB
          + " MiB must be");
    } catch (IOException e) {
      throw new UncheckedIOException("cannot look at the disk of " + folder, e);
    }
  }
}
