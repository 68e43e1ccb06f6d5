package io.neuronledger.query.audit.journal;

/**
 * Seqs of a partition, from the first one to the one before {@code until}.
 *
 * @param from from 0
 * @param until not included
 */
public record SeqRange(long from, long until) {
  /** Beyond every seq. */
  public static final long END = 1_000_000_000_000_000_000L;

  public static final SeqRange ALL = new SeqRange(0, END);

  /** Those of them from {@code seq} on. */
  public SeqRange from(long seq) {
    return new SeqRange(Math.max(from, seq), until);
  }

  /** Those of them before {@code seq}. */
  public SeqRange until(long seq) {
    return new SeqRange(from, Math.min(until, seq));
  }
}
