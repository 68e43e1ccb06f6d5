package io.neuronledger.indexer.scene;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.neuronledger.indexer.chain.ChainAccess;
import io.neuronledger.indexer.chain.ChainNode;
import io.neuronledger.indexer.chain.ChainNodes;
import io.neuronledger.indexer.rpc.Backoff;
import io.neuronledger.indexer.rpc.RpcLimits;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Clock;
import java.time.Duration;
import java.util.SplittableRandom;
import java.util.stream.Stream;

/** A scripted node, as the indexer sees it over HTTP. Closes the node too. */
public final class NodeClient implements AutoCloseable {
  private final FakeNode fake;
  private final HttpClient http = HttpClient.newHttpClient();
  public final ChainNode node;

  public NodeClient(FakeNode fake, MeterRegistry meters) {
    this(fake, meters, Duration.ZERO, Clock.systemUTC());
  }

  /** @param tolerance how far ahead of the clock a block may be; zero: not compared */
  public NodeClient(FakeNode fake, MeterRegistry meters, Duration tolerance, Clock clock) {
    this.fake = fake;
    this.node = nodes(http, tolerance, clock, meters, fake.url()).current();
  }

  /** Any nodes. */
  public static ChainNodes nodes(String... urls) {
    return nodes(HttpClient.newHttpClient(), Duration.ZERO, Clock.systemUTC(), new SimpleMeterRegistry(), urls);
  }

  private static ChainNodes nodes(HttpClient http, Duration tolerance, Clock clock, MeterRegistry meters,
      String... urls) {
    return ChainNodes.at(Stream.of(urls).map(URI::create).toList(), http,
        new ChainAccess(new RpcLimits(Duration.ofSeconds(2), 100, 1 << 24), 100, true, tolerance),
        new Backoff(Duration.ofMillis(1), Duration.ofMillis(2), new SplittableRandom(1)), _ -> {}, clock, meters);
  }

  @Override
  public void close() {
    fake.close();
    http.shutdownNow();
  }
}
