package io.neuronledger.query.admission;

import io.neuronledger.contracts.usage.NeuronSum;
import io.neuronledger.contracts.value.Neuron;
import io.neuronledger.contracts.view.RefundView;
import java.util.List;

/**
 * What is known of an owner and one of its sub-accounts, of which there need be none.
 *
 * @param available in the ledger; 0 where it is not open
 * @param providers with how many others the owner has open sub-accounts for the service; 0 where this one is open
 * @param free of the sub-account; 0 where it is not open
 * @param unsettled the fees that were reported and not settled
 * @param refunds the sub-account's active ones, oldest first
 */
record Holdings(boolean ledgerOpen, Neuron available, boolean serviceRegistered, boolean subAccountOpen,
    int providers, boolean acknowledged, Neuron free, NeuronSum unsettled, List<RefundView> refunds) {
  Holdings {
    refunds = List.copyOf(refunds);
  }

  NeuronSum pending() {
    return refunds.stream().map(refund -> NeuronSum.of(refund.amount())).reduce(NeuronSum.ZERO, NeuronSum::plus);
  }
}
