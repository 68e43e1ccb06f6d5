package io.neuronledger.local.check;
import io.neuronledger.contracts.value.WalletAddress;
import java.io.PrintWriter;

/** Shows the result to a person. Amounts are neuron: what differs may differ in the last digit. */
record CheckTable(PrintWriter out) {
  void print(CheckResult result) {
    out.printf("%s %s on chain %d, block %s%n", result.deployment().family(), result.deployment().contracts(),
        result.deployment().chainId(), result.block());
    out.printf("compared: %d ledgers, %d sub-accounts, %d refunds%n", result.ledgers(), result.subAccounts(),
        result.refunds());
    out.printf("added up: %d entries, account by account%n", result.entries());
    out.printf("the contract holds %s neuron, its ledgers say %s: %s%n", result.held(), result.owed(),
        result.held().equals(result.owed()) ? "equal"
            : result.conserved() ? "the rest was forced upon it, nobody deposited it" : "NOT CONSERVED");
    WalletAddress last = WalletAddress.ZERO;
    for (CheckResult.Difference difference : result.differences()) {
      if (!difference.owner().equals(last)) {
        out.println(difference.owner());
        last = difference.owner();
      }
      out.printf("  %s%n    ledger    %s%n    contract  %s%n", difference.what(), difference.ledger(),
          difference.contract());
    }
    out.println(switch (result.outcome()) {
      case EQUAL -> "equal";
      case DIFFERENT -> "DIFFERENT: " + result.differences().size() + " differences";
      case UNKNOWN -> "UNKNOWN: equal up to this block, but " + result.behind().orElseThrow();
    });
  }
}
