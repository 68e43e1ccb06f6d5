package io.neuronledger.indexer.follow;

import static io.neuronledger.indexer.fixture.ScriptedScene.CONTRACT;
import static io.neuronledger.indexer.fixture.ScriptedScene.amounts;
import static io.neuronledger.indexer.fixture.ScriptedScene.deposit;
import static org.assertj.core.api.Assertions.assertThat;

import io.neuronledger.contracts.event.ChainEvent;
import io.neuronledger.contracts.event.Evidence;
import io.neuronledger.contracts.following.BlockGuard;
import io.neuronledger.contracts.value.ChainPosition;
import io.neuronledger.contracts.value.Neuron;
import io.neuronledger.contracts.value.WalletAddress;
import io.neuronledger.indexer.chain.ChainNode;
import io.neuronledger.indexer.chain.block.BlockData;
import io.neuronledger.indexer.chain.block.BlockRef;
import io.neuronledger.indexer.chain.block.LogEntry;
import io.neuronledger.indexer.chain.block.LogFilter;
import io.neuronledger.indexer.decode.BlockDecoder;
import io.neuronledger.indexer.decode.ContractFamily;
import io.neuronledger.indexer.decode.DecodedBlock;
import io.neuronledger.indexer.decode.DecoderState;
import io.neuronledger.indexer.decode.Observation;
import io.neuronledger.indexer.decode.Reading;
import io.neuronledger.indexer.fixture.Indexer;
import io.neuronledger.indexer.fixture.LedgerLogs;
import io.neuronledger.indexer.fixture.LedgerLogs.Draft;
import io.neuronledger.indexer.fixture.Published;
import io.neuronledger.indexer.fixture.ScriptedScene;
import io.neuronledger.indexer.rpc.call.RpcFailure;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A family that finds emitters on the chain and stores them: its state follows the branch. */
class DiscoveryIT {
  private static final WalletAddress FOUND = WalletAddress.parse("0x" + "fd".repeat(20));
  private static final Draft ANNOUNCEMENT = LedgerLogs.deposit(FOUND, FOUND, Neuron.ZERO);
  private static final String PREFIX = "emitter/";

  private final ScriptedScene scene = new ScriptedScene();

  /** A deposit of nothing announces its owner as an emitter. */
  private static final class Discovering implements ContractFamily {
    private final AtomicInteger probes = new AtomicInteger();

    @Override
    public String name() {
      return "discovering";
    }

    @Override
    public int decoderVersion() {
      return 1;
    }

    @Override
    public LogFilter filter(DecoderState state) {
      Set<WalletAddress> emitters = new HashSet<>(Set.of(CONTRACT));
      state.startingWith(PREFIX).keySet()
          .forEach(key -> emitters.add(WalletAddress.parse(key.substring(PREFIX.length()))));
      return new LogFilter(emitters, Set.of(ANNOUNCEMENT.topics().getFirst()));
    }

    @Override
    public boolean wantsTransactions() {
      return false;
    }

    @Override
    public void recognise(BlockRef block, ChainNode node) {}

    /** A node that is asked too early. */
    @Override
    public void probe(ChainNode node) {
      probes.incrementAndGet();
      throw new RpcFailure(RpcFailure.Kind.ERROR, "not now");
    }

    @Override
    public BlockDecoder prepare(List<BlockData> blocks, LogFilter fetched, DecoderState state,
        long completeTo, ChainNode node) {
      return this::read;
    }

    @Override
    public Observation observe(BlockRef block, DecoderState state, ChainNode node) {
      throw new UnsupportedOperationException("not called in this test");
    }

    private DecodedBlock read(BlockData block, DecoderState state) {
      List<Reading> readings = new ArrayList<>();
      for (LogEntry log : block.logs()) {
        WalletAddress owner = WalletAddress.parse("0x" + log.topics().get(1).substring(26));
        BigInteger amount = new BigInteger(log.data().substring(2), 16);
        if (amount.signum() == 0) {
          state.put(PREFIX + owner, "1");
        } else {
          readings.add(new Reading.Fact(new ChainPosition(block.header().number(), log.transactionIndex(), 0),
              new Evidence.Log(log.transactionHash(), log.index(), log.emitter()),
              new ChainEvent.Deposit(owner, owner, new Neuron(amount))));
        }
      }
      return DecodedBlock.of(readings, BlockGuard.PROVED);
    }
  }

  @AfterEach
  void close() {
    scene.close();
  }

  @Test
  void a_failed_probe_at_the_start_does_not_stop_following() {
    Discovering family = new Discovering();
    scene.options.family = family;
    try (Indexer _ = Indexer.start(scene.options); Published published = scene.published()) {
      assertThat(family.probes).hasValue(1);
      scene.mine(2);
      scene.awaitHead(published);
      assertThat(amounts(published)).containsExactly(1, 2);
    }
  }

  @Test
  void a_new_emitter_is_followed_from_the_block_that_names_it() {
    scene.options.family = new Discovering();
    scene.chain.mineFrom(FOUND, deposit(900));
    scene.mine(3);
    scene.chain.mineBoth(ANNOUNCEMENT, FOUND, deposit(901));
    scene.chain.mineFrom(FOUND, deposit(902));
    scene.mine(2);
    try (Indexer _ = Indexer.start(scene.options); Published published = scene.published()) {
      scene.awaitHead(published);
      assertThat(amounts(published)).containsExactly(1, 2, 3, 901, 902, 4, 5);
    }
    // The next instance has the stored emitters.
    scene.chain.mineFrom(FOUND, deposit(903));
    try (Indexer _ = Indexer.start(scene.options); Published published = scene.published()) {
      scene.awaitHead(published);
      assertThat(amounts(published)).containsExactly(1, 2, 3, 901, 902, 4, 5, 903);
      // A branch on which it was never named does not know it; one that names it later does, from there on.
      scene.chain.lose(5);
      scene.mine(1);
      scene.chain.mineFrom(FOUND, deposit(904));
      scene.mine(4);
      scene.awaitHead(published);
      assertThat(amounts(published)).containsExactly(1, 2, 3, 6, 7, 8, 9, 10);
      scene.chain.mineBoth(ANNOUNCEMENT, FOUND, deposit(905));
      scene.chain.mineFrom(FOUND, deposit(906));
      scene.awaitHead(published);
      assertThat(amounts(published)).containsExactly(1, 2, 3, 6, 7, 8, 9, 10, 905, 906);
    }
  }
}
