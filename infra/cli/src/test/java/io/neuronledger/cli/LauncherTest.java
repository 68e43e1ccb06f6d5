package io.neuronledger.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The launcher names missing tools and how to install them. */
class LauncherTest {
  private static final List<String> WHAT_EVERY_MACHINE_HAS =
      List.of("bash", "sh", "dirname", "readlink", "sed", "find", "grep", "mkdir", "touch", "mv", "head", "tail");
  private static final List<String> WHAT_IS_NEEDED = List.of("mvn", "node", "npm");

  /** A PATH with the ordinary tools and the given ones of the required tools. */
  private static Path pathWith(Path folder, List<String> needed) throws IOException {
    for (String tool : WHAT_EVERY_MACHINE_HAS) {
      Files.createSymbolicLink(folder.resolve(tool), find(tool));
    }
    for (String tool : needed) {
      Files.createSymbolicLink(folder.resolve(tool), find("true"));
    }
    return folder;
  }

  private static Path find(String tool) {
    return List.of(System.getenv("PATH").split(":")).stream().map(folder -> Path.of(folder, tool))
        .filter(Files::isExecutable).findFirst().orElseThrow();
  }

  private static Path launcher() {
    return Stream.iterate(Path.of("").toAbsolutePath(), Objects::nonNull, Path::getParent)
        .map(folder -> folder.resolve("ledger")).filter(Files::isExecutable).filter(Files::isRegularFile)
        .findFirst().orElseThrow();
  }

  /** A copy of the launcher in a separate home, without a build and without a Maven wrapper. */
  private static Path launcherAlone(Path folder) throws IOException {
    Path home = Files.createDirectories(folder.resolve("home/infra/cli/target")).resolve("../../..").normalize();
    return Files.copy(launcher(), home.resolve("ledger"), StandardCopyOption.COPY_ATTRIBUTES);
  }

  private record Outcome(int exitCode, String output) {}

  private static Outcome run(Path launcher, Path path, String... arguments) throws IOException, InterruptedException {
    List<String> line = new ArrayList<>(List.of(launcher.toString()));
    line.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(line).redirectErrorStream(true);
    builder.environment().put("PATH", path.toString());
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    Process process = builder.start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Outcome(process.waitFor(), output);
  }

  @Test
  void each_missing_tool_is_named_with_how_to_install_it(@TempDir Path folder) throws Exception {
    Path launcher = launcherAlone(folder);
    for (String missing : WHAT_IS_NEEDED) {
      Path path = pathWith(Files.createDirectory(folder.resolve("without-" + missing)),
          WHAT_IS_NEEDED.stream().filter(tool -> !tool.equals(missing)).toList());
      Outcome outcome = run(launcher, path, "test");
      assertThat(outcome.exitCode()).as(missing).isEqualTo(2);
      assertThat(outcome.output())
          .contains(missing.equals("mvn") ? "Maven" : missing.equals("node") ? "Node.js" : "npm")
          .contains("is missing").containsIgnoringCase("install");
    }
  }

