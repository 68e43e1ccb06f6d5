package io.neuronledger.cli.answer;

import io.neuronledger.contracts.value.Neuron;
import io.neuronledger.contracts.value.ServiceName;
import io.neuronledger.contracts.value.WalletAddress;
import java.util.List;

/**
 * The state of one sub-account, as a source returns it.
 *
 * @param pendingRefund as the source returns it; not derived from the refunds
 * @param acknowledged whether the owner accepts the provider's settlements
 * @param refunds the active ones, oldest first
 */
public record SubAccountAnswer(WalletAddress provider, ServiceName service, Neuron balance, Neuron pendingRefund,
    boolean acknowledged, List<RefundAnswer> refunds) {
  public SubAccountAnswer {
    refunds = List.copyOf(refunds);
  }

  /** A sub-account whose pending refund is the sum of its refunds. */
  public static SubAccountAnswer of(WalletAddress provider, ServiceName service, Neuron balance, boolean acknowledged,
      List<RefundAnswer> refunds) {
    Neuron pending = refunds.stream().map(RefundAnswer::amount).reduce(Neuron.ZERO, Neuron::plus);
    return new SubAccountAnswer(provider, service, balance, pending, acknowledged, refunds);
  }

  /** The same, acknowledged, as after the transfer that opens a sub-account. */
  public static SubAccountAnswer of(WalletAddress provider, ServiceName service, Neuron balance,
      RefundAnswer... refunds) {
    return of(provider, service, balance, true, List.of(refunds));
  }
}
