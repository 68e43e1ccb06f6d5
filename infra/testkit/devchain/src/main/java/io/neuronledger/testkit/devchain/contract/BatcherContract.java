package io.neuronledger.testkit.devchain.contract;

import io.neuronledger.contracts.value.Hash;
import io.neuronledger.contracts.value.Neuron;
import io.neuronledger.contracts.value.WalletAddress;
import io.neuronledger.foundation.evm.AbiWriter;
import io.neuronledger.foundation.evm.HexData;
import io.neuronledger.testkit.devchain.transaction.Call;
import io.neuronledger.testkit.devchain.transaction.CompiledContract;
import io.neuronledger.testkit.devchain.transaction.DevWallet;
import io.neuronledger.testkit.devchain.transaction.Transactions;
import java.util.List;

/**
 * A wallet that is a contract: an owner or a provider with several operations in one transaction. It has a native
 * balance of its own, and receives payouts of ledgers.
 */
public final class BatcherContract {
  private final Transactions transactions;
  private final DevWallet owner;
  private final WalletAddress address;

  private BatcherContract(Transactions transactions, DevWallet owner, WalletAddress address) {
    this.transactions = transactions;
    this.owner = owner;
    this.address = address;
  }

  /** @param owner the only wallet that may {@link #run} it */
  public static BatcherContract deploy(Transactions transactions, DevWallet owner) {
    return new BatcherContract(transactions, owner,
        transactions.deploy(owner, CompiledContract.BATCHER).created().orElseThrow());
  }

  /** The wallet that makes the calls. */
  public WalletAddress address() {
    return address;
  }

  /** Makes the calls in order, all or none, paid from its own balance and {@code topUp} of its owner. */
  public Hash run(Neuron topUp, List<Call> calls) {
    return transactions.send(owner, call(topUp, calls));
  }

  /** @see #run */
  public Call call(Neuron topUp, List<Call> calls) {
    return new Call(address, topUp, list(calls).call("run((address,uint256,bytes)[])"));
  }

  /** Stores calls for {@link #runPrepared}. */
  public Call prepare(List<Call> calls) {
    return new Call(address, Neuron.ZERO, list(calls).call("prepare((address,uint256,bytes)[])"));
  }

  /** Makes the stored calls: the transaction itself names neither the called contracts nor any wallet. */
  public Call runPrepared() {
    return new Call(address, Neuron.ZERO, new AbiWriter().call("runPrepared()"));
  }

  private static AbiWriter list(List<Call> calls) {
    return new AbiWriter().list(calls.stream().map(call -> new AbiWriter().address(call.to()).neuron(call.value())
        .bytes(HexData.toBytes(call.data()))).toList());
  }
}
