package io.neuronledger.indexer.decode;

import io.neuronledger.contracts.following.BlockGuard;
import java.util.List;

/**
 * The result of decoding one block.
 *
 * @param readings in the chain's order, positions rising
 * @param guard whether completeness is proved
 * @param states whether the contracts' states are compared at this block
 */
public record DecodedBlock(List<Reading> readings, BlockGuard guard, States states) {
  /** The comparison of the contracts' own states at a block. */
  public enum States {
    /** The states were not read. */
    UNREAD,
    /** All states were compared: nothing up to this block is missing. */
    COMPARED,
    /** Something changed without a log or a call: all states must be compared before the next block. */
    TO_BE_COMPARED
  }

  public DecodedBlock {
    readings = List.copyOf(readings);
  }

  public static DecodedBlock of(List<Reading> readings, BlockGuard guard) {
    return new DecodedBlock(readings, guard, States.UNREAD);
  }

  public static DecodedBlock toBeCompared(List<Reading> readings) {
    return new DecodedBlock(readings, BlockGuard.NONE, States.TO_BE_COMPARED);
  }

  public static DecodedBlock compared(List<Reading> readings) {
    return new DecodedBlock(readings, BlockGuard.PROVED, States.COMPARED);
  }
}
