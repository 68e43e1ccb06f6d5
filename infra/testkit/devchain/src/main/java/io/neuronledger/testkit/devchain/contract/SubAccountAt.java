package io.neuronledger.testkit.devchain.contract;

import io.neuronledger.contracts.value.Neuron;
import io.neuronledger.contracts.value.ServiceName;
import io.neuronledger.contracts.value.SubAccountId;
import io.neuronledger.foundation.evm.AbiReader;
import java.math.BigInteger;
import java.util.List;

/**
 * A sub-account as the contract returns it: zeros when it is not open, except the nonce, which survives closing.
 *
 * @param nonce the highest settled nonce
 * @param refunds the active ones, oldest first
 */
public record SubAccountAt(SubAccountId id, boolean open, Neuron balance, Neuron pendingRefund, boolean acknowledged,
    BigInteger nonce, List<RefundAt> refunds) {
  public SubAccountAt {
    refunds = List.copyOf(refunds);
  }

  /** @param list a reader of the list or result that holds the sub-account */
  static SubAccountAt read(AbiReader list) {
    AbiReader reader = list.tuple();
    SubAccountId id = new SubAccountId(reader.address(), reader.address(), ServiceName.of(reader.string()));
    return new SubAccountAt(id, reader.bool(), reader.neuron(), reader.neuron(), reader.bool(), reader.uint(),
        reader.list(RefundAt::read));
  }
}
