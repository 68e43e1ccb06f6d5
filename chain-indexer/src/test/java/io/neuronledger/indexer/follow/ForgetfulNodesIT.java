package io.neuronledger.indexer.follow;

import static io.neuronledger.indexer.fixture.ScriptedScene.awaitProgress;
import static org.assertj.core.api.Assertions.assertThat;

import io.neuronledger.indexer.chain.BlockData;
import io.neuronledger.indexer.chain.ChainNode;
import io.neuronledger.indexer.chain.LogFilter;
import io.neuronledger.indexer.decode.BlockDecoder;
import io.neuronledger.indexer.decode.CannotDecode;
import io.neuronledger.indexer.decode.DecoderState;
import io.neuronledger.indexer.fixture.AlteredFamily;
import io.neuronledger.indexer.fixture.FakeNode;
import io.neuronledger.indexer.fixture.Indexer;
import io.neuronledger.indexer.fixture.Published;
import io.neuronledger.indexer.fixture.ScriptedScene;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What one node has thrown away, another one may still hold. */
class ForgetfulNodesIT {
  private static final long FORGOTTEN = 3;

  private final ScriptedScene scene = new ScriptedScene();
  private final FakeNode other = new FakeNode(scene.chain);

  /** Needs of one block what some nodes have thrown away. */
  private static final class Remembering extends AlteredFamily {
    private final Set<String> forgetful;

    Remembering(Set<String> forgetful) {
      this.forgetful = forgetful;
    }

    @Override
    public BlockDecoder prepare(List<BlockData> blocks, LogFilter fetched, DecoderState state, long completeTo,
        ChainNode node) {
      BlockDecoder decoder = super.prepare(blocks, fetched, state, completeTo, node);
      return (block, remembered) -> {
        if (block.header().number() == FORGOTTEN && forgetful.contains("http://" + node.name())) {
          throw CannotDecode.withThisNode(node.name() + " has forgotten it");
        }
        return decoder.decode(block, remembered);
      };
    }
  }

  @AfterEach
  void close() {
    other.close();
    scene.close();
  }

  private Indexer.Options forgetful(String... urls) {
    scene.mine(5);
    scene.options = scene.options.at(scene.node.url(), other.url())
        .with(new Remembering(Set.of(urls)));
    return scene.options;
  }

  @Test
  void the_next_node_is_asked_before_a_person_is() {
    try (Indexer _ = Indexer.start(forgetful(scene.node.url())); Published published = scene.published()) {
      scene.awaitHead(published);
      scene.assertMirrors(published);
    }
  }

  @Test
  void when_all_have_forgotten_a_person_must_decide() {
    try (Indexer indexer = Indexer.start(forgetful(scene.node.url(), other.url()));
        Published published = scene.published()) {
      awaitProgress(indexer, view -> view.role() == Progress.Role.HALTED);
      assertThat(indexer.progress().failure().orElseThrow()).endsWith("has forgotten it");
      scene.awaitSealed(published.refresh(), FORGOTTEN - 1);
    }
  }
}
