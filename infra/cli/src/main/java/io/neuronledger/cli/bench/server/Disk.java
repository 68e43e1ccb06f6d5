package io.neuronledger.cli.bench.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/** Disk space by {@code du}: what files occupy, which is less than the length of a preallocated one. */
final class Disk {
  private static final long KILOBYTE = 1_024;

  private Disk() {}

  /** @return bytes; 0 where there is no such folder */
  static long bytesOf(Path folder) {
    try {
      Process du = new ProcessBuilder("du", "-sk", folder.toString())
          .redirectError(ProcessBuilder.Redirect.DISCARD).start();
      List<String> lines = new String(du.getInputStream().readAllBytes(), StandardCharsets.UTF_8).lines().toList();
      du.waitFor();
      return lines.isEmpty() ? 0 : Long.parseLong(lines.getLast().split("\\s+", 2)[0]) * KILOBYTE;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot run du", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }
}
