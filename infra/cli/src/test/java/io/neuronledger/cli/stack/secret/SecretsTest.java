package io.neuronledger.cli.stack.secret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SecretsTest {
  @Test
  void a_password_is_the_same_after_a_restart_and_differs_from_every_other(@TempDir Path folder) {
    String first = Secrets.in(folder).of("first");
    String second = Secrets.in(folder).of("second");

    assertThat(first).matches("[A-Za-z0-9_-]{43}").isNotEqualTo(second);
    assertThat(Secrets.in(folder).of("first")).isEqualTo(first);
    assertThat(Secrets.in(folder).of("second")).isEqualTo(second);
  }

  @Test
  void a_line_that_was_removed_is_another_password_and_the_others_stay(@TempDir Path folder) throws IOException {
    String first = Secrets.in(folder).of("first");
    String second = Secrets.in(folder).of("second");
    Path file = folder.resolve(Secrets.FILE);
    Files.write(file, Files.readAllLines(file).stream().filter(line -> !line.startsWith("first=")).toList());

    assertThat(Secrets.in(folder).of("first")).isNotEqualTo(first);
    assertThat(Secrets.in(folder).of("second")).isEqualTo(second);
  }

  @Test
  void only_the_owner_may_read_the_file_and_nothing_else_is_left(@TempDir Path folder) throws IOException {
    Secrets secrets = Secrets.in(folder);
    secrets.of("first");
    secrets.of("second");

    assertThat(Files.getPosixFilePermissions(folder.resolve(Secrets.FILE)))
        .isEqualTo(PosixFilePermissions.fromString("rw-------"));
    try (var files = Files.list(folder)) {
      assertThat(files).containsExactly(folder.resolve(Secrets.FILE));
    }
  }

  @Test
  void a_file_that_others_may_read_is_refused(@TempDir Path folder) throws IOException {
    Secrets.in(folder).of("first");
    Path file = folder.resolve(Secrets.FILE);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));

    assertThatThrownBy(() -> Secrets.in(folder)).isInstanceOf(IllegalStateException.class)
        .hasMessageContaining(file.toString()).hasMessageContaining("chmod 600");
  }

  @Test
  void passwords_without_a_folder_differ_between_stacks() {
    Secrets one = Secrets.temporary();

    assertThat(one.of("name")).isEqualTo(one.of("name")).isNotEqualTo(Secrets.temporary().of("name"));
  }
}
