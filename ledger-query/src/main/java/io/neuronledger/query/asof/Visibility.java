package io.neuronledger.query.asof;

import static org.jooq.impl.DSL.condition;

import org.jooq.Condition;
import org.jooq.Field;

/**
 * Defines what an answer over many owners shows; {@link ReadPoint} does so for one owner. A row is visible up to the
 * answer's block, once it precedes the last seal of its partition, or, for a quarantined owner, the seal at which the
 * answers are frozen; later rows may be part of an incomplete block. A statement has {@code partition} in scope under
 * that name.
 */
public final class Visibility {
  private static final String QUARANTINE_IN_EFFECT =
      "(quarantine.released_seq IS NULL OR quarantine.released_seq > partition.sealed_seq)";

  private Visibility() {}

  /** Whether an answer as of {@code block} shows {@code row} of a table of states. */
  public static String sees(String row, String block) {
    return row + ".block <= " + block + " AND " + precedesSeal(row + ".mark_seq", row + ".owner");
  }

  /** Whether {@code row} of a table with one row per record is sealed, whatever its block. */
  public static String seals(String row) {
    return precedesSeal(row + ".seq", row + ".owner");
  }

  /**
   * Whether an answer as of {@code block} shows {@code row} of a table with one row per record: one of a later block
   * only with the retraction that took it back, which counts from its first block on.
   */
  public static String seesRecord(String row, String block) {
    return seals(row) + " AND " + precedes(row + ".block", row + ".seq", block);
  }

  private static String precedes(String rowBlock, String seq, String block) {
    return "(" + rowBlock + " <= " + block + " OR " + seq + " < coalesce((SELECT max(retraction.seq)"
        + " FROM partition_retraction AS retraction WHERE retraction.partition = partition.partition"
        + " AND retraction.from_block <= " + block + "), 0))";
  }

  private static String precedesSeal(String seq, String owner) {
    return seq + " < LEAST(partition.sealed_seq, (SELECT min(coalesce(quarantine.cap_seq, 0)) FROM quarantine"
        + " WHERE quarantine.owner = " + owner + " AND " + QUARANTINE_IN_EFFECT + "))";
  }

  /**
   * The number of the first record of a partition that no answer as of a block has seen.
   *
   * @param later the row of the partition's first record of a later block; its columns may be NULL
   */
  public static String firstUnseen(String later) {
    return "LEAST(coalesce(partition.sealed_seq, 0), " + later + ".seq)";
  }

  /** Whether the partition is sealed after {@code row} of a table with one row per record that concerns no owner. */
  public static String sealed(String row) {
    return row + ".seq < partition.sealed_seq";
  }

  /** Whether the partition is sealed after its record {@code seq}, which concerns no owner. */
  public static Condition sealed(Field<Long> seq) {
    return condition("{0} < partition.sealed_seq", seq);
  }

  /** As {@link #seesRecord}, of a record that concerns no owner. */
  public static Condition sees(Field<Long> seq, Field<Long> rowBlock, Field<Long> block) {
    return sealed(seq).and(condition(precedes("{0}", "{1}", "{2}"), rowBlock, seq, block));
  }

  /** Whether the partition is not sealed yet after {@code row} of a table with a row per span between two marks. */
  public static String unsealed(String row) {
    return row + ".mark_seq >= partition.sealed_seq";
  }

  /**
   * Whether {@code row} of a table with one row per record was not held back by a quarantine of its owner when the
   * partition ended at {@code position} and at {@code mark}.
   */
  public static String notHeldBackThen(String row, String position, String mark) {
    return """
        NOT EXISTS (SELECT FROM quarantine
            WHERE quarantine.owner = %1$s.owner AND %2$s
              AND %1$s.seq >= coalesce(quarantine.cap_seq, 0))""".formatted(row, inEffectThen(position, mark));
  }

  /**
   * Whether a row of {@code quarantine} was in effect when its partition ended at {@code position} and at {@code mark}.
   * What ledger-query alone could not read was known.
   */
  public static String inEffectThen(String position, String mark) {
    return "quarantine.found_by = 'ledger-command' AND quarantine.seq < " + position
        + " AND (quarantine.released_seq IS NULL OR quarantine.released_seq >= " + mark + ")";
  }

  /** The order of an account's states. */
  public static String newestFirst(String row) {
    return row + ".block DESC, " + row + ".mark_seq DESC";
  }

  /** Whether the answers of {@code owner} are frozen; needs no {@code partition} in scope. */
  public static String quarantined(String owner) {
    return "EXISTS (SELECT FROM quarantine JOIN partition ON partition.partition = quarantine.partition"
        + " WHERE quarantine.owner = " + owner + " AND " + QUARANTINE_IN_EFFECT + ")";
  }

  /** Whether a row of {@code quarantine}, joined with its partition, is in effect at the partition's seal. */
  public static Condition quarantineInEffect() {
    return condition(QUARANTINE_IN_EFFECT);
  }
}
