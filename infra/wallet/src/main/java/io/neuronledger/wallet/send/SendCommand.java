package io.neuronledger.wallet.send;

import io.neuronledger.wallet.option.LedgerOptions;
import io.neuronledger.wallet.option.OutputOptions;
import io.neuronledger.wallet.option.SendOptions;
import io.neuronledger.wallet.option.Surroundings;
import io.neuronledger.wallet.plan.Holdings;
import io.neuronledger.wallet.plan.WalletAction;
import java.util.concurrent.Callable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** What the commands that send have in common. */
abstract class SendCommand implements Callable<Integer> {
  @Mixin
  private final LedgerOptions ledger;

  @Mixin
  private final SendOptions options;

  @Mixin
  private final OutputOptions output = new OutputOptions();

  @Spec
  private CommandSpec command = CommandSpec.create();

  SendCommand(Surroundings surroundings) {
    this.ledger = new LedgerOptions(surroundings);
    this.options = new SendOptions(ledger);
  }

  /** What is to be sent, from what the owner holds. */
  abstract WalletAction action(Holdings now);

  final OutputOptions output() {
    return output;
  }

  @Override
  public final Integer call() {
    return new Sending(command.name(), ledger, options, output, false).run(this::action).exitCode();
  }
}
