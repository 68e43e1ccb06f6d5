package io.neuronledger.infra.servers;

import java.io.Serial;
import java.nio.file.Path;

/** Another process, or another part of this one, uses the folder. The message is a sentence for the terminal. */
public final class FolderInUse extends IllegalStateException {
  @Serial private static final long serialVersionUID = 1L;

  private FolderInUse(String message) {
    super(message);
  }

  /**
   * @param pid the holder's, empty in the moment before it is written
   * @param api where the holder answers, empty if it does not
   */
  static FolderInUse by(Path folder, String pid, String api) {
    String holder = pid.isEmpty() ? "another process" : "process " + pid;
    String address = api.isEmpty() ? "" : ", which answers at " + api;
    return new FolderInUse("the folder " + folder.toAbsolutePath() + " is in use by " + holder + address
        + "; stop that process first, or name another folder");
  }
}
