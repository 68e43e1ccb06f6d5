package io.neuronledger.query.partition;

/** SQL that limits the visible rows of each owner in a statement over many owners. */
public final class QuarantineSql {
  private QuarantineSql() {}

  /**
   * The seq below which a row is visible: that of the partition's seal, or, for a quarantined owner, of the seal at
   * which the answers are frozen; later rows may be part of an incomplete block. The statement must have
   * {@code partition} in scope under that name.
   *
   * @param owner the column of the owner
   */
  public static String sealedSeq(String owner) {
    return "LEAST(partition.sealed_seq, (SELECT min(coalesce(cap.cap_seq, 0)) FROM quarantine AS cap WHERE cap.owner = "
        + owner + " AND (cap.released_seq IS NULL OR cap.released_seq > partition.sealed_seq)))";
  }
}
