package io.neuronledger.indexer.follow;

import io.neuronledger.indexer.chain.ChainNode;
import io.neuronledger.indexer.chain.ChainNodes;
import io.neuronledger.indexer.rpc.call.RpcFailure;
import java.time.Clock;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Compares the node's head with the other nodes' heads from time to time, and prefers a node that is far ahead. A node
 * that answers but no longer follows its chain would otherwise look like an idle chain.
 */
final class HeadWatch {
  private static final Logger log = LoggerFactory.getLogger(HeadWatch.class);

  private final ChainNodes nodes;
  private final FollowRules rules;
  private final Clock clock;
  private Instant next = Instant.MIN;

  HeadWatch(ChainNodes nodes, FollowRules rules, Clock clock) {
    this.nodes = nodes;
    this.rules = rules;
    this.clock = clock;
  }

  /** Prefers a node that is far ahead; the next step uses it. */
  void compare(ChainNode node, long head) {
    Instant now = clock.instant();
    if (now.isBefore(next)) {
      return;
    }
    next = now.plus(rules.secondOpinionInterval());
    for (ChainNode other : nodes.others(node)) {
      try {
        long theirs = other.head();
        if (theirs - head > rules.lagBlocksMax()) {
          log.warn("{} is at block {} while {} is at {}", node.name(), head, other.name(), theirs);
          nodes.prefer(other);
          return;
        }
      } catch (RpcFailure silent) {
        log.info("no second opinion on the head: {}", silent.getMessage());
      }
    }
  }
}
