package io.neuronledger.local.answer;

import io.neuronledger.contracts.value.Neuron;
import io.neuronledger.contracts.value.ServiceName;
import io.neuronledger.contracts.value.WalletAddress;
import java.util.List;

/**
 * What a source says of one sub-account.
 *
 * @param pendingRefund as the source says it; not derived from the refunds
 * @param refunds the active ones, oldest first
 */
public record SubAccountAnswer(WalletAddress provider, ServiceName service, Neuron balance, Neuron pendingRefund,
    List<RefundAnswer> refunds) {
  public SubAccountAnswer {
    refunds = List.copyOf(refunds);
  }

  /** A sub-account whose pending refund is the sum of its refunds. */
  public static SubAccountAnswer of(WalletAddress provider, ServiceName service, Neuron balance,
      RefundAnswer... refunds) {
    Neuron pending = List.of(refunds).stream().map(RefundAnswer::amount).reduce(Neuron.ZERO, Neuron::plus);
    return new SubAccountAnswer(provider, service, balance, pending, List.of(refunds));
  }
}
