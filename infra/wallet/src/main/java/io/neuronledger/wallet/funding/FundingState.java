package io.neuronledger.wallet.funding;

import io.neuronledger.contracts.value.Neuron;
import io.neuronledger.wallet.plan.Holdings;
import java.math.BigInteger;
import java.time.Instant;
import java.util.List;

/**
 * What is known of an owner when it is decided.
 *
 * @param holdings as of a block that the node has on its chain, too
 * @param blockTime of that block
 * @param behind whether the ledger is behind the chain
 * @param quarantined whether records of the owner wait
 * @param transfers to the sub-account, all that count as of that block or a later one, those made by hand too
 * @param deepPending the refunds of the sub-account in the block up to which the policy reckons with no fork: a fork
 *     could take back the settlement that has consumed them since
 * @param nonces of the wallet: only where all are equal, the holdings have all that the wallet has
 *     sent, and no usual fork takes any of it back
 */
public record FundingState(Holdings holdings, Instant blockTime, boolean behind, boolean quarantined,
    List<PastTransfer> transfers, Neuron deepPending, Nonces nonces) {
  public FundingState {
    transfers = List.copyOf(transfers);
  }

  /**
   * The number of the wallet's transactions.
   *
   * @param deep mined in blocks that have as many blocks after them as the policy's confirmations
   * @param atBlock mined until the block of the holdings
   * @param mined until now
   * @param pending with those that wait in the node
   */
  public record Nonces(BigInteger deep, BigInteger atBlock, BigInteger mined, BigInteger pending) {}
}
