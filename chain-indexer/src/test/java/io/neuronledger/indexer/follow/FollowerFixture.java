package io.neuronledger.indexer.follow;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.neuronledger.contracts.balance.ObservedLedger;
import io.neuronledger.contracts.event.ChainEvent;
import io.neuronledger.contracts.following.GuardRange;
import io.neuronledger.contracts.topic.ChainRecord;
import io.neuronledger.contracts.value.Neuron;
import io.neuronledger.contracts.value.WalletAddress;
import io.neuronledger.indexer.chain.ChainAccess;
import io.neuronledger.indexer.chain.ChainNodes;
import io.neuronledger.indexer.chain.block.BlockRef;
import io.neuronledger.indexer.chain.block.Finality;
import io.neuronledger.indexer.decode.CannotDecode;
import io.neuronledger.indexer.decode.ContractFamily;
import io.neuronledger.indexer.fixture.InMemoryPublisher;
import io.neuronledger.indexer.fixture.LedgerModel;
import io.neuronledger.indexer.fixture.PublishedFact;
import io.neuronledger.indexer.follow.reconcile.ReconciliationRules;
import io.neuronledger.indexer.follow.start.FollowSetup;
import io.neuronledger.indexer.follow.state.Cursor;
import io.neuronledger.indexer.follow.state.IndexerState;
import io.neuronledger.indexer.follow.state.Progress;
import io.neuronledger.indexer.follow.state.PublishBatch;
import io.neuronledger.indexer.rpc.Backoff;
import io.neuronledger.indexer.rpc.call.RpcFailure;
import io.neuronledger.indexer.rpc.http.RpcLimits;
import io.neuronledger.testkit.servers.ManualClock;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SplittableRandom;
import java.util.TreeMap;

/**
 * The real follower over any nodes, without Kafka and without a thread of its own: the test takes each step. Records
 * and state pass through their stored JSON.
 */
public final class FollowerFixture implements AutoCloseable {
  private static final int IDLE_STEPS_MAX = 10_000;
  private static final int PARTITIONS = 3;
  private static final Duration HALT_VOTE_SPACING = Duration.ofSeconds(10);

  /** The options of a test. */
  public record Settings(WalletAddress contract, long startBlock, Finality finality, int blocksPerStep) {
    /** Every block can still be retracted. */
    public static Settings of(WalletAddress contract, long startBlock) {
      return new Settings(contract, startBlock, new Finality.Depth(1_000_000), 100);
    }
  }

  /** The records of one reconciliation. */
  public record Reconciliation(SortedMap<WalletAddress, ObservedLedger> ledgers, Neuron held, Neuron owed) {}

  private final HttpClient http = HttpClient.newHttpClient();
  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private final InMemoryPublisher publisher = new InMemoryPublisher();
  private final ManualClock clock = new ManualClock();
  private final Progress progress = new Progress(clock, meters);
  private final ReconciliationRules reconciliation = new ReconciliationRules(Duration.ZERO);
  private ContractFamily family;
  private Settings settings;
  private ChainNodes nodes;
  private IndexerState indexerState = IndexerState.of(Map.of());
  private Optional<ChainFollower> follower = Optional.empty();

  /** @param urls of the nodes, in order of preference */
  public FollowerFixture(ContractFamily family, Settings settings, String... urls) {
    this.family = family;
    this.settings = settings;
    this.nodes = nodesAt(urls);
  }

  /**
   * One step of the follower. After a failure of the node it can be called again, as the service does.
   *
   * @return whether the next step can start at once
   * @throws RpcFailure if the node failed; another node is next, where there is one
   */
  public boolean advance() {
    try {
      return follower().advance();
    } catch (RpcFailure failure) {
      nodes.failed(nodes.current(), failure);
      throw failure;
    }
  }

  /** Steps until the block is published. */
  public void followTo(long block) {
    for (int idle = 0; next() <= block; idle++) {
      assertThat(idle).as("block %s does not come", block).isLessThan(IDLE_STEPS_MAX);
      advanceOrHalt();
    }
  }

  /** Steps until there is nothing more to do, also after a fork, which must be seen twice. */
  public void followToHead() {
    int idle = 0;
    while (idle < 2) {
      idle = advanceOrHalt() ? 0 : idle + 1;
    }
  }

  /** One step; where it cannot be decoded, again until another node can, or all nodes agree. */
  private boolean advanceOrHalt() {
    while (true) {
      try {
        return advance();
      } catch (RpcFailure failure) {
        if (!(failure.getCause() instanceof CannotDecode)) {
          throw failure;
        }
        clock.pass(HALT_VOTE_SPACING);
      }
    }
  }

