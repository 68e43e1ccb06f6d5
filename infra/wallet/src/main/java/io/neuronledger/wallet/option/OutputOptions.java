package io.neuronledger.wallet.option;

import io.neuronledger.wallet.outcome.CommandFailure;
import io.neuronledger.wallet.text.AmountFormat;
import io.neuronledger.wallet.text.Printable;
import io.neuronledger.wallet.text.Table;
import java.io.PrintWriter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** How a command answers. */
public final class OutputOptions {
  @Option(names = "--json", description = "answer as data, with amounts in neuron; nothing else is written to the "
      + "standard output")
  private boolean json;

  @Option(names = "--unit", paramLabel = "UNIT", defaultValue = "0G",
      description = "of amounts, shown and typed: 0G or neuron (default: ${DEFAULT-VALUE})")
  private String unit = "0G";

  @Spec(Spec.Target.MIXEE)
  private CommandSpec command = CommandSpec.create();

  private boolean begun;

  public boolean json() {
    return json;
  }

  public AmountFormat format() {
    try {
      return AmountFormat.of(unit);
    } catch (IllegalArgumentException e) {
      throw CommandFailure.refused("Wrong --unit: " + e.getMessage() + ".");
    }
  }

  /** The title of a column of amounts. */
  public String title(String of) {
    return of + " (" + format().unit() + ")";
  }

  /** One line of the answer. */
  public void line(String text) {
    begun = true;
    PrintWriter out = command.commandLine().getOut();
    out.println(text);
    out.flush();
  }

  /** A line for the person who waits, also where the answer is data. */
  public void note(String text) {
    PrintWriter err = command.commandLine().getErr();
    err.println(Printable.of(text));
    err.flush();
  }

  /**
   * A table below its heading.
   *
   * @param ifEmpty in place of the table's lines where it has none
   */
  public void table(String heading, Table table, String ifEmpty) {
    if (begun) {
      line("");
    }
    line(heading);
    if (table.isEmpty()) {
      line("  " + ifEmpty);
    } else {
      table.lines().forEach(each -> line("  " + each));
    }
  }
}
