package io.neuronledger.indexer.follow;

import static org.assertj.core.api.Assertions.assertThat;

import io.neuronledger.contracts.event.ChainEvent;
import io.neuronledger.contracts.topic.ChainRecord;
import io.neuronledger.contracts.value.Neuron;
import io.neuronledger.indexer.chain.ChainNode;
import io.neuronledger.indexer.chain.block.BlockData;
import io.neuronledger.indexer.chain.block.BlockRef;
import io.neuronledger.indexer.chain.block.LogFilter;
import io.neuronledger.indexer.decode.BlockDecoder;
import io.neuronledger.indexer.decode.DecoderState;
import io.neuronledger.indexer.decode.Observation;
import io.neuronledger.indexer.fixture.AlteredFamily;
import io.neuronledger.indexer.fixture.Indexer;
import io.neuronledger.indexer.fixture.Published;
import io.neuronledger.indexer.fixture.ScriptedScene;
import io.neuronledger.indexer.rpc.call.RpcFailure;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A block contradicts the stored state: the state is read again, unless the node alone was wrong. */
class DoubtIT {
  private static final long IMPOSSIBLE = 3;
  private static final String CORRECTED = "corrected";

  private final ScriptedScene scene = new ScriptedScene();

  /** One block is impossible until the state is corrected, or for so many attempts. */
  private static final class Doubting extends AlteredFamily {
    private final AtomicInteger times;

    Doubting(AtomicInteger times) {
      this.times = times;
    }

    @Override
    public BlockDecoder prepare(List<BlockData> blocks, LogFilter fetched, DecoderState state, long completeTo,
        ChainNode node) {
      BlockDecoder decoder = super.prepare(blocks, fetched, state, completeTo, node);
      return (block, decoderState) -> {
        if (block.header().number() == IMPOSSIBLE && decoderState.get(CORRECTED).isEmpty()
            && times.getAndDecrement() > 0) {
          throw new RpcFailure(RpcFailure.Kind.INCONSISTENT, "this cannot be");
        }
        return decoder.decode(block, decoderState);
      };
    }

    @Override
    public Observation observe(BlockRef block, DecoderState state, ChainNode node) {
      state.put(CORRECTED, "yes");
      return new Observation(Collections.emptySortedMap(), Collections.emptySortedMap(), Neuron.ZERO, Neuron.ZERO);
    }
  }

  @AfterEach
  void close() {
    scene.close();
  }

  private Indexer.Options impossible(int times) {
    scene.mine(5);
    scene.options.family = new Doubting(new AtomicInteger(times));
    return scene.options;
  }

  /** Where they were compared. */
  private static List<Long> runs(Published published) {
    return published.partition(0).stream().filter(record -> record.event() instanceof ChainEvent.ReconciliationEnded)
        .map(ChainRecord::position).map(position -> position.block()).toList();
  }

  /** Once in the step with the blocks before it, and once by itself. */
  @Test
  void a_single_error_of_a_node_does_not_trigger_a_comparison() {
    try (Indexer _ = Indexer.start(impossible(2)); Published published = scene.published()) {
      scene.awaitHead(published);
      assertThat(runs(published)).isEmpty();
    }
  }

  @Test
  void a_wrong_state_is_corrected_once_and_the_correction_undone_with_its_block() {
    try (Indexer _ = Indexer.start(impossible(Integer.MAX_VALUE)); Published published = scene.published()) {
      scene.awaitHead(published);
      assertThat(runs(published)).containsExactly(IMPOSSIBLE - 1);
      scene.chain.lose(4);
      scene.mine(6);
      scene.awaitHead(published);
      assertThat(published.retractions()).isOne();
      assertThat(runs(published)).as("the other branch does not know of it")
          .containsExactly(IMPOSSIBLE - 1, IMPOSSIBLE - 1);
    }
  }
}
