package io.neuronledger.indexer.decode.zerog.contract;

import io.neuronledger.contracts.value.WalletAddress;
import io.neuronledger.foundation.evm.AbiReader;
import io.neuronledger.foundation.evm.AbiWriter;

/** The view of a serving contract that returns one provider's service: call input and answer. */
public final class ServiceView {
  private ServiceView() {}

  public static String input(WalletAddress provider) {
    return new AbiWriter().address(provider).call("getService(address)");
  }

  /**
   * The service's fields after its provider.
   *
   * @throws IllegalArgumentException if the answer is of another provider, or does not match the ABI
   */
  public static AbiReader fields(WalletAddress provider, String answer) {
    AbiReader service = AbiReader.ofData(answer).tuple();
    if (!service.address().equals(provider)) {
      throw new IllegalArgumentException("not the requested service");
    }
    return service;
  }
}
