package io.neuronledger.local;

import io.neuronledger.infra.servers.FixedLocale;
import io.neuronledger.infra.servers.FolderInUse;
import io.neuronledger.infra.servers.FolderLock;
import io.neuronledger.local.bench.Bench;
import io.neuronledger.local.check.Check;
import io.neuronledger.local.demo.Demo;
import io.neuronledger.local.soak.Soak;
import io.neuronledger.local.stack.PortInUse;
import io.neuronledger.local.trace.VerifyTrace;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.ExitCodeGenerator;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/**
 * What {@code ./ledger} hands over to. Exit codes: 0 done, 1 done with differences or a failure, 2 refused, or not
 * found out.
 */
@Command(name = "ledger", mixinStandardHelpOptions = true, version = "neuron-ledger 1.0.0-SNAPSHOT",
    description = "The account ledger of a marketplace for AI compute: follows the chain, answers to the neuron.",
    subcommands = {
        Up.class,
        Demo.class,
        TestsHelp.class,
        Bench.class,
        Soak.class,
        Check.class,
        VerifyTrace.class,
        Unpark.class,
        Rebuild.class,
        CommandLine.HelpCommand.class},
    footer = {"", "`./ledger COMMAND --help` explains a command. Logs: .ledger/<command>.log"})
public final class Cli implements Runnable {
  @CommandLine.Spec
  private CommandLine.Model.CommandSpec command = CommandLine.Model.CommandSpec.create();

  private Cli() {}

  public static void main(String[] words) throws Exception {
    FixedLocale.set();
    nameLog(words.length == 0 ? "ledger" : words[0]);
    int exitCode = commandLine().execute(words);
    // Some of the libraries leave threads behind that would keep the JVM alive.
    System.exit(exitCode);
  }

  /** The command line, for the program and for its tests. */
  static CommandLine commandLine() {
    CommandLine ledger = new CommandLine(new Cli());
    // The command called help has such options of its own.
    ledger.getSubcommands().values().stream().filter(command -> !command.getCommandSpec().helpCommand())
        .forEach(command -> command.getCommandSpec().mixinStandardHelpOptions(true));
    return ledger.setExecutionExceptionHandler((failure, commandLine, parsed) -> {
      Optional<Throwable> refusal = refusal(failure);
      commandLine.getErr().println(
          "ledger: " + refusal.map(Throwable::getMessage).orElseGet(() -> explanation(failure)));
      if (refusal.isPresent()) {
        return CommandLine.ExitCode.USAGE;
      }
      commandLine.getErr().println("        (the whole story is in " + System.getProperty("neuron-ledger.log") + ")");
      org.slf4j.LoggerFactory.getLogger(Cli.class).error("{} failed", commandLine.getCommandName(), failure);
      return 1;
    });
  }

  /**
   * Before anything logs: each command has a log file of its own, so that its terminal stays its own too. A second
   * process of the same command leaves the first one's file alone.
   */
  private static void nameLog(String command) throws Exception {
    String name = command.matches("[a-z-]{1,20}") && !command.startsWith("-") ? command : "ledger";
    Path folder = Path.of(System.getProperty("neuron-ledger.home", "."), ".ledger");
    Files.createDirectories(folder);
    System.setProperty("neuron-ledger.log", freeLog(folder, name).toString());
  }

  private static Path freeLog(Path folder, String name) {
    Path log = folder.resolve(name + ".log");
    try {
      // Held until the process ends.
      FolderLock.beside(log);
      return log;
    } catch (FolderInUse e) {
      return folder.resolve(name + "-" + ProcessHandle.current().pid() + ".log");
    }
  }

  /** Something in use, or what a service is to be started with: the message says what to change. */
  private static Optional<Throwable> refusal(@Nullable Throwable failure) {
    if (failure == null) {
      return Optional.empty();
    }
    return failure instanceof FolderInUse || failure instanceof PortInUse || failure instanceof ExitCodeGenerator
        ? Optional.of(failure) : refusal(failure.getCause());
  }

  private static String explanation(Throwable failure) {
    Throwable root = failure;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    String first = failure.getMessage() == null ? failure.toString() : failure.getMessage();
    return root == failure ? first : first + " (" + root.getMessage() + ")";
  }

  @Override
  public void run() {
    command.commandLine().usage(command.commandLine().getOut());
  }
}
