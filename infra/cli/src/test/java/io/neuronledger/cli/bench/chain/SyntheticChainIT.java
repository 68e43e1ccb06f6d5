package io.neuronledger.cli.bench.chain;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.neuronledger.contracts.following.BlockGuard;
import io.neuronledger.indexer.chain.ChainAccess;
import io.neuronledger.indexer.chain.ChainNode;
import io.neuronledger.indexer.chain.ChainNodes;
import io.neuronledger.indexer.chain.block.BlockData;
import io.neuronledger.indexer.chain.block.Header;
import io.neuronledger.indexer.decode.BlockDecoder;
import io.neuronledger.indexer.decode.DecodedBlock;
import io.neuronledger.indexer.decode.DecoderState;
import io.neuronledger.indexer.decode.Reading;
import io.neuronledger.indexer.decode.accountledger.AccountLedgerFamily;
import io.neuronledger.indexer.follow.start.FollowSetup;
import io.neuronledger.indexer.follow.start.StartCheck;
import io.neuronledger.indexer.rpc.Backoff;
import io.neuronledger.indexer.rpc.http.RpcLimits;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** chain-indexer accepts the computed chain, and decodes every event of both scripts. */
class SyntheticChainIT {
  private static final long EVENTS = 10_000;
  private static final long KEPT = 90;
  private static final RpcLimits LIMITS = new RpcLimits(Duration.ofSeconds(10), 200, 1 << 26);

  private final AccountLedgerFamily family = new AccountLedgerFamily(SyntheticBlocks.CONTRACT);
  private final HttpClient http = HttpClient.newHttpClient();

  private ChainNodes nodes(SyntheticChain chain) {
    return ChainNodes.at(chain.asSource().rpcUrls().stream().map(URI::create).toList(), http,
        new ChainAccess(LIMITS, 1_000, true, Duration.ZERO),
        new Backoff(Duration.ofMillis(1), Duration.ofMillis(2), new SplittableRandom(1)), Clock.systemUTC(),
        new SimpleMeterRegistry());
  }

  private List<DecodedBlock> decoded(long from, long to, DecoderState state, ChainNode node) {
    List<Header> headers = node.headers(from, to, false);
    List<BlockData> blocks = node.blockData(headers, family.filter(state));
    BlockDecoder decoder = family.prepare(blocks, family.filter(state), state, from - 1, node);
    List<DecodedBlock> decoded = new ArrayList<>();
    blocks.forEach(block -> decoded.add(decoder.decode(block, state)));
    return decoded;
  }

  @Test
  void every_event_is_decoded_and_every_block_is_proved_on_both_branches() {
    for (Script script : List.of(new Script.Even(EVENTS, 100), new Script.Skewed(EVENTS, 100))) {
      try (SyntheticChain chain = SyntheticChain.start(script, 100, KEPT)) {
        ChainNodes nodes = nodes(chain);
        chain.show(chain.last());
        StartCheck.refuseUnfit(nodes, new FollowSetup(Optional.empty(), family,
            List.of(SyntheticBlocks.CONTRACT), 0, 16));
        DecoderState state = new DecoderState(Map.of());
        List<DecodedBlock> all = new ArrayList<>(decoded(0, KEPT, state, nodes.current()));
        Header replaced = nodes.current().header(KEPT + 1).orElseThrow();
        chain.fork(chain.last() + SyntheticBlocks.SINGLES + 50);
        assertThat(nodes.current().header(KEPT + 1).orElseThrow()).isNotEqualTo(replaced);
        all.addAll(decoded(KEPT + 1, chain.last(), state, nodes.current()));
        assertThat(all).allMatch(block -> block.guard() == BlockGuard.PROVED);
        List<Reading> readings = all.stream().flatMap(block -> block.readings().stream()).toList();
        assertThat(readings).hasSize((int) EVENTS + 1).allMatch(reading -> reading instanceof Reading.Fact);
        List<DecodedBlock> end = decoded(chain.last() + SyntheticBlocks.SINGLES - 9,
            chain.last() + SyntheticBlocks.SINGLES + 50, state, nodes.current());
        assertThat(end.stream().map(block -> block.readings().size()).filter(size -> size > 0)).hasSize(10);
      }
    }
  }
}
