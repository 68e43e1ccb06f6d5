package io.neuronledger.cli;

import io.neuronledger.cli.bench.Bench;
import io.neuronledger.cli.check.Check;
import io.neuronledger.cli.demo.Demo;
import io.neuronledger.cli.operate.OperatorCommands;
import io.neuronledger.cli.soak.Soak;
import io.neuronledger.cli.stack.PortInUse;
import io.neuronledger.cli.trace.VerifyTrace;
import io.neuronledger.testkit.servers.FixedLocale;
import io.neuronledger.testkit.servers.FolderInUse;
import io.neuronledger.testkit.servers.FolderLock;
import io.neuronledger.wallet.option.Surroundings;
import io.neuronledger.wallet.outcome.CommandFailure;
import io.neuronledger.wallet.text.Printable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.ExitCodeGenerator;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/**
 * The entry point of {@code ./ledger}. Exit codes: 0 success, 1 differences or a failure, 2 refused or unknown; of the
 * commands of operators 3, where nobody knows whether what was asked was done.
 */
@Command(name = "ledger", mixinStandardHelpOptions = true, version = "neuron-ledger 1.0.0-SNAPSHOT",
    description = "The account ledger of a marketplace for AI compute: follows the chain, exact to the neuron.",
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
        Token.class,
        WalletHelp.class,
        CommandLine.HelpCommand.class},
    footer = {"", "`./ledger COMMAND --help` explains a command. Logs: .ledger/<command>.log"})
public final class Cli implements Runnable {
  @CommandLine.Spec
  private CommandLine.Model.CommandSpec command = CommandLine.Model.CommandSpec.create();

  private Cli() {}

  public static void main(String[] arguments) throws Exception {
    FixedLocale.set();
    nameLog(arguments.length == 0 ? "ledger" : arguments[0]);
    int exitCode = commandLine().execute(arguments);
    // Some libraries leave threads running that would keep the JVM alive.
    System.exit(exitCode);
  }

  static CommandLine commandLine() {
    return commandLine(Surroundings.ofThisProcess());
  }

  /** The command line, for the program and for its tests. */
  public static CommandLine commandLine(Surroundings surroundings) {
    CommandLine ledger = new CommandLine(new Cli());
    OperatorCommands.all(surroundings).forEach(ledger::addSubcommand);
    explainThemselves(ledger);
    return ledger.setExecutionExceptionHandler((failure, commandLine, parsed) -> {
      if (failure instanceof CommandFailure known) {
        commandLine.getErr().println("ledger: " + Printable.of(known.sentence()));
        return known.outcome().exitCode();
      }
      Optional<Throwable> refusal = refusal(failure);
      commandLine.getErr().println(
          "ledger: " + refusal.map(Throwable::getMessage).orElseGet(() -> explanation(failure)));
      if (refusal.isPresent()) {
        return CommandLine.ExitCode.USAGE;
      }
      commandLine.getErr().println("        (details are in " + System.getProperty("neuron-ledger.log") + ")");
      org.slf4j.LoggerFactory.getLogger(Cli.class).error("{} failed", commandLine.getCommandName(), failure);
      return 1;
    });
  }

  private static void explainThemselves(CommandLine parent) {
    parent.getSubcommands().values().forEach(command -> {
      // The help command already has these options, and so have commands that are methods.
      if (!command.getCommandSpec().helpCommand() && !command.getCommandSpec().mixinStandardHelpOptions()) {
        command.getCommandSpec().mixinStandardHelpOptions(true);
      }
      explainThemselves(command);
    });
  }

  /**
   * Runs before the first log line: each command logs to a file of its own instead of the terminal. A second process of
   * the same command does not use the first one's file.
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
      // The lock is held until the process ends.
      FolderLock.beside(log);
      return log;
    } catch (FolderInUse e) {
      return folder.resolve(name + "-" + ProcessHandle.current().pid() + ".log");
    }
  }

  /** A resource in use, or an invalid setting of a service: the message names the change to make. */
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
