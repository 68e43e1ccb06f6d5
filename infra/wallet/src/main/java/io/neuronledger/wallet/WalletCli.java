package io.neuronledger.wallet;

import io.neuronledger.wallet.autofund.AutoFund;
import io.neuronledger.wallet.option.Surroundings;
import io.neuronledger.wallet.outcome.CommandFailure;
import io.neuronledger.wallet.outcome.Outcome;
import io.neuronledger.wallet.read.AccountStatement;
import io.neuronledger.wallet.read.GetAccount;
import io.neuronledger.wallet.read.GetSubAccount;
import io.neuronledger.wallet.read.History;
import io.neuronledger.wallet.read.ListProviders;
import io.neuronledger.wallet.read.Settlements;
import io.neuronledger.wallet.read.Usage;
import io.neuronledger.wallet.read.Watch;
import io.neuronledger.wallet.send.Deposit;
import io.neuronledger.wallet.send.Refund;
import io.neuronledger.wallet.send.RetrieveFund;
import io.neuronledger.wallet.send.TransferFund;
import io.neuronledger.wallet.text.Printable;
import java.util.List;
import java.util.Locale;
import java.util.TimeZone;
import picocli.AutoComplete.GenerateCompletion;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The entry point: {@code ./ledger wallet}, and the jar of its own. */
@Command(name = "neuron-wallet", mixinStandardHelpOptions = true, version = "neuron-wallet 1.0.0-SNAPSHOT",
    description = "A wallet's money in the 0G Compute contracts: what there is, what has happened, and moving it.",
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
        "0:done; what was sent is in the ledger",
        "1:the ledger or the node failed, or the contract reverted what was sent, or its nonce was used by another",
        "2:nothing was sent: a wrong option, a rule that would refuse it, no confirmation",
        "3:sent, and not shown by the ledger: it may still come"},
    footer = {"", "`COMMAND --help` explains a command."})
public final class WalletCli implements Runnable {
  @Spec
  private CommandSpec command = CommandSpec.create();

  private WalletCli() {}

  /** Ends the process with the exit code of the command. */
  public static void main(String[] arguments) {
    // Of this program, not of one whose class path it is on.
    System.setProperty("logback.configurationFile", "wallet-logback.xml");
    Locale.setDefault(Locale.US);
    TimeZone.setDefault(TimeZone.getTimeZone("UTC"));
    System.exit(commandLine(Surroundings.ofThisProcess()).execute(arguments));
  }

  /** The command line, for the program and for tests. */
  public static CommandLine commandLine(Surroundings surroundings) {
    CommandLine wallet = new CommandLine(new WalletCli());
    List.of(new GetAccount(surroundings), new GetSubAccount(surroundings), new ListProviders(surroundings),
        new History(surroundings), new Usage(surroundings), new Settlements(surroundings), new Watch(surroundings),
        new AccountStatement(surroundings), new Deposit(surroundings), new TransferFund(surroundings),
        new RetrieveFund(surroundings), new Refund(surroundings),
        new AutoFund(surroundings)).forEach(wallet::addSubcommand);
    wallet.addSubcommand("completion", new GenerateCompletion());
    wallet.getSubcommands().forEach((name, each) -> {
      if (!name.equals("completion")) {
        each.getCommandSpec().mixinStandardHelpOptions(true);
      }
    });
    return wallet.setExecutionExceptionHandler((failure, commandLine, parsed) -> {
      if (failure instanceof CommandFailure known) {
        commandLine.getErr().println("wallet: " + Printable.of(known.sentence()));
        return known.outcome().exitCode();
      }
      commandLine.getErr().println(
          "wallet: this is a mistake of the program: " + Printable.of(String.valueOf(failure)));
      return Outcome.FAILED.exitCode();
    });
  }

  @Override
  public void run() {
    command.commandLine().usage(command.commandLine().getOut());
  }
}
