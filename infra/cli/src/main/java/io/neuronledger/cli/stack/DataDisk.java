package io.neuronledger.cli.stack;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The disk of a data folder. A stack shuts down while there is still space for a graceful shutdown: a broker on a full
 * disk halts its process at once, and rewritten files would be truncated. A file in the folder reserves the same amount
 * again, for a disk that fills faster than it is checked; the shutdown releases it.
 *
 * @param freeMin the number of bytes that a graceful shutdown needs
 */
public record DataDisk(Path folder, long freeMin) {
  private static final long MIB = 1 << 20;
  private static final String RESERVE = "reserve";

  /** @return a message that names the disk, if less is free than a graceful shutdown needs */
  public Optional<String> shortage() {
    return shortage(freeMin);
  }

  /**
   * Reserves the space for a shutdown, unless it is reserved already.
   *
   * @return a message that names the disk, if there is not enough space; then nothing is reserved
   */
  public Optional<String> reserve() {
    try {
      if (Files.exists(reserveFile()) && Files.size(reserveFile()) == freeMin) {
        return shortage();
      }
      release();
      Optional<String> shortage = shortage(2 * freeMin);
      if (shortage.isEmpty()) {
        write();
      }
      return shortage;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + reserveFile(), e);
    }
  }

  /** Releases the reserved space for a shutdown. */
  public void release() {
    try {
      Files.deleteIfExists(reserveFile());
    } catch (IOException e) {
      throw new UncheckedIOException("cannot delete " + reserveFile(), e);
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
      throw new UncheckedIOException("cannot read the free space on the disk of " + folder, e);
    }
  }

  /** Writes every byte: a sparse file reserves nothing. */
  private void write() throws IOException {
    byte[] block = new byte[(int) MIB];
    try (OutputStream file = Files.newOutputStream(reserveFile())) {
      for (long left = freeMin; left > 0; left -= block.length) {
        file.write(block, 0, (int) Math.min(left, block.length));
      }
    }
  }

  private Path reserveFile() {
    return folder.resolve(RESERVE);
  }
}
