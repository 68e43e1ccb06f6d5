package io.neuronledger.indexer.follow;

import io.neuronledger.indexer.chain.ChainNode;
import io.neuronledger.indexer.chain.ChainNodes;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;

/**
 * Collects the nodes' verdicts that following must halt. One node's error must not halt it: every configured node must
 * give the same verdict twice, some time apart; a single node, three times. Not thread-safe.
 */
final class HaltVotes {
  private static final int TIMES = 2;
  private static final int TIMES_ALONE = 3;

  private record Vote(String verdict, int times, Instant last) {}

  private final ChainNodes nodes;
  private final FollowRules rules;
  private final InstantSource time;
  private final Map<ChainNode, Vote> votes = new HashMap<>();

  HaltVotes(ChainNodes nodes, FollowRules rules, InstantSource time) {
    this.nodes = nodes;
    this.rules = rules;
    this.time = time;
  }

  /** Drops all verdicts, because following works. */
  void clear() {
    votes.clear();
  }

  /**
   * Counts the verdict of one node.
   *
   * @param verdict the same text from every node
   * @return whether all nodes have given it often enough
   */
  boolean add(ChainNode node, String verdict) {
    Instant now = time.instant();
    Vote before = votes.get(node);
    if (before == null || !before.verdict.equals(verdict)) {
      votes.put(node, new Vote(verdict, 1, now));
    } else if (!now.isBefore(before.last.plus(rules.haltVoteSpacing()))) {
      votes.put(node, new Vote(verdict, before.times + 1, now));
    }
    int wanted = nodes.others(node).isEmpty() ? TIMES_ALONE : TIMES;
    return agrees(node, verdict, wanted)
        && nodes.others(node).stream().allMatch(other -> agrees(other, verdict, wanted));
  }

  private boolean agrees(ChainNode node, String verdict, int wanted) {
    Vote vote = votes.get(node);
    return vote != null && vote.verdict.equals(verdict) && vote.times >= wanted;
  }
}
