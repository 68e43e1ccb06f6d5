package io.neuronledger.testkit.devchain.contract;

import static io.neuronledger.testkit.devchain.contract.FunctionCall.address;
import static io.neuronledger.testkit.devchain.contract.FunctionCall.encode;
import static io.neuronledger.testkit.devchain.contract.FunctionCall.string;
import static io.neuronledger.testkit.devchain.contract.FunctionCall.uint;

import io.neuronledger.contracts.value.Neuron;
import io.neuronledger.contracts.value.ServiceName;
import io.neuronledger.contracts.value.WalletAddress;
import io.neuronledger.testkit.devchain.transaction.Call;
import java.math.BigInteger;
import java.time.Duration;
import java.util.List;
import org.web3j.abi.datatypes.Address;
import org.web3j.abi.datatypes.Bool;
import org.web3j.abi.datatypes.DynamicArray;
import org.web3j.abi.datatypes.DynamicStruct;
import org.web3j.abi.datatypes.Type;
import org.web3j.abi.datatypes.Utf8String;
import org.web3j.abi.datatypes.generated.Uint256;

/** AccountLedger's functions as calls, to be sent by a wallet or run by a {@link BatcherContract}. */
public record AccountLedgerCalls(WalletAddress contract) {
  public Call deposit(Neuron amount) {
    return new Call(contract, amount, encode("deposit"));
  }

  public Call depositFor(WalletAddress recipient, Neuron amount) {
    return new Call(contract, amount, encode("depositFor", address(recipient)));
  }

  public Call transfer(WalletAddress provider, ServiceName service, Neuron amount) {
    return call("transfer", address(provider), string(service), uint(amount));
  }

  public Call retrieve(ServiceName service, List<WalletAddress> providers) {
    return call("retrieve",
        new DynamicArray<>(Address.class, providers.stream().map(FunctionCall::address).toList()), string(service));
  }

  public Call settle(List<Settlement> items) {
    return call("settle", new DynamicArray<>(Item.class, items.stream().map(Item::of).toList()));
  }

  public Call withdraw(Neuron amount) {
    return call("withdraw", uint(amount));
  }

  public Call deleteLedger() {
    return call("deleteLedger");
  }

  public Call acknowledge(WalletAddress provider, ServiceName service, boolean accepted) {
    return call("acknowledge", address(provider), string(service), new Bool(accepted));
  }

  public Call registerService(ServiceName name, Duration lockPeriod) {
    return call("registerService", string(name), uint(BigInteger.valueOf(lockPeriod.toSeconds())));
  }

  public Call setLockPeriod(ServiceName service, Duration lockPeriod) {
    return call("setLockPeriod", string(service), uint(BigInteger.valueOf(lockPeriod.toSeconds())));
  }

  /** The tuple of {@code settle}: a class of its own, because web3j reads its types from the constructor. */
  public static final class Item extends DynamicStruct {
    public Item(Address owner, Utf8String service, Uint256 asked, Uint256 nonce) {
      super(owner, service, asked, nonce);
    }

    static Item of(Settlement item) {
      return new Item(address(item.owner()), string(item.service()), uint(item.asked()), uint(item.nonce()));
    }
  }

  private Call call(String function, Type<?>... arguments) {
    return new Call(contract, Neuron.ZERO, encode(function, arguments));
  }
}
