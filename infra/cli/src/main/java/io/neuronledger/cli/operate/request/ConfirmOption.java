package io.neuronledger.cli.operate.request;

import io.neuronledger.wallet.option.OutputOptions;
import io.neuronledger.wallet.option.Surroundings;
import io.neuronledger.wallet.outcome.CommandFailure;
import picocli.CommandLine.Option;

/** Whether a change that cannot be taken back is made without asking. */
public final class ConfirmOption {
  @Option(names = "--yes", description = "do it without asking")
  private boolean yes;

  /**
   * Shows what will happen, and asks.
   *
   * @param shown prints what it is about
   * @param happens in one sentence
   * @throws CommandFailure unless it is confirmed
   */
  public void require(Surroundings surroundings, OutputOptions output, Runnable shown, String happens) {
    if (yes) {
      return;
    }
    if (output.json()) {
      throw CommandFailure.refused("With --json it is done with --yes. Nothing was changed.");
    }
    shown.run();
    output.line(happens);
    surroundings.confirm("Do it?", "Nothing was changed.");
  }
}
