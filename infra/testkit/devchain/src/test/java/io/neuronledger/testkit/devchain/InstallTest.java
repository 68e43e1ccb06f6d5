package io.neuronledger.testkit.devchain;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The install script of the npm packages: its messages on failure, and its behaviour without work to do. */
class InstallTest {
  private static final Path MODULE = Path.of("").toAbsolutePath();

  private final Path folder;

  InstallTest(@TempDir Path folder) {
    this.folder = folder;
  }

  @BeforeEach
  void a_copy_of_the_module() throws IOException {
    Files.copy(MODULE.resolve("package-lock.json"), folder.resolve("package-lock.json"));
  }

  @Test
  void without_node_it_names_the_missing_tool_and_how_to_install_it() throws IOException, InterruptedException {
    assertThat(run(1))
        .contains("needs Node.js 20.19 or later: 'node' is not on the PATH", "apt-get install nodejs npm");
  }

  @Test
  void without_npm_it_names_npm() throws IOException, InterruptedException {
    tool("node", "echo v20.19.0");
    assertThat(run(1)).contains("'npm' is not on the PATH");
  }

  @ParameterizedTest
  @ValueSource(strings = {"v20.18.9", "v18.20.0", "v9.99.0"})
  void an_old_node_is_refused_with_its_version(String version) throws IOException, InterruptedException {
    tool("node", "echo " + version);
    tool("npm", "exit 0");
    assertThat(run(1)).contains("needs Node.js 20.19 or later: this is " + version);
  }

  @ParameterizedTest
  @ValueSource(strings = {"v20.19.0", "v21.0.0", "v100.1.2"})
  void a_node_that_is_new_enough_installs(String version) throws IOException, InterruptedException {
    tool("node", "echo " + version);
    tool("npm", "echo \"$@\" >&2; exit 7");
    assertThat(run(1)).contains("ci --ignore-scripts");
  }

  @Test
  void a_failed_installation_fails_the_build() throws IOException, InterruptedException {
    tool("node", "echo v20.19.0");
    tool("npm", "echo the registry is away >&2; exit 7");
    assertThat(run(1)).contains("the registry is away", "'npm ci' failed");
  }

  @Test
  void it_installs_only_if_files_are_missing_or_the_lock_file_is_newer()
      throws IOException, InterruptedException {
    Path installed = Files.createDirectories(folder.resolve("node_modules")).resolve(".package-lock.json");
    Files.createFile(installed);
    assertThat(run(0)).isEmpty();
    Files.setLastModifiedTime(installed, FileTime.from(Instant.now().minusSeconds(60)));
    assertThat(run(1)).contains("'node' is not on the PATH");
  }

  /** Creates a tool with this script in the only folder of the PATH. */
  private void tool(String name, String does) throws IOException {
    Path script = Files.createDirectories(folder.resolve("bin")).resolve(name);
    Files.writeString(script, "#!/bin/sh\n" + does + "\n");
    assertThat(script.toFile().setExecutable(true)).isTrue();
  }

  private String run(int exit) throws IOException, InterruptedException {
    Path output = folder.resolve("output");
    ProcessBuilder builder = new ProcessBuilder("/bin/sh", MODULE.resolve("../../npm-install.sh").toString(),
        folder.toString(), "20.19");
    builder.environment().put("PATH", folder.resolve("bin").toString());
    Process script = builder.redirectErrorStream(true).redirectOutput(output.toFile()).start();
    assertThat(script.waitFor(20, TimeUnit.SECONDS)).isTrue();
    assertThat(script.exitValue()).as(Files.readString(output)).isEqualTo(exit);
    return Files.readString(output);
  }
}
