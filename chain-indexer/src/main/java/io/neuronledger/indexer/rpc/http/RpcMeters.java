package io.neuronledger.indexer.rpc.http;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.neuronledger.indexer.rpc.call.RpcFailure;
import java.time.Duration;

/** The metrics of one node. */
public final class RpcMeters {
  private final MeterRegistry registry;
  private final String node;
  private final Timer requests;

  public RpcMeters(MeterRegistry registry, String node) {
    this.registry = registry;
    this.node = node;
    this.requests = Timer.builder("indexer.rpc.requests").description("HTTP requests to a node")
        .tag("node", node).register(registry);
  }

  void requested(Duration took, int calls) {
    requests.record(took);
    registry.summary("indexer.rpc.calls.per.request", "node", node).record(calls);
  }

  public void failed(RpcFailure.Kind kind) {
    registry.counter("indexer.rpc.errors", "node", node, "kind", kind.tag()).increment();
  }

  /** The request is sent again, as it is or in parts. */
  public void retried(RpcFailure.Kind kind) {
    registry.counter("indexer.rpc.retries", "node", node, "kind", kind.tag()).increment();
  }
}
