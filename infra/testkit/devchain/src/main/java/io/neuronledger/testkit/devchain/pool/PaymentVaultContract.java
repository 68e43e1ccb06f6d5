package io.neuronledger.testkit.devchain.pool;

import io.neuronledger.contracts.value.Hash;
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
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/** A deployed PaymentVault: its functions as calls to be sent by a wallet, and its state at a block. */
public final class PaymentVaultContract {
  private final PoolContract contract;
  private final long startBlock;

  private PaymentVaultContract(PoolContract contract, long startBlock) {
    this.contract = contract;
    this.startBlock = startBlock;
  }

  /**
   * Deploys it, without apps and without a delay, and waits for it.
   *
   * @param silent whether it emits no events
   */
  public static PaymentVaultContract deploy(Transactions transactions, DevWallet contractOwner, boolean silent) {
    Receipt receipt =
        transactions.deploy(contractOwner, CompiledContract.PAYMENT_VAULT, new AbiWriter().bool(silent));
    return new PaymentVaultContract(new PoolContract(transactions, receipt.created().orElseThrow()), receipt.block());
  }

  public WalletAddress address() {
    return contract.address();
  }

  /** The block of its deployment. */
  public long startBlock() {
    return startBlock;
  }

  public Call deposit(Neuron amount) {
    return contract.paying(amount, "deposit()", new AbiWriter());
  }

  public Call depositFor(WalletAddress owner, Neuron amount) {
    return contract.paying(amount, "depositFor(address)", new AbiWriter().address(owner));
  }

  /** To be sent by an app. */
  public Call release(WalletAddress owner, Neuron amount, Hash tranche) {
    return contract.call("release(address,uint256,bytes32)",
        new AbiWriter().address(owner).neuron(amount).hash(tranche));
  }

  /** To be sent by an app. */
  public Call giveBack(WalletAddress owner, Neuron amount) {
    return contract.paying(amount, "giveBack(address)", new AbiWriter().address(owner));
  }

  public Call requestWithdrawal(Neuron amount) {
    return contract.call("requestWithdrawal(uint256)", new AbiWriter().neuron(amount));
  }

  public Call cancelWithdrawal() {
    return contract.call("cancelWithdrawal()", new AbiWriter());
  }

  public Call withdraw() {
    return contract.call("withdraw()", new AbiWriter());
  }

  /** To be sent by the contract's owner. */
  public Call setApp(WalletAddress app, boolean allowed, Neuron perPullMax) {
    return contract.call("setApp(address,bool,uint256)",
        new AbiWriter().address(app).bool(allowed).neuron(perPullMax));
  }

  /** To be sent by the contract's owner; in whole seconds. */
  public Call setDelay(Duration delay) {
    return contract.call("setDelay(uint256)", new AbiWriter().uint(delay.toSeconds()));
  }

  /** What the owner has in the vault, a requested withdrawal included. */
  public Neuron balanceOf(WalletAddress owner, BlockRef block) {
    return contract.view(block, "balanceOf(address)", new AbiWriter().address(owner)).neuron();
  }

  public Optional<PendingWithdrawal> pendingWithdrawal(WalletAddress owner, BlockRef block) {
    AbiReader answer = contract.view(block, "pendingWithdrawal(address)", new AbiWriter().address(owner));
    PendingWithdrawal pending = new PendingWithdrawal(answer.neuron(), answer.time());
    return Optional.of(pending).filter(each -> !each.amount().isZero());
  }

  /** All owners that ever had a balance. */
  public Set<WalletAddress> owners(BlockRef block) {
    return contract.owners(block);
  }

  /** What the contract holds. */
  public Neuron coins(BlockRef block) {
    return contract.coins(block);
  }
}
