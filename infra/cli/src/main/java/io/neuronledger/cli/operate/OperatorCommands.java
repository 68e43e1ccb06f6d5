package io.neuronledger.cli.operate;

import io.neuronledger.cli.operate.account.Admission;
import io.neuronledger.cli.operate.account.Runway;
import io.neuronledger.cli.operate.price.Prices;
import io.neuronledger.cli.operate.price.Quote;
import io.neuronledger.wallet.option.Surroundings;
import java.util.List;
import picocli.CommandLine;

/** The commands of operators and of finance: every operation for people has one, or a reason in operations.md. */
public final class OperatorCommands {
  private OperatorCommands() {}

  /** All of them, to be added to the command line. */
  public static List<CommandLine> all(Surroundings surroundings) {
    return List.of(new CommandLine(new Status(surroundings)), new CommandLine(new Keys(surroundings)),
        new CommandLine(new Alerts(surroundings)).addSubcommand(new AlertRules(surroundings)),
        new CommandLine(new Webhooks(surroundings)), new CommandLine(new Discrepancies(surroundings)),
        new CommandLine(new Closing(surroundings)), new CommandLine(new Exports(surroundings)),
        new CommandLine(new Logs(surroundings)), new CommandLine(new Prices(surroundings)),
        new CommandLine(new Quote(surroundings)), new CommandLine(new Admission(surroundings)),
        new CommandLine(new Runway(surroundings)));
  }
}