  /** Reconciles at the head, as the admin endpoint asks for. */
  public Reconciliation reconcile() {
    int before = publisher.records().size();
    reconciliation.request();
    followToHead();
    SortedMap<WalletAddress, ObservedLedger> ledgers = new TreeMap<>();
    Optional<ChainEvent.ReconciliationEnded> ended = Optional.empty();
    List<ChainRecord> records = publisher.records();
    for (ChainRecord record : records.subList(before, records.size())) {
      if (record.event() instanceof ChainEvent.StateObserved observed) {
        ledgers.put(observed.owner(), observed.state());
      } else if (record.event() instanceof ChainEvent.ReconciliationEnded end) {
        ended = Optional.of(end);
      }
    }
    ChainEvent.ReconciliationEnded end = ended.orElseThrow(() -> new AssertionError("no reconciliation ended"));
    assertThat(ledgers).hasSize((int) end.owners());
    return new Reconciliation(ledgers, end.held(), end.owed());
  }

  /** A new process: only the stored state remains. */
  public void restart(ContractFamily fresh) {
    stop();
    family = fresh;
  }

  /** The follower goes on from the stored state with steps of another size. */
  public void changeBlocksPerStep(int blocks) {
    if (settings.blocksPerStep != blocks) {
      stop();
      settings = new Settings(settings.contract, settings.startBlock, settings.finality, blocks);
    }
  }

  /** The follower goes on from the stored state with other nodes of the same chain. */
  public void changeNodes(String... urls) {
    stop();
    nodes = nodesAt(urls);
  }

  /** Publishes a retraction of every block above the ancestor, as a fork does, without any block of a new branch. */
  public void retractTo(long ancestor) {
    stop();
    indexerState = IndexerState.of(publisher.state());
    Cursor cursor = indexerState.cursor().orElseThrow();
    BlockRef block = cursor.anchor().number() == ancestor ? cursor.anchor()
        : Optional.ofNullable(indexerState.recent().get(ancestor)).orElseThrow().block();
    PublishBatch step = PublishBatch.afterFork(indexerState, cursor, block, -1);
    publisher.store(step.records(), step.state());
    indexerState = IndexerState.of(publisher.state());
  }

  /** Everything published so far, in that order. */
  public List<ChainRecord> records() {
    return publisher.records();
  }

  /** The facts that hold now, in the chain's order. */
  public List<PublishedFact> facts() {
    List<PublishedFact> facts = PublishedFact.of(publisher.records());
    for (int i = 1; i < facts.size(); i++) {
      assertThat(facts.get(i).position()).as("positions rise").isGreaterThan(facts.get(i - 1).position());
    }
    return facts;
  }

  /** The balances that the facts add up to. */
  public LedgerModel balances() {
    return LedgerModel.of(facts());
  }

  /** The number of the next block. */
  public long next() {
    return indexerState.cursor().map(cursor -> cursor.block().number() + 1).orElse(settings.startBlock());
  }

  /** The whole state as it is stored. */
  public Map<String, String> state() {
    return publisher.state();
  }

  /** The decoder's part of the stored state. */
  public Map<String, String> decoderState() {
    return Map.copyOf(IndexerState.of(publisher.state()).decoder());
  }

  public ManualClock clock() {
    return clock;
  }

  public SimpleMeterRegistry meters() {
    return meters;
  }

  /** The guard ranges of the published blocks, oldest first. */
  public List<GuardRange> guard() {
    return progress.guard();
  }

  public Progress.View progress() {
    return progress.view();
  }

  private ChainFollower follower() {
    if (follower.isEmpty()) {
      indexerState = IndexerState.of(publisher.state());
      FollowRules rules = new FollowRules(0, settings.finality, Duration.ofMillis(20),
          new FollowRules.Step(settings.blocksPerStep, 10_000), Duration.ofSeconds(30), 3, HALT_VOTE_SPACING);
      FollowSetup setup =
          new FollowSetup(Optional.empty(), family, List.of(settings.contract), settings.startBlock, PARTITIONS);
      follower = Optional.of(new ChainFollower(new Following(setup, rules, nodes, reconciliation, progress, clock),
          nodes.current().chainId(), publisher, indexerState));
    }
    return follower.get();
  }

  private ChainNodes nodesAt(String... urls) {
    return ChainNodes.at(List.of(urls).stream().map(URI::create).toList(), http,
        new ChainAccess(new RpcLimits(Duration.ofSeconds(30), 100, 64 << 20), 2000, true),
        new Backoff(Duration.ofMillis(1), Duration.ofMillis(2), new SplittableRandom(1)), clock::pass, clock, meters);
  }

  private void stop() {
    follower.ifPresent(ChainFollower::close);
    follower = Optional.empty();
  }

  @Override
  public void close() {
    stop();
    http.shutdownNow();
  }
}
