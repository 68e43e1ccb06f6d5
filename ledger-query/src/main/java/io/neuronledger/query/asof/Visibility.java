package io.neuronledger.query.asof;

import static org.jooq.impl.DSL.condition;

import org.jooq.Condition;
import org.jooq.Field;

/**
 * Defines what an answer over many owners shows; {@link ReadPoint} does so for one owner. A row is visible once it
 * precedes the seal of its partition, or, for a quarantined owner, the seal at which the answers are frozen; later rows
 * may be part of an incomplete block. A statement has {@code partition} in scope under that name.
 */
public final class Visibility {
  private static final String QUARANTINE_IN_EFFECT =
      "(quarantine.released_seq IS NULL OR quarantine.released_seq > partition.sealed_seq)";

  private Visibility() {}

  /** Whether an answer as of {@code block} shows {@code row} of a table of states. */
  public static String sees(String row, String block) {
    return row + ".block <= " + block + " AND " + precedesSeal(row + ".mark_seq", row + ".owner");
  }

  /** Whether an answer shows {@code row} of a table with one row per record, whatever its block. */
  public static String seesRecord(String row) {
    return precedesSeal(row + ".seq", row + ".owner");
  }

  private static String precedesSeal(String seq, String owner) {
    return seq + " < LEAST(partition.sealed_seq, (SELECT min(coalesce(quarantine.cap_seq, 0)) FROM quarantine"
        + " WHERE quarantine.owner = " + owner + " AND " + QUARANTINE_IN_EFFECT + "))";
  }

  /** Whether the partition is sealed after its record {@code seq}, which concerns no owner. */
  public static Condition sealed(Field<Long> seq) {
    return condition("{0} < partition.sealed_seq", seq);
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
