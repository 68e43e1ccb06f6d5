package io.neuronledger.indexer.decode.zerog.process;

import io.neuronledger.contracts.following.BlockGuard;
import io.neuronledger.indexer.decode.CannotDecode;
import io.neuronledger.indexer.decode.Reading;
import io.neuronledger.indexer.rpc.call.RpcFailure;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;

/** The result of decoding one block. */
public sealed interface BlockResult {
  /**
   * The block was decoded.
   *
   * @param guard whether completeness is proved
   * @param compared whether all states were compared at this block
   * @param changes the model's changes in this block; empty values are removed
   * @param provisional whether its logs must be fetched again, from more contracts; then it has only changes
   */
  record Block(List<Reading> readings, BlockGuard guard, boolean compared, SortedMap<String, Optional<String>> changes,
      boolean provisional) implements BlockResult {
    public Block {
      readings = List.copyOf(readings);
    }
  }

  /** An operator must act. */
  record Stop(CannotDecode why) implements BlockResult {}

  /** The node failed or is inconsistent. */
  record Failed(RpcFailure why) implements BlockResult {}
}
