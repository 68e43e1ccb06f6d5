package io.neuronledger.cli;

import picocli.CommandLine.Command;

/** Help only: the launcher hands {@code wallet} over to the jar of infra/wallet, which runs without this one. */
@Command(name = "wallet", description = "A wallet's money: `get-account`, `get-sub-account`, `list-providers`, "
    + "`history`, `usage`, `settlements`, `watch` and `statement` read, `deposit`, `transfer-fund`, `retrieve-fund` "
    + "and `refund` send what was shown and confirmed. `wallet COMMAND --help` explains each.")
final class WalletHelp implements Runnable {
  @Override
  public void run() {
    throw new IllegalStateException("run ./ledger wallet, or the jar of infra/wallet");
  }
}
