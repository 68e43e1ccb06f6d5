package io.neuronledger.cli.operate.request;

import io.neuronledger.wallet.outcome.CommandFailure;
import picocli.CommandLine.Option;

/** How many lines of a list are wanted. */
public final class LimitOption {
  @Option(names = "--limit", paramLabel = "N", defaultValue = "100",
      description = "at most so many (default: ${DEFAULT-VALUE})")
  private int limit;

  /** @throws CommandFailure unless it is 1 or more */
  public int lines() {
    return TypedValues.limit(limit);
  }
}
