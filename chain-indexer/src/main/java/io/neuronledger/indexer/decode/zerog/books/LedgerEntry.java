package io.neuronledger.indexer.decode.zerog.books;

import java.math.BigInteger;

/**
 * What is remembered of a ledger that is open.
 *
 * @param available below zero only while a deposit that nobody has seen yet is missing
 * @param total known independently: transfers do not change it, and settlements change nothing but it
 */
public record LedgerEntry(BigInteger available, BigInteger total) {
  /** Nothing known yet. */
  public static final LedgerEntry EMPTY = new LedgerEntry(BigInteger.ZERO, BigInteger.ZERO);

  public LedgerEntry available(BigInteger change) {
    return new LedgerEntry(available.add(change), total);
  }

  public LedgerEntry total(BigInteger change) {
    return new LedgerEntry(available, total.add(change));
  }

  /** Money from or to the outside. */
  public LedgerEntry both(BigInteger change) {
    return new LedgerEntry(available.add(change), total.add(change));
  }

  public static LedgerEntry parse(String text) {
    int space = text.indexOf(' ');
    return new LedgerEntry(new BigInteger(text.substring(0, space)), new BigInteger(text.substring(space + 1)));
  }

  @Override
  public String toString() {
    return available + " " + total;
  }
}
