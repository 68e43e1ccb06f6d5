package io.neuronledger.testkit.devchain.contract;

import io.neuronledger.contracts.price.ServicePrice;
import io.neuronledger.contracts.value.Neuron;
import io.neuronledger.contracts.value.ServiceName;
import io.neuronledger.contracts.value.WalletAddress;
import io.neuronledger.foundation.evm.AbiWriter;
import io.neuronledger.testkit.devchain.transaction.Call;
import java.time.Duration;
import java.util.List;

/** AccountLedger's functions as calls, to be sent by a wallet or run by a {@link BatcherContract}. */
public record AccountLedgerCalls(WalletAddress contract) {
  public Call deposit(Neuron amount) {
    return new Call(contract, amount, new AbiWriter().call("deposit()"));
  }

  public Call depositFor(WalletAddress recipient, Neuron amount) {
    return new Call(contract, amount, new AbiWriter().address(recipient).call("depositFor(address)"));
  }

  public Call transfer(WalletAddress provider, ServiceName service, Neuron amount) {
    return call("transfer(address,string,uint256)",
        new AbiWriter().address(provider).string(service.value()).neuron(amount));
  }

  public Call retrieve(ServiceName service, List<WalletAddress> providers) {
    return call("retrieve(address[],string)", new AbiWriter()
        .list(providers.stream().map(provider -> new AbiWriter().address(provider)).toList()).string(service.value()));
  }

  public Call settle(List<Settlement> items) {
    return call("settle((address,string,uint256,uint256)[])", new AbiWriter().list(items.stream()
        .map(item -> new AbiWriter().address(item.owner()).string(item.service().value()).neuron(item.asked())
            .uint(item.nonce())).toList()));
  }

  public Call withdraw(Neuron amount) {
    return call("withdraw(uint256)", new AbiWriter().neuron(amount));
  }

  public Call deleteLedger() {
    return call("deleteLedger()", new AbiWriter());
  }

  public Call acknowledge(WalletAddress provider, ServiceName service, boolean accepted) {
    return call("acknowledge(address,string,bool)",
        new AbiWriter().address(provider).string(service.value()).bool(accepted));
  }

  public Call registerService(ServiceName name, Duration lockPeriod) {
    return call("registerService(string,uint256)", new AbiWriter().string(name.value()).uint(lockPeriod.toSeconds()));
  }

  public Call setLockPeriod(ServiceName service, Duration lockPeriod) {
    return call("setLockPeriod(string,uint256)",
        new AbiWriter().string(service.value()).uint(lockPeriod.toSeconds()));
  }

  /** @throws java.util.NoSuchElementException unless all of the price is given, as this contract publishes it */
  public Call updateService(ServiceName service, ServicePrice price) {
    return call("updateService(string,(string,string,string,string,uint256,uint256,string))", new AbiWriter()
        .string(service.value()).tuple(new AbiWriter().string(price.serviceType()).string(price.url())
            .string(price.model().orElseThrow()).string(price.verifiability().orElseThrow()).neuron(price.input())
            .neuron(price.output().orElseThrow()).string(price.additionalInfo().orElseThrow())));
  }

  public Call removeService(ServiceName service) {
    return call("removeService(string)", new AbiWriter().string(service.value()));
  }

  private Call call(String signature, AbiWriter arguments) {
    return new Call(contract, Neuron.ZERO, arguments.call(signature));
  }
}
