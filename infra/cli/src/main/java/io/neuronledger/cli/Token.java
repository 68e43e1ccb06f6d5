package io.neuronledger.cli;

import io.neuronledger.cli.stack.StackAddresses;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code ./ledger token}. */
@Command(name = "token", description = "Prints a token of the operator of the running stack, for curl: it may do "
    + "everything that is not bound to one owner or provider, and is good for ten minutes.")
final class Token implements Callable<Integer> {
  @Option(names = "--data", paramLabel = "DIR", description = "the folder of the running stack (default: .ledger/data)")
  private Path data = Up.defaultData();

  @Spec
  private CommandSpec command = CommandSpec.create();

  @Override
  public Integer call() {
    Optional<String> token = StackAddresses.tokens(data).token();
    if (token.isEmpty()) {
      command.commandLine().getErr().println("ledger: the stack on " + data + " asks for no token");
      return 1;
    }
    PrintWriter out = command.commandLine().getOut();
    out.println(token.get());
    out.flush();
    return 0;
  }
}
