package io.neuronledger.indexer.follow;

import static io.neuronledger.indexer.fixture.ScriptedScene.awaitProgress;
import static org.assertj.core.api.Assertions.assertThat;

import io.neuronledger.indexer.chain.ChainNode;
import io.neuronledger.indexer.chain.block.BlockData;
import io.neuronledger.indexer.chain.block.LogFilter;
import io.neuronledger.indexer.decode.BlockDecoder;
import io.neuronledger.indexer.decode.CannotDecode;
import io.neuronledger.indexer.decode.DecoderState;
import io.neuronledger.indexer.fixture.AlteredFamily;
import io.neuronledger.indexer.fixture.FakeNode;
import io.neuronledger.indexer.fixture.Indexer;
import io.neuronledger.indexer.fixture.Published;
import io.neuronledger.indexer.fixture.ScriptedScene;
import io.neuronledger.indexer.follow.state.Progress;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** State that one node has pruned may be available from another one. */
class PrunedNodesIT {
  private static final long PRUNED = 3;

  private final ScriptedScene scene = new ScriptedScene();
  private final FakeNode other = new FakeNode(scene.chain);

  /** Needs the state of one block that some nodes have pruned. */
  private static final class PrunedFamily extends AlteredFamily {
    private final Set<String> pruned;

    PrunedFamily(Set<String> pruned) {
      this.pruned = pruned;
    }

    @Override
    public BlockDecoder prepare(List<BlockData> blocks, LogFilter fetched, DecoderState state, long completeTo,
        ChainNode node) {
      BlockDecoder decoder = super.prepare(blocks, fetched, state, completeTo, node);
      return (block, decoderState) -> {
        if (block.header().number() == PRUNED && pruned.contains("http://" + node.name())) {
          throw CannotDecode.withThisNode(node.name() + " has pruned it");
        }
        return decoder.decode(block, decoderState);
      };
    }
  }

  @AfterEach
  void close() {
    other.close();
    scene.close();
  }

  private Indexer.Options pruned(String... urls) {
    scene.mine(5);
    scene.options.rpcUrls = List.of(scene.node.url(), other.url());
    scene.options.family = new PrunedFamily(Set.of(urls));
    return scene.options;
  }

  @Test
  void the_next_node_is_asked_before_following_halts() {
    try (Indexer _ = Indexer.start(pruned(scene.node.url())); Published published = scene.published()) {
      scene.awaitHead(published);
      scene.assertMirrors(published);
    }
  }

  @Test
  void following_halts_when_all_nodes_have_pruned_the_state() {
    try (Indexer indexer = Indexer.start(pruned(scene.node.url(), other.url()));
        Published published = scene.published()) {
      awaitProgress(indexer, view -> view.role() == Progress.Role.HALTED);
      assertThat(indexer.progress().failure().orElseThrow()).endsWith("has pruned it");
      scene.awaitBlock(published.refresh(), PRUNED - 1);
    }
  }
}
