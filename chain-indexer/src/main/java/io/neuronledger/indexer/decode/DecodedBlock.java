package io.neuronledger.indexer.decode;

import io.neuronledger.contracts.following.BlockGuard;
import java.util.List;

/**
 * What a family made of one block.
 *
 * @param readings in the chain's order, positions rising
 * @param guard how it is known that nothing is missing
 * @param states whether the contracts' states are compared at this block
 */
public record DecodedBlock(List<Reading> readings, BlockGuard guard, States states) {
  /** What is known from the contracts' own states at a block. */
  public enum States {
    /** They were not looked at. */
    UNREAD,
    /** All of them were compared: nothing before this block is missing either. */
    COMPARED,
    /** Something changed that neither logs nor calls show: all of them must be compared before the next block. */
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
