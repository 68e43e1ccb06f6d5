package io.neuronledger.contracts.balance;

import io.neuronledger.contracts.value.Neuron;

/**
 * The limits of the contracts that an owner meets.
 *
 * @param ledgerMin with which a ledger opens, and what stays available after a withdrawal that leaves something
 * @param firstTransferMin with which a sub-account opens
 * @param refundsMax of a sub-account at a time
 * @param providersMax of one service, per owner
 * @param retrieveMax providers in one call
 */
public record ContractRules(Neuron ledgerMin, Neuron firstTransferMin, int refundsMax, int providersMax,
    int retrieveMax) {
  /** The family of AccountLedger, as the ledger names it. */
  public static final String ACCOUNT_LEDGER = "account-ledger";
  /** The family of the 0G Compute contracts. */
  public static final String ZERO_G = "0g";

  /** The chain id of 0G's test network, whose contracts have smaller minima. */
  public static final long GALILEO_CHAIN_ID = 16_602;

  private static final int PROVIDERS_MAX = 50;
  private static final int RETRIEVE_MAX = 20;

  /**
   * Those of a deployment: both families have the same, but for the smaller amounts of 0G's test network.
   *
   * @throws IllegalArgumentException for another family
   */
  public static ContractRules of(String family, long chainId) {
    if (!family.equals(ACCOUNT_LEDGER) && !family.equals(ZERO_G)) {
      throw new IllegalArgumentException("this program knows no contracts of the family '" + family + "'");
    }
    boolean testNetwork = family.equals(ZERO_G) && chainId == GALILEO_CHAIN_ID;
    return new ContractRules(Neuron.ofZeroG(testNetwork ? "0.1" : "3"), Neuron.ofZeroG(testNetwork ? "0.01" : "1"),
        RefundRules.ACTIVE_MAX, PROVIDERS_MAX, RETRIEVE_MAX);
  }
}
