package io.neuronledger.wallet.funding;

import io.neuronledger.contracts.value.Neuron;

/** What is to be done for one sub-account now, and why, in one sentence. */
public sealed interface FundingDecision {
  String reason();

  /** Transfers so much. */
  record Fund(Neuron amount, String reason) implements FundingDecision {}

  /** Enough is spendable. */
  record Enough(String reason) implements FundingDecision {}

  /** What is known is not enough to decide: ledger and node have to agree first. */
  record Unsure(String reason) implements FundingDecision {}

  /** It should be funded, as soon as no fork can take back what the wallet has sent before. */
  record Wait(String reason) implements FundingDecision {}

  /** It should be funded, and the policy or a rule of the contracts forbids it. */
  record Refuse(String reason) implements FundingDecision {}
}
