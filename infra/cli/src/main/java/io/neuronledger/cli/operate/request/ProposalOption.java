package io.neuronledger.cli.operate.request;

import io.neuronledger.client.LedgerClient;
import io.neuronledger.wallet.outcome.CommandFailure;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Which proposal an approval has to see: ledger-query knows it a moment after ledger-command. */
public final class ProposalOption {
  @Option(names = "--min-token", paramLabel = "TOKEN", description = "waits until the proposal with this token is "
      + "known, as its command shows it")
  private Optional<String> token = Optional.empty();

  /**
   * The client, whose reads see the proposal.
   *
   * @throws CommandFailure for what is no token
   */
  public LedgerClient seeing(LedgerClient client) {
    token.filter(typed -> !typed.matches("[A-Za-z0-9_-]+")).ifPresent(typed -> {
      throw CommandFailure.refused("--min-token is the token that the proposal has shown");
    });
    return token.map(client::seeing).orElse(client);
  }
}
