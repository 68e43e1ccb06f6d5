package io.neuronledger.testkit.servers;

import java.io.Serial;
import java.nio.file.Path;

/** Thrown where another process, or another part of this one, uses the folder. The message is fit for the terminal. */
public final class FolderInUse extends IllegalStateException {
  @Serial private static final long serialVersionUID = 1L;

  private FolderInUse(String message) {
    super(message);
  }

  /**
   * @param pid the holder's process id; empty while it is not yet written
   * @param api the address of the holder's API; empty if it has none
   */
  static FolderInUse by(Path folder, String pid, String api) {
    String holder = pid.isEmpty() ? "another process" : "process " + pid;
    String address = api.isEmpty() ? "" : ", which answers at " + api;
    return new FolderInUse("the folder " + folder.toAbsolutePath() + " is in use by " + holder + address
        + "; stop that process first, or name another folder");
  }
}
