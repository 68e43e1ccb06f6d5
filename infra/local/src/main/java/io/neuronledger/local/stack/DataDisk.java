package io.neuronledger.local.stack;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The disk of a data folder. A stack stops while there is still room to stop in order: a broker whose disk is full ends
 * its process at once, and what is written anew as a whole would be cut. A file in the folder holds as much room again,
 * for a disk that fills faster than it is looked at: it is given back for the stop.
 *
 * @param freeMin bytes that an orderly stop needs
 */
public record DataDisk(Path folder, long freeMin) {
  private static final long MIB = 1 << 20;
  private static final String RESERVE = "reserve";

  /** @return a sentence that names the disk, if less is free than an orderly stop needs */
  public Optional<String> shortage() {
    return shortage(freeMin);
  }

  /**
   * Holds the room for a stop, unless it is held already.
   *
   * @return a sentence that names the disk, if there is not enough for it; then nothing is held
   */
  public Optional<String> reserve() {
    try {
      if (Files.exists(reserved()) && Files.size(reserved()) == freeMin) {
        return shortage();
      }
      giveBack();
      Optional<String> shortage = shortage(2 * freeMin);
      if (shortage.isEmpty()) {
        write();
      }
      return shortage;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + reserved(), e);
    }
  }

  /** Gives the room back: something is to be written now. */
  public void giveBack() {
    try {
      Files.deleteIfExists(reserved());
    } catch (IOException e) {
      throw new UncheckedIOException("cannot delete " + reserved(), e);
    }
  }

  private Optional<String> shortage(long needed) {
    try {
      FileStore disk = Files.getFileStore(folder);
      long free = disk.getUsableSpace();
      return free >= needed ? Optional.empty() : Optional.of("the disk of " + folder + " is full: " + free / MIB
          + " MiB of " + disk.getTotalSpace() / MIB + " MiB are free on " + disk + ", and " + needed / MIB
          + " MiB must be");
    } catch (IOException e) {
      throw new UncheckedIOException("cannot look at the disk of " + folder, e);
    }
  }

  /** Byte by byte: a file with holes holds nothing. */
  private void write() throws IOException {
    byte[] some = new byte[(int) MIB];
    try (OutputStream file = Files.newOutputStream(reserved())) {
      for (long left = freeMin; left > 0; left -= some.length) {
        file.write(some, 0, (int) Math.min(left, some.length));
      }
    }
  }

  private Path reserved() {
    return folder.resolve(RESERVE);
  }
}
