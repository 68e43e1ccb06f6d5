package io.neuronledger.foundation.partitionlog.reader;

/** The stored position of a partition is not the loaded one: another writer has moved it. Load it again. */
public final class PositionConflict extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public PositionConflict(int partition) {
    super("partition " + partition + " was moved by another writer");
  }
}
