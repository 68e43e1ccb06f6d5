package io.neuronledger.cli.stack;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.neuronledger.cli.stack.secret.Secrets;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which data folders a stack goes on with. */
class DataFormTest {
  private static void withData(Path folder) throws IOException {
    DataForm.require(folder);
    DataForm.write(folder);
    Files.createDirectories(Stack.postgresIn(folder));
  }

  @Test
  void a_folder_of_this_form_with_its_passwords_is_accepted(@TempDir Path folder) throws IOException {
    Secrets.in(folder).of("any");
    withData(folder);
    assertThatCode(() -> DataForm.require(folder)).doesNotThrowAnyException();
  }

  @Test
  void a_folder_of_another_form_is_refused_in_one_sentence(@TempDir Path folder) throws IOException {
    Secrets.in(folder).of("any");
    withData(folder);
    Files.writeString(folder.resolve("form"), "another");
    assertThatThrownBy(() -> DataForm.require(folder)).isInstanceOf(OlderForm.class)
        .hasMessageContaining(folder.toString()).hasMessageNotContaining("\n");
  }

  @Test
  void a_folder_whose_passwords_are_lost_is_refused_in_one_sentence(@TempDir Path folder) throws IOException {
    withData(folder);
    assertThatThrownBy(() -> DataForm.require(folder)).isInstanceOf(IllegalStateException.class)
        .hasMessageContaining(Secrets.FILE).hasMessageNotContaining("\n");
  }
}
