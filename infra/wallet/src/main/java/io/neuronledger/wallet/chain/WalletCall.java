package io.neuronledger.wallet.chain;

import io.neuronledger.contracts.balance.ContractRules;
import io.neuronledger.contracts.value.Neuron;
import io.neuronledger.contracts.value.ServiceName;
import io.neuronledger.contracts.value.WalletAddress;
import io.neuronledger.foundation.evm.AbiWriter;
import io.neuronledger.wallet.plan.WalletAction;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A call of the contract.
 *
 * @param value the coins that go with it
 * @param data {@code 0x}, the selector and the arguments
 * @param shown the same for people
 */
public record WalletCall(WalletAddress to, Neuron value, String data, String shown) {
  /**
   * Encodes an action.
   *
   * @param family {@link ContractRules#ACCOUNT_LEDGER} or {@link ContractRules#ZERO_G}
   */
  public static WalletCall of(WalletAction action, String family, WalletAddress contract) {
    boolean zeroG = family.equals(ContractRules.ZERO_G);
    return switch (action) {
      case WalletAction.Deposit deposit ->
        new WalletCall(contract, deposit.amount(), new AbiWriter().call(zeroG ? "depositFund()" : "deposit()"),
            zeroG ? "depositFund()" : "deposit()");
      case WalletAction.Transfer transfer -> call(contract, zeroG ? "transferFund" : "transfer",
          "(address,string,uint256)", new AbiWriter().address(transfer.provider()).string(transfer.service().value())
              .neuron(transfer.amount()),
          transfer.provider().checksummed() + ", " + quoted(transfer.service()) + ", " + transfer.amount());
      case WalletAction.Retrieve retrieve -> call(contract, zeroG ? "retrieveFund" : "retrieve",
          "(address[],string)", new AbiWriter().list(addresses(retrieve.providers()))
              .string(retrieve.service().value()),
          retrieve.providers().stream().map(WalletAddress::checksummed).collect(Collectors.joining(", ", "[", "]"))
              + ", " + quoted(retrieve.service()));
      case WalletAction.Withdraw withdraw -> call(contract, zeroG ? "refund" : "withdraw", "(uint256)",
          new AbiWriter().neuron(withdraw.amount()), withdraw.amount().toString());
    };
  }

  private static WalletCall call(WalletAddress contract, String function, String types, AbiWriter arguments,
      String shown) {
    return new WalletCall(contract, Neuron.ZERO, arguments.call(function + types), function + "(" + shown + ")");
  }

  private static List<AbiWriter> addresses(List<WalletAddress> providers) {
    return providers.stream().map(provider -> new AbiWriter().address(provider)).toList();
  }

  private static String quoted(ServiceName service) {
    return "\"" + service + "\"";
  }
}
