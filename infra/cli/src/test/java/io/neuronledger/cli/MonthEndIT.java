package io.neuronledger.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.neuronledger.cli.demo.Play;
import io.neuronledger.cli.repository.ShownAnswer;
import io.neuronledger.cli.repository.ShownCommand;
import io.neuronledger.cli.stack.Ports;
import io.neuronledger.cli.stack.Stack;
import io.neuronledger.cli.stack.StackAddresses;
import io.neuronledger.cli.stack.StackOptions;
import io.neuronledger.cli.stack.chain.ChainSource;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** The page about the end of a month, as one session of a shell on the stack of {@code ./ledger up --play}. */
class MonthEndIT {
  private static final Path PAGE = Path.of("docs/month-end.md");
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  /** What the page sets in the environment. */
  private static final Map<String, String> SETTINGS =
      Map.of("neuron-ledger.resolution.second-person-above", "1000000000000000000");
  /** Printed after each command. No command prints it. */
  private static final String END = "\u001e";

  @Test
  void each_command_of_the_page_prints_what_is_shown(@TempDir Path folder) throws IOException, InterruptedException {
    Instant now = InstantSource.system().instant();
    Path data = Files.createDirectories(folder.resolve(".ledger").resolve("data"));
    List<ShownCommand> page = ShownCommand.session(PAGE);
    try (Stack stack = Stack.start(new StackOptions(Optional.of(data),
        new ChainSource.OwnDevChain(Optional.of(Play.genesisTime(now))), Ports.FREE, SETTINGS, true))) {
      Play.on(stack, now);
      long head = stack.devChain().orElseThrow().node().control().head().number();
      await().atMost(PATIENCE).until(() -> {
        JsonNode status = stack.api().getOk("/v1/status");
        return status.at("/as_of/block").asLong() == head && status.at("/as_of/guard").asString("").equals("proved");
      });
      List<String> printed = session(page, folder, StackAddresses.read(data));
      for (int i = 0; i < page.size(); i++) {
        ShownCommand shown = page.get(i);
        assertThat(printed).as("the session ends before %s", shown).hasSizeGreaterThan(i + 1);
        assertThat(ShownAnswer.normalized(shown.form(), printed.get(i))).as(shown.toString())
            .isEqualTo(ShownAnswer.normalized(shown.form(), shown.answer()));
      }
      assertThat(Cli.commandLine().setErr(new PrintWriter(new StringWriter()))
          .execute("token", "--data", data.toString(), "--as", "nobody")).as("nobody is no client").isEqualTo(2);
    }
  }

  /** Where the page is read: there is a {@code ./ledger}, and its data is in {@code .ledger/data}. */
  private static List<String> session(List<ShownCommand> page, Path folder, StackAddresses stack)
      throws IOException, InterruptedException {
    Path ledger = Files.writeString(folder.resolve("ledger"), "#!/bin/sh\nexec '%s' -cp '%s' %s \"$@\"\n".formatted(
        ProcessHandle.current().info().command().orElseThrow(), System.getProperty("java.class.path"),
        Cli.class.getName()));
    Files.setPosixFilePermissions(ledger, PosixFilePermissions.fromString("rwx------"));
    StringBuilder script = new StringBuilder("set -euo pipefail\n");
    for (ShownCommand each : page) {
      script.append(each.on(stack)).append("printf '").append(END).append("'\n");
    }
    Path file = Files.writeString(folder.resolve("session.sh"), script);
    Path output = folder.resolve("session.out");
    Path errors = folder.resolve("session.err");
    Process bash = new ProcessBuilder("bash", file.toString()).directory(folder.toFile())
        .redirectOutput(output.toFile()).redirectError(errors.toFile()).start();
    bash.getOutputStream().close();
    boolean hasEnded = bash.waitFor(PATIENCE.toSeconds() * 2, TimeUnit.SECONDS);
    bash.destroyForcibly();
    String printed = Files.readString(output, StandardCharsets.UTF_8);
    assertThat(hasEnded && bash.exitValue() == 0).as(printed + Files.readString(errors)).isTrue();
    return List.of(printed.split(END, -1));
  }
}
