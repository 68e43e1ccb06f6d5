package io.neuronledger.cli;

import io.neuronledger.cli.stack.StackAddresses;
import io.neuronledger.cli.stack.issuer.IssuerClient;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code ./ledger token}. */
@Command(name = "token", description = "Prints a token of the running stack, for curl, which is good for ten "
    + "minutes. That of the operator may do everything that is not bound to one owner or provider. With --code, prints "
    + "a code that signs in to the dashboard, once and within ten minutes, for eight hours.")
final class Token implements Callable<Integer> {
  @Option(names = "--data", paramLabel = "DIR", description = "the folder of the running stack (default: .ledger/data)")
  private Path data = StackAddresses.defaultData();

  @Option(names = "--as", paramLabel = "WHO", defaultValue = IssuerClient.OPERATOR,
      description = "operator, or one of two persons of finance: preparer, who proposes, or approver, who approves "
          + "(default: ${DEFAULT-VALUE})")
  private String who = IssuerClient.OPERATOR;

  @Option(names = "--code", description = "a code for the dashboard's sign-in instead of a token")
  private boolean code;

  @Spec
  private CommandSpec command = CommandSpec.create();

  @Override
  public Integer call() {
    Optional<String> printed = printed();
    if (printed.isEmpty()) {
      command.commandLine().getErr().println("ledger: the stack on " + data + " asks for no token");
      return 1;
    }
    PrintWriter out = command.commandLine().getOut();
    out.println(printed.get());
    out.flush();
    return 0;
  }

  private Optional<String> printed() {
    try {
      return code ? StackAddresses.signInCode(data, who) : StackAddresses.tokens(data, who).token();
    } catch (IllegalArgumentException e) {
      throw new ParameterException(command.commandLine(), e.getMessage(), e);
    }
  }
}
