package io.neuronledger.cli.check;

import io.neuronledger.contracts.value.WalletAddress;
import java.io.PrintWriter;
import java.util.stream.Collectors;

/** Prints the result as text. Amounts are in neuron: differences may be in the last digit. */
record CheckTable(PrintWriter out) {
  void print(CheckResult result) {
    out.printf("%s %s on chain %d, block %s%n", result.deployment().family(), result.deployment().contracts(),
        result.deployment().chainId(), result.block());
    out.printf("compared: %d ledgers, %d sub-accounts, %d refunds%n", result.ledgers(), result.subAccounts(),
        result.refunds());
    out.printf("summed: %d entries, per account%n", result.entries());
    out.printf("the contract holds %s neuron, its ledgers sum to %s: %s%n", result.held(), result.owed(),
        result.held().equals(result.owed()) ? "equal"
            : result.conserved() ? "the rest was transferred without a deposit" : "NOT CONSERVED");
    out.printf("integrity: %s%n", result.integrity().stream()
        .flatMap(service -> service.checked().entrySet().stream())
        .map(rule -> rule.getValue() + " rows for " + rule.getKey()).collect(Collectors.joining(", ")));
    WalletAddress last = WalletAddress.ZERO;
    for (CheckResult.Difference difference : result.differences()) {
      if (!difference.owner().equals(last)) {
        out.println(difference.owner());
        last = difference.owner();
      }
      out.printf("  %s%n    ledger    %s%n    contract  %s%n", difference.what(), difference.ledger(),
          difference.contract());
    }
    result.integrity().forEach(service -> {
      service.faults().forEach(fault -> out.printf("%s%n  %s%n    expected  %s%n    found     %s%n", fault.row(),
          fault.rule(), fault.expected(), fault.found()));
      if (service.faultsTotal() > service.faults().size()) {
        out.printf("and %d more rows%n", service.faultsTotal() - service.faults().size());
      }
    });
    out.println(switch (result.outcome()) {
      case EQUAL -> "equal";
      case DIFFERENT -> "DIFFERENT: " + result.differences().size() + " differences"
          + (result.faults() == 0 ? "" : ", " + result.faults() + " faulty rows");
      case UNKNOWN -> "UNKNOWN: equal up to this block, but " + result.behind().orElseThrow();
    });
  }
}
