package io.neuronledger.indexer.wiring.settings;

import io.neuronledger.indexer.chain.ChainAccess;
import io.neuronledger.indexer.follow.FollowRules;
import io.neuronledger.indexer.follow.start.FollowSetup;
import io.neuronledger.indexer.publish.Destination;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * The settings of one instance, besides Kafka's.
 *
 * @param reconciliationInterval between runs; zero for runs on request only
 * @param stallMax the longest time without a successful step before following counts as stalled
 */
public record IndexerSettings(FollowSetup setup, Nodes nodes, FollowRules rules, Destination destination,
    Duration reconciliationInterval, Duration stallMax) {
  /**
   * The nodes.
   *
   * @param urls in order of preference
   * @param wsUrl a WebSocket endpoint whose {@code newHeads} end a wait early
   * @param socketSilenceMax how long the WebSocket may be behind the polled head
   * @param retryFirst the first wait after a failure; doubled with each failure in a row
   * @param retryMax the longest such wait
   */
  public record Nodes(List<URI> urls, Optional<URI> wsUrl, Duration socketSilenceMax, ChainAccess access,
      Duration connectDeadline, Duration retryFirst, Duration retryMax) {}
}
