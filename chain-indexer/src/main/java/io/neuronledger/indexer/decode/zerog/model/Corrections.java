package io.neuronledger.indexer.decode.zerog.model;

import io.neuronledger.contracts.event.Evidence;
import io.neuronledger.contracts.value.Neuron;
import io.neuronledger.contracts.value.WalletAddress;
import io.neuronledger.indexer.chain.block.BlockRef;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Changes in a block range that no log, call or trace shows, found as the difference of two states. Deposits precede
 * the logs of the range; withdrawals and acknowledgements follow them, so that no balance is negative. A ledger that
 * closed within the range starts anew there: its deposits follow its closing.
 *
 * @param since the last block before the range up to which nothing is missing: the changes happened after it
 * @param from the first block of the range
 * @param to its last block, where the state was read
 * @param toHash the hash of that block, which detects a fork before it
 * @param traced whether every transaction of the range is decoded from its trace
 * @param finding how far states were compared
 * @param surplus the native balance of LedgerManager at {@code to} that no deposit explains
 * @param untraced the blocks whose calls could not be traced: their changes are among the missing ones, and must not be
 *     published again when another node traces them. Every other doubtful block is decoded from its trace
 */
public record Corrections(long since, long from, long to, String toHash, boolean traced, Finding finding,
    BigInteger surplus, Missing missing, SortedSet<Long> untraced) {
  private static final String UNKNOWN = "-";
  private static final int FIXED_PARTS = 7;

  /** How far the contracts' states were compared. */
  public enum Finding {
    /** Not compared: the logs and calls agree with LedgerManager's native balance. */
    AGREES,
    /** The states at the end of the range were compared; anything missing could not be seen otherwise. */
    COMPARED,
    /** The states were compared, and something is missing although every call was traced: nothing explains it. */
    UNEXPLAINED
  }

  public Corrections {
    untraced = Collections.unmodifiableSortedSet(new TreeSet<>(untraced));
  }

  /** The missing changes of a range. */
  public record Missing(List<MissingDeposit> deposits, List<MissingWithdrawal> withdrawals,
      List<MissingAcknowledgement> acknowledgements) {
    public static final Missing NOTHING = new Missing(List.of(), List.of(), List.of());

    public Missing {
      deposits = List.copyOf(deposits);
      withdrawals = List.copyOf(withdrawals);
      acknowledgements = List.copyOf(acknowledgements);
    }

    public Missing with(List<MissingWithdrawal> found) {
      return new Missing(deposits, found, acknowledgements);
    }

    public Missing and(List<MissingAcknowledgement> found) {
      return new Missing(deposits, withdrawals, found);
    }
  }

  /** @param segment how often the ledger had closed in the range before this deposit */
  public record MissingDeposit(WalletAddress owner, int segment, Neuron amount) {}

  /**
   * @param closes whether the ledger is closed at the end of the range
   * @param beforeSettlement the index, within the range, of the owner's settlement that it precedes; {@link #AT_END}
   *     where none is known. A ledger that is open and empty was emptied by a settlement: a withdrawal after it would
   *     have closed it
   */
  public record MissingWithdrawal(WalletAddress owner, Neuron amount, boolean closes, int beforeSettlement) {
    public static final int AT_END = -1;
  }

  /** @param acknowledged the value at the end of the range */
  public record MissingAcknowledgement(AccountKey account, boolean acknowledged) {}

  /** No corrections, for a dry run that finds them. */
  public static Corrections dryRun(long from, boolean traced) {
    return new Corrections(Math.max(0, from - 1), from, Long.MAX_VALUE, UNKNOWN, traced, Finding.AGREES,
        BigInteger.ZERO, Missing.NOTHING, Collections.emptySortedSet());
  }

  /** Nothing is missing in the range. */
  public static Corrections none(long from, BlockRef to, boolean traced, BigInteger surplus) {
    return new Corrections(Math.max(0, from - 1), from, to.number(), to.hash().toString(), traced, Finding.AGREES,
        surplus, Missing.NOTHING, Collections.emptySortedSet());
  }

  public Corrections missing(Missing found) {
    return new Corrections(since, from, to, toHash, traced, finding, surplus, found, untraced);
  }

  public Corrections finding(Finding found) {
    return new Corrections(since, from, to, toHash, traced, found, surplus, missing, untraced);
  }

  /** The same corrections, with these untraced blocks. */
  public Corrections untraced(SortedSet<Long> blocks) {
    return new Corrections(since, from, to, toHash, traced, finding, surplus, missing, blocks);
  }

  /** The same corrections for a range without an end, so that nothing is applied at its end. */
  public Corrections endless() {
    return new Corrections(since, from, Long.MAX_VALUE, toHash, traced, finding, surplus, missing, untraced);
  }

  /** Whether all states were compared at the end of the range. */
  public boolean compared() {
    return finding != Finding.AGREES;
  }

  public Evidence evidence() {
    return finding == Finding.UNEXPLAINED ? new Evidence.Unexplained(since, to) : new Evidence.Snapshot(since, to);
  }

  public Neuron deposit(WalletAddress owner, int segment) {
    return missing.deposits().stream().filter(each -> each.owner().equals(owner) && each.segment() == segment)
        .map(MissingDeposit::amount).reduce(Neuron.ZERO, Neuron::plus);
  }

  public static Corrections parse(String text) {
    String[] parts = text.split(" ", -1);
    List<MissingDeposit> deposits = new ArrayList<>();
    List<MissingWithdrawal> withdrawals = new ArrayList<>();
    List<MissingAcknowledgement> acknowledgements = new ArrayList<>();
    SortedSet<Long> untraced = new TreeSet<>();
    for (int i = FIXED_PARTS; i < parts.length; i++) {
      String[] each = parts[i].split(":", -1);
      switch (each[0]) {
        case "u" -> untraced.add(Long.valueOf(each[1]));
        case "d" -> deposits.add(
            new MissingDeposit(WalletAddress.parse(each[1]), Integer.parseInt(each[2]), Neuron.parse(each[3])));
        case "w" -> withdrawals.add(new MissingWithdrawal(WalletAddress.parse(each[1]), Neuron.parse(each[2]),
            Boolean.parseBoolean(each[3]), Integer.parseInt(each[4])));
        case "a" -> acknowledgements.add(new MissingAcknowledgement(new AccountKey(WalletAddress.parse(each[1]),
            WalletAddress.parse(each[2]), WalletAddress.parse(each[3])), Boolean.parseBoolean(each[4])));
        default -> throw new IllegalArgumentException("not a correction: " + parts[i]);
      }
    }
    return new Corrections(Long.parseLong(parts[0]), Long.parseLong(parts[1]), Long.parseLong(parts[2]), parts[3],
        Boolean.parseBoolean(parts[4]), Finding.valueOf(parts[5]), new BigInteger(parts[6]),
        new Missing(deposits, withdrawals, acknowledgements), untraced);
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder(since + " " + from + " " + to + " " + toHash + " " + traced + " " + finding
        + " " + surplus);
    missing.deposits().forEach(each -> text.append(" d:").append(each.owner()).append(':').append(each.segment())
        .append(':').append(each.amount()));
    missing.withdrawals().forEach(each -> text.append(" w:").append(each.owner()).append(':').append(each.amount())
        .append(':').append(each.closes()).append(':').append(each.beforeSettlement()));
    missing.acknowledgements().forEach(each -> text.append(" a:").append(each.account().service()).append(':')
        .append(each.account().user()).append(':').append(each.account().provider()).append(':')
        .append(each.acknowledged()));
    untraced.forEach(block -> text.append(" u:").append(block));
    return text.toString();
  }
}
