package io.neuronledger.indexer.decode.zerog.books;

import io.neuronledger.contracts.event.Evidence;
import io.neuronledger.contracts.value.Neuron;
import io.neuronledger.contracts.value.WalletAddress;
import io.neuronledger.indexer.chain.BlockRef;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * What no log, call or trace told, found as the difference of two states: deposits stand before the logs of the
 * interval, withdrawals after them, so that nothing goes below zero. A ledger that was closed within the interval
 * begins anew there: its deposits are told right behind the closing.
 *
 * @param from the interval's first block; the state before it is known
 * @param to its last block, where the state was read
 * @param toHash that block, so that a fork before it is noticed
 * @param traced whether every transaction of the interval with a call in it is read from its trace
 * @param surplus the coins in LedgerManager at {@code to} that nobody deposited
 * @param untraced the blocks whose calls nobody could look into: whatever they did is among the missing, and must not
 *     be told a second time because another node traces them. Every other block in doubt is read from its trace
 */
public record Amendments(long from, long to, String toHash, boolean traced, BigInteger surplus,
    List<MissingDeposit> deposits, List<MissingWithdrawal> withdrawals, SortedSet<Long> untraced) {
  private static final String UNKNOWN = "-";

  public Amendments {
    deposits = List.copyOf(deposits);
    withdrawals = List.copyOf(withdrawals);
    untraced = Collections.unmodifiableSortedSet(new TreeSet<>(untraced));
  }

  /** @param segment how often the ledger had been closed in the interval before it */
  public record MissingDeposit(WalletAddress owner, int segment, Neuron amount) {}

  /**
   * @param closes whether the ledger is gone at the interval's end
   * @param beforeSettlement it happened before the owner's settlement with this number in the interval; {@link #AT_END}
   *     where nothing says so. A ledger that is open and empty was emptied by a settlement: a withdrawal after it would
   *     have closed it
   */
  public record MissingWithdrawal(WalletAddress owner, Neuron amount, boolean closes, int beforeSettlement) {
    public static final int AT_END = -1;
  }

  /** Nothing is known to be missing yet: to find out what is. */
  public static Amendments trial(long from, boolean traced) {
    return new Amendments(from, Long.MAX_VALUE, UNKNOWN, traced, BigInteger.ZERO, List.of(), List.of(),
        Collections.emptySortedSet());
  }

  /** Nothing is missing in the interval. */
  public static Amendments none(long from, BlockRef to, boolean traced, BigInteger surplus) {
    return new Amendments(from, to.number(), to.hash().toString(), traced, surplus, List.of(), List.of(),
        Collections.emptySortedSet());
  }

  /** The same, for a chain of which these blocks could not be traced. */
  public Amendments withUntraced(SortedSet<Long> blocks) {
    return new Amendments(from, to, toHash, traced, surplus, deposits, withdrawals, blocks);
  }

  public Evidence evidence() {
    return new Evidence.Snapshot(Math.max(0, from - 1), to);
  }

  public Neuron deposit(WalletAddress owner, int segment) {
    return deposits.stream().filter(each -> each.owner().equals(owner) && each.segment() == segment)
        .map(MissingDeposit::amount).reduce(Neuron.ZERO, Neuron::plus);
  }

  public static Amendments parse(String text) {
    String[] parts = text.split(" ", -1);
    List<MissingDeposit> deposits = new ArrayList<>();
    List<MissingWithdrawal> withdrawals = new ArrayList<>();
    SortedSet<Long> untraced = new TreeSet<>();
    for (int i = 5; i < parts.length; i++) {
      String[] each = parts[i].split(":", -1);
      if (each[0].equals("u")) {
        untraced.add(Long.valueOf(each[1]));
        continue;
      }
      WalletAddress owner = WalletAddress.parse(each[1]);
      if (each[0].equals("d")) {
        deposits.add(new MissingDeposit(owner, Integer.parseInt(each[2]), Neuron.parse(each[3])));
      } else {
        withdrawals.add(new MissingWithdrawal(owner, Neuron.parse(each[2]), Boolean.parseBoolean(each[3]),
            Integer.parseInt(each[4])));
      }
    }
    return new Amendments(Long.parseLong(parts[0]), Long.parseLong(parts[1]), parts[2],
        Boolean.parseBoolean(parts[3]), new BigInteger(parts[4]), deposits, withdrawals, untraced);
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder(from + " " + to + " " + toHash + " " + traced + " " + surplus);
    deposits.forEach(each -> text.append(" d:").append(each.owner()).append(':').append(each.segment()).append(':')
        .append(each.amount()));
    withdrawals.forEach(each -> text.append(" w:").append(each.owner()).append(':').append(each.amount()).append(':')
        .append(each.closes()).append(':').append(each.beforeSettlement()));
    untraced.forEach(block -> text.append(" u:").append(block));
    return text.toString();
  }
}