  /** What a launcher in a separate home, with an empty build, starts: the JDK prints its arguments. */
  private static String started(Path folder, String command) throws IOException, InterruptedException {
    Path copy = launcherAlone(folder);
    Path jdk = folder.resolve("jdk");
    Files.createDirectories(jdk.resolve("bin"));
    Files.writeString(jdk.resolve("release"), "JAVA_VERSION=\"25\"\n");
    Files.createSymbolicLink(jdk.resolve("bin/javac"), find("true"));
    executable(jdk.resolve("bin/java"), "echo \"$LC_ALL $TZ $*\"");
    ProcessBuilder builder =
        new ProcessBuilder(copy.toString(), command).redirectError(ProcessBuilder.Redirect.DISCARD);
    builder.environment().putAll(Map.of("PATH", pathWith(Files.createDirectory(folder.resolve("path")), WHAT_IS_NEEDED)
        .toString(), "JAVA_HOME", jdk.toString(), "LC_ALL", "ar_EG.UTF-8", "TZ", "Asia/Kathmandu"));
    Process process = builder.start();
    String started = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).isZero();
    return started;
  }

  @Test
  void locale_and_time_zone_are_the_same_on_every_machine(@TempDir Path folder) throws Exception {
    assertThat(started(folder, "up")).startsWith("C.UTF-8 UTC ")
        .contains("-Duser.language=en", "-Duser.country=US", "-Duser.timezone=UTC", "-jar", "-Xmx2g");
  }

  /** They wait for nothing but answers, and are there at once. */
  @ParameterizedTest
  @ValueSource(strings = {"wallet", "status", "keys", "alerts", "webhooks", "discrepancies", "close", "export", "logs",
      "token"})
  void a_command_that_only_asks_starts_a_small_java(String command, @TempDir Path folder) throws Exception {
    assertThat(started(folder, command)).contains("-Xmx256m", "-XX:TieredStopAtLevel=1", "-jar")
        .doesNotContain("-Xmx2g");
  }

  @Test
  void a_stop_during_the_build_is_no_failed_build(@TempDir Path folder) throws Exception {
    Path copy = launcherAlone(folder);
    Path path = pathWith(Files.createDirectory(folder.resolve("path")), List.of("node", "npm"));
    executable(path.resolve("mvn"), "kill -TERM $LAUNCHER; exit 143");
    ProcessBuilder builder = new ProcessBuilder("bash", "-c", "LAUNCHER=$$ exec \"$0\" up", copy.toString())
        .redirectErrorStream(true);
    builder.environment().putAll(Map.of("PATH", path.toString(), "JAVA_HOME", System.getProperty("java.home")));
    Process process = builder.start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).isEqualTo(130);
    assertThat(output).contains("stopped while building").doesNotContain("failed");
  }

  /** The TypeScript client is compiled beside its sources, by the build itself. */
  @Test
  void what_the_build_has_made_is_no_reason_to_build_again(@TempDir Path folder) throws Exception {
    Path copy = launcherAlone(folder);
    Path home = copy.resolveSibling("");
    for (String file : List.of("pom.xml", ".mvn/jvm.config", "chain-indexer/pom.xml", "ledger-command/pom.xml",
        "ledger-query/pom.xml", "infra/cli/target/neuron-ledger-cli.jar", "infra/cli/target/build-stamp")) {
      file(home.resolve(file), Instant.EPOCH);
    }
    Instant later = Instant.EPOCH.plusSeconds(60);
    for (String made : List.of("dist/.built", "generated/ledger-query.ts", "node_modules/a/package.json")) {
      file(home.resolve("api-contracts/typescript-client").resolve(made), later);
    }
    Path path = pathWith(Files.createDirectory(folder.resolve("path")), WHAT_IS_NEEDED);
    run(copy, path, "up");
    assertThat(home.resolve(".ledger/build.log")).doesNotExist();
    file(home.resolve("api-contracts/typescript-client/src/index.ts"), later);
    run(copy, path, "up");
    assertThat(home.resolve(".ledger/build.log")).exists();
  }

  private static void file(Path file, Instant modified) throws IOException {
    Files.createDirectories(file.getParent());
    Files.setLastModifiedTime(Files.writeString(file, ""), FileTime.from(modified));
  }

  private static void executable(Path file, String script) throws IOException {
    Files.writeString(file, "#!/bin/sh\n" + script + "\n");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  @Test
  void with_all_tools_it_runs_maven(@TempDir Path folder) throws Exception {
    assertThat(run(launcher(), pathWith(folder, WHAT_IS_NEEDED), "test")).isEqualTo(new Outcome(0, ""));
  }

  @Test
  void one_module_or_one_test_is_run_by_itself(@TempDir Path folder) throws Exception {
    Path copy = launcherAlone(folder);
    Files.createDirectories(copy.resolveSibling("infra/cli/src/test/java"));
    Path path = pathWith(Files.createDirectory(folder.resolve("path")), List.of("node", "npm"));
    Files.createSymbolicLink(path.resolve("tr"), find("tr"));
    executable(path.resolve("mvn"), "echo $*");
    assertThat(run(copy, path, "test", "infra/cli/", "-o")).isEqualTo(
        new Outcome(0, "verify -pl infra/cli -am -Dtests.of=infra/cli -o\n"));
    assertThat(run(copy, path, "test", "infra/cli", "CliTest#no")).isEqualTo(
        new Outcome(0, "verify -pl infra/cli -am -Dtests.of=infra/cli -Dtest=CliTest#no -DskipITs\n"));
    assertThat(run(copy, path, "test", "infra/cli", "SoakIT").output()).contains("-Dit.test=SoakIT", "-Dtest=None");
    assertThat(run(copy, path, "test", "--fast", "-o")).isEqualTo(new Outcome(0, "-o -T 3 test\n"));
    for (String other : List.of("infra/moon", "./infra/cli", "infra//local", "local")) {
      Outcome unknown = run(copy, path, "test", other);
      assertThat(unknown.exitCode()).as(other).isEqualTo(2);
      assertThat(unknown.output()).contains("no module " + other, "Modules: infra/cli");
    }
  }

  @Test
  void the_wrapper_is_used_where_no_maven_is_installed(@TempDir Path folder) throws Exception {
    Path copy = launcherAlone(folder);
    executable(copy.resolveSibling("mvnw"), "echo \"wrapper $*\"");
    Path path = pathWith(Files.createDirectory(folder.resolve("path")), List.of("node", "npm"));
    assertThat(run(copy, path, "test", "-o")).isEqualTo(new Outcome(0, "wrapper -o -T 3 verify\n"));
    run(copy, path, "up");
    assertThat(copy.resolveSibling(".ledger/build.log")).content().startsWith("wrapper ").endsWith(" package\n");
  }

  @Test
  void an_installed_maven_comes_before_the_wrapper(@TempDir Path folder) throws Exception {
    Path copy = launcherAlone(folder);
    executable(copy.resolveSibling("mvnw"), "echo \"wrapper $*\"");
    Path path = pathWith(Files.createDirectory(folder.resolve("path")), WHAT_IS_NEEDED);
    assertThat(run(copy, path, "test")).isEqualTo(new Outcome(0, ""));
  }
}
