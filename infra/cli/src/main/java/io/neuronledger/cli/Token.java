package io.neuronledger.cli;

import io.neuronledger.cli.stack.StackAddresses;
import io.neuronledger.cli.stack.issuer.IssuerClient;
import io.neuronledger.client.TokenSource;
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
    + "minutes. That of the operator may do everything that is not bound to one owner or provider.")
final class Token implements Callable<Integer> {
  @Option(names = "--data", paramLabel = "DIR", description = "the folder of the running stack (default: .ledger/data)")
  private Path data = StackAddresses.defaultData();

  @Option(names = "--as", paramLabel = "WHO", defaultValue = IssuerClient.OPERATOR,
      description = "operator, or one of two persons of finance: preparer, who proposes, or approver, who approves "
          + "(default: ${DEFAULT-VALUE})")
  private String who = IssuerClient.OPERATOR;

  @Spec
  private CommandSpec command = CommandSpec.create();

  @Override
  public Integer call() {
    Optional<String> token = tokens().token();
    if (token.isEmpty()) {
      command.commandLine().getErr().println("ledger: the stack on " + data + " asks for no token");
      return 1;
    }
    PrintWriter out = command.commandLine().getOut();
    out.println(token.get());
    out.flush();
    return 0;
  }

  private TokenSource tokens() {
    try {
      return StackAddresses.tokens(data, who);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(command.commandLine(), e.getMessage(), e);
    }
  }
}
