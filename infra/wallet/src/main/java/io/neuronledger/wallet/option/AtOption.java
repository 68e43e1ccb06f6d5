package io.neuronledger.wallet.option;

import io.neuronledger.wallet.ledger.ReadPoint;
import io.neuronledger.wallet.outcome.CommandFailure;
import java.util.Optional;
import picocli.CommandLine.Option;

/** At which block a question is asked. */
public final class AtOption {
  @Option(names = "--at", paramLabel = "BLOCK|TIME", description = "as it was at this block, or at the last block "
      + "until this time, 2026-11-30T23:59:59Z for example (default: the newest block)")
  private Optional<String> at = Optional.empty();

  public ReadPoint point() {
    try {
      return at.map(ReadPoint::parse).orElse(ReadPoint.NEWEST);
    } catch (IllegalArgumentException e) {
      throw CommandFailure.refused("Wrong --at: " + e.getMessage() + ".");
    }
  }
}
