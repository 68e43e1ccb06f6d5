package io.neuronledger.indexer.follow;

import io.neuronledger.contracts.value.Hash;
import io.neuronledger.indexer.chain.ChainNode;
import io.neuronledger.indexer.chain.ChainNodes;
import io.neuronledger.indexer.chain.HeadView;
import io.neuronledger.indexer.chain.block.BlockRef;
import io.neuronledger.indexer.chain.block.Finality;
import io.neuronledger.indexer.chain.block.Header;
import io.neuronledger.indexer.follow.state.Cursor;
import io.neuronledger.indexer.follow.state.FollowingHalted;
import io.neuronledger.indexer.follow.state.IndexerState;
import io.neuronledger.indexer.follow.state.RecentBlock;
import io.neuronledger.indexer.rpc.call.RpcFailure;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decides whether a published block is no longer on the chain, and where the branches part. A node that lags, goes
 * backwards or contradicts all others is not a fork. Keeps the last suspected block.
 */
final class Fork {
  private static final Logger log = LoggerFactory.getLogger(Fork.class);
  private static final int BLOCKS_AT_ONCE = 64;

  private final ChainNodes nodes;
  private final FollowRules rules;
  private final HaltVotes votes;
  private Optional<Hash> suspect = Optional.empty();

  Fork(ChainNodes nodes, FollowRules rules, InstantSource time) {
    this.nodes = nodes;
    this.rules = rules;
    this.votes = new HaltVotes(nodes, rules, time);
  }

  /** Clears the suspicion: the node holds the last published block. */
  void clear() {
    suspect = Optional.empty();
    votes.clear();
  }

  /**
   * Whether the published block is replaced: the node reports another block twice in a row, its branch is long enough
   * to replace everything published, and no other node at that height still holds the published block.
   *
   * @param view of a node with another block at that height
   */
  boolean isConfirmed(ChainNode node, HeadView view, Cursor cursor) {
    Optional<Hash> theirs = view.published().map(Header::hash);
    if (!suspect.equals(theirs)) {
      log.warn("{} has {} where {} was published: checking again", node.name(), theirs, cursor.block());
      suspect = theirs;
      return false;
    }
    if (view.head() - rules.confirmations() < cursor.block().number()) {
      return false;
    }
    Optional<ChainNode> holder = holderOf(cursor.block(), view.head(), node);
    holder.ifPresent(other -> {
      log.warn("{} still has the published block {} and is no lower than {}", other.name(), cursor.block(),
          node.name());
      nodes.prefer(other);
    });
    return holder.isEmpty();
  }

  /**
   * The last block that the node's branch shares with the published one, as the node reports it.
   *
   * @throws FollowingHalted if all nodes agree that it is below a final block
   */
  BlockRef ancestor(ChainNode node, Cursor cursor, IndexerState indexerState) {
    List<RecentBlock> newestFirst = new ArrayList<>(indexerState.recent().descendingMap().values());
    for (int i = 0; i < newestFirst.size(); i += BLOCKS_AT_ONCE) {
      List<RecentBlock> some = newestFirst.subList(i, Math.min(i + BLOCKS_AT_ONCE, newestFirst.size()));
      List<Optional<Header>> theirs = node.headersAt(some.stream().map(block -> block.block().number()).toList());
      for (int j = 0; j < some.size(); j++) {
        if (theirs.get(j).map(Header::hash).equals(Optional.of(some.get(j).block().hash()))) {
          return theirs.get(j).map(Header::ref).orElseThrow();
        }
      }
    }
    return sharedAnchor(node, cursor);
  }

  private BlockRef sharedAnchor(ChainNode node, Cursor cursor) {
    BlockRef anchor = cursor.anchor();
    if (anchor.number() < 0) {
      return anchor;
    }
    BlockRef theirs = node.header(anchor.number()).map(Header::ref).orElseThrow(() -> new RpcFailure(
        RpcFailure.Kind.INCONSISTENT, node.name() + ": does not have block " + anchor.number() + " below its head"));
    // Another block there can only be the block before the start: nothing of it was published.
    if (theirs.hash().equals(anchor.hash()) || !cursor.anchorIsFinal()) {
      return theirs;
    }
    holderOf(anchor, -1, node).ifPresent(other -> {
      throw new RpcFailure(RpcFailure.Kind.INCONSISTENT,
          node.name() + ": has " + theirs + " where " + other.name() + " has " + anchor + ", which is final");
    });
    if (!votes.add(node, anchor + " is " + theirs)) {
      throw new RpcFailure(RpcFailure.Kind.INCONSISTENT, node.name() + ": has " + theirs + " in place of " + anchor
          + ", which is final: checking again, with every other node");
    }
    throw new FollowingHalted("The chain no longer holds block " + anchor + ", which had been final: " + node.name()
        + " has " + theirs + ". A fork below finality cannot be undone. Check that the node follows the right chain "
        + "and that NEURON_LEDGER_FOLLOW_FINALITY fits it. If the chain really is another one now, index it anew, "
        + "with empty Kafka topics and databases. Following has stopped after block " + cursor.block() + ".");
  }

  /** Another node that has this block and at least that head. A node that does not answer is ignored. */
  private Optional<ChainNode> holderOf(BlockRef block, long head, ChainNode asked) {
    for (ChainNode other : nodes.others(asked)) {
      try {
        HeadView view = other.view(block.number(), new Finality.Instant(), false);
        if (view.head() >= head && view.published().map(Header::hash).equals(Optional.of(block.hash()))) {
          return Optional.of(other);
        }
      } catch (RpcFailure silent) {
        log.info("no second opinion: {}", silent.getMessage());
      }
    }
    return Optional.empty();
  }
}
