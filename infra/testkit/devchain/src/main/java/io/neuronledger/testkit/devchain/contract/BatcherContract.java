package io.neuronledger.testkit.devchain.contract;

import static io.neuronledger.testkit.devchain.contract.FunctionCall.encode;
import static io.neuronledger.testkit.devchain.contract.FunctionCall.uint;

import io.neuronledger.contracts.value.Hash;
import io.neuronledger.contracts.value.Neuron;
import io.neuronledger.contracts.value.WalletAddress;
import io.neuronledger.testkit.devchain.rpc.Hex;
import io.neuronledger.testkit.devchain.transaction.Call;
import io.neuronledger.testkit.devchain.transaction.CompiledContract;
import io.neuronledger.testkit.devchain.transaction.DevWallet;
import io.neuronledger.testkit.devchain.transaction.Transactions;
import java.util.List;
import org.web3j.abi.datatypes.Address;
import org.web3j.abi.datatypes.DynamicArray;
import org.web3j.abi.datatypes.DynamicBytes;
import org.web3j.abi.datatypes.DynamicStruct;
import org.web3j.abi.datatypes.generated.Uint256;

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
    return new Call(address, topUp,
        encode("run", new DynamicArray<>(Item.class, calls.stream().map(Item::of).toList())));
  }

  /** Stores calls for {@link #runPrepared}. */
  public Call prepare(List<Call> calls) {
    return new Call(address, Neuron.ZERO,
        encode("prepare", new DynamicArray<>(Item.class, calls.stream().map(Item::of).toList())));
  }

  /** Makes the stored calls: the transaction itself names neither the called contracts nor any wallet. */
  public Call runPrepared() {
    return new Call(address, Neuron.ZERO, encode("runPrepared"));
  }

  /** The tuple of {@code run}: a class of its own, because web3j reads its types from the constructor. */
  public static final class Item extends DynamicStruct {
    public Item(Address to, Uint256 value, DynamicBytes data) {
      super(to, value, data);
    }

    static Item of(Call call) {
      return new Item(FunctionCall.address(call.to()), uint(call.value()), new DynamicBytes(Hex.toBytes(call.data())));
    }
  }
}
