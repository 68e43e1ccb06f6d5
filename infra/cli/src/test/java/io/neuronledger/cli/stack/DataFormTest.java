package io.neuronledger.cli.stack;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.neuronledger.cli.stack.secret.Secrets;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataFormTest {
  /** PostgreSQL would refuse a newly generated password, after a minute of attempts. */
  @Test
  void data_without_the_file_of_their_passwords_are_refused(@TempDir Path folder) throws IOException {
    Secrets.in(folder).of("postgres");
    DataForm.write(folder);
    Files.createDirectory(folder.resolve("postgresql"));
    assertThatCode(() -> DataForm.require(folder)).doesNotThrowAnyException();

    Files.delete(folder.resolve(Secrets.FILE));
    assertThatThrownBy(() -> DataForm.require(folder)).isInstanceOf(OlderForm.class)
        .hasMessageContaining("restore " + folder.resolve(Secrets.FILE));
  }
}
