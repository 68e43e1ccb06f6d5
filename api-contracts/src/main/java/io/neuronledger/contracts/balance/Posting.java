package io.neuronledger.contracts.balance;

import io.neuronledger.contracts.value.Neuron;
import io.neuronledger.contracts.value.SignedNeuron;
import io.neuronledger.contracts.value.SubAccountId;
import io.neuronledger.contracts.value.WalletAddress;
import java.util.List;

/**
 * One line of an account event's double entry: {@code amount} is added to {@code account}. The postings of one event
 * sum to zero: money never appears.
 *
 * @param account {@code outside}, {@code ledger:<owner>}, {@code sub-account:<owner>:<provider>:<service>} or
 *     {@code provider:<provider>}
 */
public record Posting(String account, SignedNeuron amount) {
  /** Every wallet outside of the ledgers. */
  public static final String OUTSIDE = "outside";

  /** The prefix of a provider's account. */
  public static final String PROVIDER = "provider:";

  public static String ledger(WalletAddress owner) {
    return "ledger:" + owner;
  }

  public static String subAccount(SubAccountId subAccount) {
    return subAccount.toString();
  }

  /** The account of a provider's settled fees. */
  public static String provider(WalletAddress provider) {
    return PROVIDER + provider;
  }

  /** The two postings that move {@code amount}; empty where it is zero. */
  public static List<Posting> moved(String from, String to, Neuron amount) {
    return amount.isZero()
        ? List.of()
        : List.of(new Posting(from, SignedNeuron.minus(amount)), new Posting(to, SignedNeuron.plus(amount)));
  }
}
