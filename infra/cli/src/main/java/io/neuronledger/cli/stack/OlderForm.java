package io.neuronledger.cli.stack;

import io.neuronledger.cli.stack.secret.Secrets;
import java.io.Serial;
import java.nio.file.Path;
import org.springframework.boot.ExitCodeGenerator;

/**
 * A data folder has data that this version cannot continue: of another form, or without the file of their passwords.
 * The message is a sentence for the terminal.
 */
public final class OlderForm extends IllegalStateException implements ExitCodeGenerator {
  @Serial private static final long serialVersionUID = 1L;
  private static final int REFUSED = 2;

  private OlderForm(String message) {
    super(message);
  }

  static OlderForm of(Path folder) {
    return new OlderForm("the data in " + folder.toAbsolutePath() + " have the form of another version; name another"
        + " folder, or remove this one: the ledger follows the chain again from its start block");
  }

  static OlderForm withoutPasswords(Path folder) {
    return new OlderForm("the data in " + folder.toAbsolutePath() + " lack the file of their passwords; restore "
        + folder.resolve(Secrets.FILE).toAbsolutePath() + ", or name another folder");
  }

  @Override
  public int getExitCode() {
    return REFUSED;
  }
}
