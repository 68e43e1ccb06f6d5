package io.neuronledger.cli.operate;

import io.neuronledger.cli.operate.request.Answers;
import io.neuronledger.cli.stack.secret.PrivateFile;
import io.neuronledger.wallet.option.OutputOptions;
import io.neuronledger.wallet.outcome.CommandFailure;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/**
 * Where a new secret goes, which is shown once: to the terminal, or into a file that only its owner may read. The file
 * is made before the secret is, so that none is lost to a folder that cannot be written to.
 */
final class SecretFile implements AutoCloseable {
  static final String DESCRIPTION =
      "a new file for the secret, which only its owner may read; it is not printed then";

  private final Optional<Path> file;
  private boolean isWritten;

  private SecretFile(Optional<Path> file) {
    this.file = file;
  }

  /** @throws CommandFailure if the file exists, or cannot be made */
  static SecretFile reserve(Optional<Path> file) {
    file.ifPresent(path -> {
      if (Files.exists(path)) {
        throw CommandFailure.refused("--secret-file: " + path + " exists");
      }
      try {
        new PrivateFile(path.toAbsolutePath()).write("");
      } catch (UncheckedIOException e) {
        throw CommandFailure.refused("--secret-file: " + e.getMessage());
      }
    });
    return new SecretFile(file);
  }

  /** Writes the secret into the file, or prints it; with {@code --json} the whole answer, as far as it is not there. */
  void show(OutputOptions output, Object answer, String secret) {
    file.ifPresent(path -> new PrivateFile(path.toAbsolutePath()).write(secret + "\n"));
    isWritten = true;
    if (output.json()) {
      ObjectNode tree = (ObjectNode) Answers.tree(answer);
      file.ifPresent(_ -> tree.remove("secret"));
      Answers.json(output, tree);
      return;
    }
    output.line(file.map(path -> "The secret is in " + path).orElse("Secret: " + secret));
    if (file.isEmpty()) {
      output.note("The secret is shown this once.");
    }
  }

  /** Removes the empty file where no secret was made. */
  @Override
  public void close() {
    if (isWritten) {
      return;
    }
    file.ifPresent(path -> {
      try {
        Files.deleteIfExists(path);
      } catch (IOException e) {
        throw new UncheckedIOException("cannot remove " + path, e);
      }
    });
  }
}
