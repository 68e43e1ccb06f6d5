package io.neuronledger.cli.stack;

import java.io.Serial;
import java.nio.file.Path;
import org.springframework.boot.ExitCodeGenerator;

/** A data folder has data of another form than this version's. The message is a sentence for the terminal. */
public final class OlderForm extends IllegalStateException implements ExitCodeGenerator {
  @Serial private static final long serialVersionUID = 1L;
  private static final int REFUSED = 2;

  OlderForm(Path folder) {
    super("the data in " + folder.toAbsolutePath() + " have the form of another version; name another folder, or remove"
        + " this one: the ledger follows the chain again from its start block");
  }

  @Override
  public int getExitCode() {
    return REFUSED;
  }
}
