package io.neuronledger.indexer.follow.state;

import static org.assertj.core.api.Assertions.assertThat;

import io.neuronledger.contracts.value.Hash;
import io.neuronledger.indexer.chain.block.BlockRef;
import io.neuronledger.indexer.decode.DecoderState;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RecentBlockTest {
  private static final BlockRef BLOCK = new BlockRef(7, new Hash("0x" + "07".repeat(32)), Instant.EPOCH);

  @Test
  void corrections_after_a_block_are_undone_with_it() {
    Map<String, String> before = Map.of("changed", "1", "changed-twice", "1", "corrected", "1");
    Map<String, String> stored = new HashMap<>(before);
    DecoderState inBlock = new DecoderState(stored);
    inBlock.put("changed", "2");
    inBlock.put("changed-twice", "2");
    RecentBlock block = new RecentBlock(BLOCK, inBlock.endBlock());
    keep(inBlock, stored);
    DecoderState later = new DecoderState(stored);
    later.put("changed-twice", "3");
    later.put("corrected", "3");
    later.put("new", "3");
    RecentBlock both = block.and(later.endBlock());
    keep(later, stored);

    DecoderState fork = new DecoderState(stored);
    fork.undo(both.undo());
    keep(fork, stored);
    assertThat(stored).isEqualTo(before);
  }

  private static void keep(DecoderState state, Map<String, String> stored) {
    state.changes().forEach((key, value) ->
        value.ifPresentOrElse(text -> stored.put(key, text), () -> stored.remove(key)));
  }
}
