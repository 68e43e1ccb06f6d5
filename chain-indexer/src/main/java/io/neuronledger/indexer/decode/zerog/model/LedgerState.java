package io.neuronledger.indexer.decode.zerog.model;

import java.math.BigInteger;

/**
 * What is remembered of a ledger that is open.
 *
 * @param available below zero only while a deposit that nobody has seen yet is missing
 * @param total known independently: transfers do not change it, and settlements change nothing but it
 */
public record LedgerState(BigInteger available, BigInteger total) {
  /** Nothing known yet. */
  public static final LedgerState EMPTY = new LedgerState(BigInteger.ZERO, BigInteger.ZERO);

  public LedgerState available(BigInteger change) {
    return new LedgerState(available.add(change), total);
  }

  public LedgerState total(BigInteger change) {
    return new LedgerState(available, total.add(change));
  }

  /** Money from or to the outside. */
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
