package io.neuronledger.query.partition;

/** How far a statement over many owners may show each of them. */
public final class QuarantineSql {
  private QuarantineSql() {}

  /**
   * The seq that a row's must be below: the partition's seal, for a quarantined owner the one that his answers stand
   * at. What came behind that one may be half a block. The statement must know a row of {@code partition} by that name.
   *
   * @param owner the column
   */
  public static String sealedSeq(String owner) {
    return "LEAST(partition.sealed_seq, (SELECT min(coalesce(cap.cap_seq, 0)) FROM quarantine AS cap WHERE cap.owner = "
        + owner + " AND (cap.released_seq IS NULL OR cap.released_seq > partition.sealed_seq)))";
  }
}
