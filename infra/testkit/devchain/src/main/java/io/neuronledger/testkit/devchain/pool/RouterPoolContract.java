package io.neuronledger.testkit.devchain.pool;

import io.neuronledger.contracts.value.Neuron;
import io.neuronledger.contracts.value.WalletAddress;
import io.neuronledger.foundation.evm.AbiReader;
import io.neuronledger.foundation.evm.AbiWriter;
import io.neuronledger.testkit.devchain.rpc.BlockRef;
import io.neuronledger.testkit.devchain.rpc.Receipt;
import io.neuronledger.testkit.devchain.transaction.Call;
import io.neuronledger.testkit.devchain.transaction.CompiledContract;
import io.neuronledger.testkit.devchain.transaction.DevWallet;
import io.neuronledger.testkit.devchain.transaction.Transactions;
import java.util.List;
import java.util.Set;

/** A deployed RouterPool: its functions as calls to be sent by its operator, and its state at a block. */
public final class RouterPoolContract {
  private final PoolContract contract;
  private final long startBlock;

  private RouterPoolContract(PoolContract contract, long startBlock) {
    this.contract = contract;
    this.startBlock = startBlock;
  }

  /**
   * Deploys it and waits for it.
   *
   * @param creditFirst whether a charge takes from the credit before the deposit
   */
  public static RouterPoolContract deploy(Transactions transactions, DevWallet operator, PaymentVaultContract vault,
      boolean creditFirst) {
    Receipt receipt = transactions.deploy(operator, CompiledContract.ROUTER_POOL,
        new AbiWriter().address(vault.address()).bool(creditFirst));
    return new RouterPoolContract(new PoolContract(transactions, receipt.created().orElseThrow()), receipt.block());
  }

  public WalletAddress address() {
    return contract.address();
  }

  /** The block of its deployment. */
  public long startBlock() {
    return startBlock;
  }

  /** Has the vault release each amount, and clears what the owners owe first. */
  public Call pull(List<Pull> pulls) {
    return contract.call("pull((address,uint256,bytes32)[])", new AbiWriter().list(pulls.stream()
        .map(each -> new AbiWriter().address(each.owner()).neuron(each.amount()).hash(each.tranche())).toList()));
  }

  public Call giveBack(WalletAddress owner, Neuron amount) {
    return contract.call("giveBack(address,uint256)", new AbiWriter().address(owner).neuron(amount));
  }

  public Call grant(WalletAddress owner, Neuron amount) {
    return contract.paying(amount, "grant(address)", new AbiWriter().address(owner));
  }

  public Call charge(List<Charge> charges) {
    return contract.call("charge((address,address,uint256,uint256)[])", new AbiWriter().list(charges.stream()
        .map(each -> new AbiWriter().address(each.owner()).address(each.provider()).neuron(each.amount())
            .uint(each.nonce())).toList()));
  }

  public Call payProvider(WalletAddress provider, Neuron amount) {
    return contract.call("payProvider(address,uint256)", new AbiWriter().address(provider).neuron(amount));
  }

  public PoolAccountAt account(WalletAddress owner, BlockRef block) {
    AbiReader answer = contract.view(block, "accountOf(address)", new AbiWriter().address(owner));
    return new PoolAccountAt(answer.neuron(), answer.neuron(), answer.neuron(), answer.uint());
  }

  /** What was charged for the provider and has not been paid to it. */
  public Neuron payable(WalletAddress provider, BlockRef block) {
    return contract.view(block, "payableTo(address)", new AbiWriter().address(provider)).neuron();
  }

  public PoolTotals totals(BlockRef block) {
    AbiReader answer = contract.view(block, "totals()", new AbiWriter());
    return new PoolTotals(answer.neuron(), answer.neuron(), answer.neuron(), answer.neuron());
  }

  /** All owners that ever had an account. */
  public Set<WalletAddress> owners(BlockRef block) {
    return contract.owners(block);
  }

  /** What the contract holds. */
  public Neuron coins(BlockRef block) {
    return contract.coins(block);
  }
}
