package io.neuronledger.local.trace;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.neuronledger.contracts.event.ChainEvent;
import io.neuronledger.indexer.chain.BlockMaterial;
import io.neuronledger.indexer.chain.ChainAccess;
import io.neuronledger.indexer.chain.ChainNode;
import io.neuronledger.indexer.chain.ChainNodes;
import io.neuronledger.indexer.chain.Header;
import io.neuronledger.indexer.chain.LogFilter;
import io.neuronledger.indexer.decode.BlockDecoder;
import io.neuronledger.indexer.decode.CannotDecode;
import io.neuronledger.indexer.decode.ContractFamily;
import io.neuronledger.indexer.decode.DecoderState;
import io.neuronledger.indexer.decode.Observation;
import io.neuronledger.indexer.decode.Reading;
import io.neuronledger.indexer.rpc.Backoff;
import io.neuronledger.indexer.rpc.RpcFailure;
import io.neuronledger.indexer.rpc.RpcLimits;
import io.neuronledger.local.trace.node.TraceNode;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SplittableRandom;
import java.util.TreeMap;

/**
 * A trace as the indexer reads it, without Kafka: the same steps as the follower's, over HTTP. The state goes through
 * its stored form after every step.
 */
final class DecodedTrace implements AutoCloseable {
  private ContractFamily family;
  private TraceNode server;
  private final HttpClient http = HttpClient.newHttpClient();
  private ChainNode node;
  private final Map<String, String> stored = new HashMap<>();
  private final List<Fact> facts = new ArrayList<>();
  private final NavigableMap<Long, SortedMap<String, Optional<String>>> undo = new TreeMap<>();
  private long next;
  private Optional<LogFilter> widened = Optional.empty();

  /** @param reading where and by what it is known */
  record Fact(Reading.Fact reading, Instant blockTime) {
    ChainEvent event() {
      return reading.event();
    }
  }

  DecodedTrace(ContractFamily family, TraceNode server, long startBlock) {
    this.family = family;
    this.server = server;
    this.node = node(server);
    this.next = startBlock;
  }

  private ChainNode node(TraceNode asked) {
    return ChainNodes.at(List.of(URI.create(asked.url())), http,
        new ChainAccess(new RpcLimits(Duration.ofSeconds(30), 100, 64 << 20), 2000, true),
        new Backoff(Duration.ofMillis(1), Duration.ofMillis(2), new SplittableRandom(1)), Clock.systemUTC(),
        new SimpleMeterRegistry()).current();
  }

  /** From here on another node of the same chain is asked. */
  void changeTo(TraceNode other) {
    server = other;
    node = node(other);
  }

  /** As a new process does: all that is left is what is stored. */
  void restart(ContractFamily fresh) {
    family = fresh;
    widened = Optional.empty();
  }

  /** Reads on, up to the block, in steps of at most so many blocks. */
  void readTo(long block, int blocksPerStep) {
    server.advanceTo(block);
    while (next <= block) {
      step(Math.min(block, next + blocksPerStep - 1));
    }
  }

  private void step(long to) {
    DecoderState state = new DecoderState(stored);
    try {
      step(to, state);
    } finally {
      // As the follower does: what stands before a block that cannot be read is published.
      state.changes().forEach((key, value) ->
          value.ifPresentOrElse(text -> stored.put(key, text), () -> stored.remove(key)));
    }
  }

  private void step(long to, DecoderState state) {
    LogFilter filter = widened.orElseGet(() -> family.filter(state));
    widened = Optional.empty();
    List<Header> headers = node.headers(next, to, true);
    List<BlockMaterial> blocks = node.materials(headers, filter);
    BlockDecoder decoder = family.prepare(blocks, filter, state, node);
    for (BlockMaterial block : blocks) {
      List<Reading> readings;
      try {
        readings = decoder.decode(block, state);
      } catch (RpcFailure | CannotDecode e) {
        state.undo(state.endBlock());
        throw e;
      }
      LogFilter wanted = family.filter(state);
      if (!filter.covers(wanted)) {
        state.undo(state.endBlock());
        widened = Optional.of(wanted);
        break;
      }
      undo.put(next, state.endBlock());
      add(block, readings);
      next++;
    }
  }

  /** As on a fork: takes back everything from the block on. */
  void takeBack(long block) {
    DecoderState state = new DecoderState(stored);
    undo.tailMap(block, true).descendingMap().values().forEach(state::undo);
    state.changes().forEach((key, value) ->
        value.ifPresentOrElse(text -> stored.put(key, text), () -> stored.remove(key)));
    undo.tailMap(block, true).clear();
    facts.removeIf(fact -> fact.reading().position().block() >= block);
    next = Math.min(next, block);
  }

  private void add(BlockMaterial block, List<Reading> readings) {
    for (Reading reading : readings) {
      assertThat(reading).isInstanceOf(Reading.Fact.class);
      assertThat(reading.position().block()).isEqualTo(block.header().number());
      if (!facts.isEmpty()) {
        assertThat(reading.position()).as("positions rise").isGreaterThan(facts.getLast().reading().position());
      }
      facts.add(new Fact((Reading.Fact) reading, block.header().time()));
    }
  }

  /** What the contracts' views answer at a block that was read. */
  Observation observed(long block) {
    return family.observe(node.header(block).orElseThrow().ref(), new DecoderState(stored), node);
  }

  List<Fact> facts() {
    return facts;
  }

  List<Fact> factsOf(long block) {
    return facts.stream().filter(fact -> fact.reading().position().block() == block).toList();
  }

  /** The block that comes next. */
  long next() {
    return next;
  }

  /** What is remembered, as it is stored. */
  Map<String, String> stored() {
    return stored;
  }

  @Override
  public void close() {
    http.shutdownNow();
  }
}
