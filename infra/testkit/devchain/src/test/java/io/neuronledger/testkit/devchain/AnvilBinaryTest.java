package io.neuronledger.testkit.devchain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AnvilBinaryTest {
  private final Path folder;

  AnvilBinaryTest(@TempDir Path folder) {
    this.folder = folder;
  }

  @AfterEach
  void clearHome() {
    System.clearProperty(AnvilBinary.HOME_PROPERTY);
  }

  @Test
  void it_is_found_above_the_working_directory() throws IOException {
    Path home = Files.createDirectories(folder.resolve("infra/testkit/devchain"));
    Path below = Files.createDirectories(folder.resolve("a/b"));
    assertThat(AnvilBinary.homeAbove(below)).as("a folder without a lock file is skipped").isEmpty();
    Files.createFile(home.resolve("package-lock.json"));
    assertThat(AnvilBinary.homeAbove(below)).contains(home);
  }

  @Test
  void the_property_sets_the_folder_and_the_error_names_the_command() {
    System.setProperty(AnvilBinary.HOME_PROPERTY, folder.toString());
    assertThatIllegalStateException().isThrownBy(AnvilBinary::find)
        .withMessageContaining(folder.toString())
        .withMessageContaining("Run infra/npm-install.sh infra/testkit/devchain 20.0");
  }

  @ParameterizedTest
  @CsvSource({"Linux,amd64,linux-amd64", "Linux,aarch64,linux-arm64", "Mac OS X,aarch64,darwin-arm64",
      "Mac OS X,x86_64,darwin-amd64"})
  void each_platform_has_its_package(String system, String processor, String name) {
    assertThat(AnvilBinary.packagePath(system, processor))
        .isEqualTo(Path.of("node_modules/@foundry-rs/anvil-" + name + "/bin/anvil"));
  }

  @ParameterizedTest
  @CsvSource({"Windows 11,amd64", "Linux,riscv64"})
  void other_platforms_are_named_in_the_error(String system, String processor) {
    assertThatIllegalStateException().isThrownBy(() -> AnvilBinary.packagePath(system, processor))
        .withMessageContaining(system).withMessageContaining(processor);
  }
}
