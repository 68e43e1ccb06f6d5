package io.neuronledger.indexer.decode.zerog.process;

import io.neuronledger.contracts.following.BlockGuard;
import io.neuronledger.indexer.decode.CannotDecode;
import io.neuronledger.indexer.decode.Reading;
import io.neuronledger.indexer.rpc.RpcFailure;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;

/** What comes out of one block. */
public sealed interface BlockResult {
  /**
   * It was worked out.
   *
   * @param guard how it is known that nothing is missing
   * @param compared whether all states were compared at this block
   * @param changes what is remembered behind it; empty values are gone
   * @param provisional whether only this came out: that its logs must be fetched anew, from more contracts
   */
  record Block(List<Reading> readings, BlockGuard guard, boolean compared, SortedMap<String, Optional<String>> changes,
      boolean provisional) implements BlockResult {
    public Block {
      readings = List.copyOf(readings);
    }
  }

  /** A person must look at it. */
  record Stop(CannotDecode why) implements BlockResult {}

  /** The node did not do what it should. */
  record Failed(RpcFailure why) implements BlockResult {}
}
