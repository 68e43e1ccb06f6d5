package io.neuronledger.indexer.decode.zerog.model;

import java.math.BigInteger;

/**
 * The state of an open ledger.
 *
 * @param available in neuron; negative only while an unseen deposit is missing
 * @param total in neuron; tracked independently: transfers do not change it, and settlements change nothing else
 */
public record LedgerState(BigInteger available, BigInteger total) {
  /** A ledger without a balance. */
  public static final LedgerState EMPTY = new LedgerState(BigInteger.ZERO, BigInteger.ZERO);

  public LedgerState available(BigInteger change) {
    return new LedgerState(available.add(change), total);
  }

  public LedgerState total(BigInteger change) {
    return new LedgerState(available, total.add(change));
  }

  /** A deposit or withdrawal: changes both balances. */
  public LedgerState both(BigInteger change) {
    return new LedgerState(available.add(change), total.add(change));
  }

  public static LedgerState parse(String text) {
    int space = text.indexOf(' ');
    return new LedgerState(new BigInteger(text.substring(0, space)), new BigInteger(text.substring(space + 1)));
  }

  @Override
  public String toString() {
    return available + " " + total;
  }
}
