package io.neuronledger.indexer.follow;

import io.neuronledger.contracts.event.Deployment;
import io.neuronledger.indexer.chain.ChainNode;
import io.neuronledger.indexer.chain.ChainNodes;
import io.neuronledger.indexer.chain.HeadView;
import io.neuronledger.indexer.chain.block.BlockData;
import io.neuronledger.indexer.chain.block.BlockRef;
import io.neuronledger.indexer.chain.block.Header;
import io.neuronledger.indexer.chain.block.LogFilter;
import io.neuronledger.indexer.decode.BlockDecoder;
import io.neuronledger.indexer.decode.CannotDecode;
import io.neuronledger.indexer.decode.ContractFamily;
import io.neuronledger.indexer.decode.DecodedBlock;
import io.neuronledger.indexer.follow.reconcile.Reconciler;
import io.neuronledger.indexer.follow.start.DeploymentCheck;
import io.neuronledger.indexer.follow.state.Cursor;
import io.neuronledger.indexer.follow.state.FollowingHalted;
import io.neuronledger.indexer.follow.state.IndexerState;
import io.neuronledger.indexer.follow.state.Progress;
import io.neuronledger.indexer.follow.state.PublishBatch;
import io.neuronledger.indexer.follow.state.RecentBlock;
import io.neuronledger.indexer.publish.RecordPublisher;
import io.neuronledger.indexer.publish.form.TransactionRecords;
import io.neuronledger.indexer.rpc.call.RpcFailure;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows the chain while this instance leads. A new one is created from the stored state each time the instance starts
 * to lead, and after a failed transaction. Not thread-safe.
 */
final class ChainFollower implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(ChainFollower.class);

  private final Deployment deployment;
  private final ContractFamily family;
  private final FollowRules rules;
  private final ChainNodes nodes;
  private final RecordPublisher publisher;
  private final IndexerState indexerState;
  private final Progress progress;
  private final Fork fork;
  private final HeadWatch headWatch;
  private final StepSize size;
  private final BlockPrefetcher next;
  private final Reconciler reconciler;
  private final HaltVotes votes;
  private Optional<LogFilter> widened = Optional.empty();

  /**
   * @param indexerState the stored state
   * @throws FollowingHalted if the stored state belongs to another deployment
   */
  ChainFollower(Following following, long chainId, RecordPublisher publisher, IndexerState indexerState) {
    this.deployment = following.setup().on(chainId);
    DeploymentCheck.refuseAnother(indexerState, deployment);
    this.family = following.setup().family();
    this.rules = following.rules();
    this.nodes = following.nodes();
    this.publisher = publisher;
    this.indexerState = indexerState;
    this.progress = following.progress();
    this.fork = new Fork(nodes, rules, following.clock());
    this.votes = new HaltVotes(nodes, rules, following.clock());
    this.headWatch = new HeadWatch(nodes, rules, following.clock());
    this.reconciler = new Reconciler(family, publisher, indexerState, progress, following.reconciliation(),
        following.clock());
    this.next = new BlockPrefetcher(family.wantsTransactions());
    this.size = new StepSize(rules.step().blocksMax(), rules.step().records());
  }

  /**
   * Publishes the next blocks and the cursor after them in one Kafka transaction: both become visible or neither does.
   * A fork above finality is published as a retraction first. This is one bounded step; the caller loops, waits and
   * stops.
   *
   * @return whether the next step can start at once
   * @throws RpcFailure if the node failed or is inconsistent; nothing was written, safe to call again
   * @throws FollowingHalted if all nodes agree that a final block is gone, or that a log is undecodable
   * @throws org.apache.kafka.common.KafkaException if the outcome of the transaction is unknown: this follower must not
   *     be used again
   */
  boolean advance() {
    next.settle();
    ChainNode node = nodes.current();
    progress.stage("asking " + node.name() + " for its head");
    Optional<Cursor> known = indexerState.cursor().or(() -> start(node));
    if (known.isEmpty()) {
      return false;
    }
    Cursor cursor = known.get();
    HeadView view = node.view(cursor.block().number(), rules.finality(), family.wantsTransactions());
    progress.headSeen(view.head(), view.latest().time());
    headWatch.compare(node, view.head());
    if (view.head() < cursor.block().number()) {
      throw new RpcFailure(RpcFailure.Kind.LAGGING, node.name() + ": its head " + view.head()
          + " is below the published block " + cursor.block().number() + ". A lagging node is not a fork: waiting");
    }
    if (cursor.block().number() >= 0 && !holds(view, cursor.block(), node)) {
      progress.stage("a fork is suspected at block " + cursor.block().number());
      return fork.isConfirmed(node, view, cursor) && changeBranch(node, view, cursor);
    }
    fork.clear();
    boolean more = publishNext(node, view, cursor);
    reconciler.afterStep(node, !more);
    nodes.worked(node);
    progress.worked();
    return more;
  }

  /** The initial cursor; empty while the chain is shorter than the start block. */
  private Optional<Cursor> start(ChainNode node) {
    long before = deployment.startBlock() - 1;
    if (before < 0) {
      return Optional.of(Cursor.start(deployment, BlockRef.BEFORE_GENESIS));
    }
    Optional<Cursor> start = node.header(before).map(header -> Cursor.start(deployment, header.ref()));
    if (start.isEmpty()) {
      progress.stage("waiting for block " + before + ", the one before the start");
      progress.headSeen(node.head(), progress.headTime());
      progress.worked();
    }
    return start;
  }

  private static boolean holds(HeadView view, BlockRef block, ChainNode node) {
    Header theirs = view.published().orElseThrow(() -> new RpcFailure(RpcFailure.Kind.INCONSISTENT,
        node.name() + ": does not have block " + block.number() + " although its head is " + view.head()));
    return theirs.hash().equals(block.hash());
  }

  private boolean publishNext(ChainNode node, HeadView view, Cursor cursor) {
    long target = view.head() - rules.confirmations();
    if (target <= cursor.block().number()) {
      progress.stage("at the head");
      return false;
    }
    checkFinalized(node, view);
    long to = Math.min(target, cursor.block().number() + size.blocks());
    BlockRef parent = view.published().map(Header::ref).orElse(cursor.block());
    write(node, view, PublishBatch.following(indexerState, cursor, view.finalizedBlock()), parent, to);
    return indexerState.cursor().map(now -> now.block().number() < target).orElse(true);
  }

  private boolean changeBranch(ChainNode node, HeadView view, Cursor cursor) {
    BlockRef ancestor = fork.ancestor(node, cursor, indexerState);
    long target = view.head() - rules.confirmations();
    long to = Math.min(target, Math.max(cursor.block().number(), ancestor.number() + size.blocks()));
    if (write(node, view, PublishBatch.afterFork(indexerState, cursor, ancestor, view.finalizedBlock()), ancestor,
        to)) {
      log.warn("blocks {} to {} are no longer on the chain: retracted", ancestor.number() + 1, cursor.block());
      progress.retracted(cursor.block().number() - ancestor.number());
      fork.clear();
    }
    nodes.worked(node);
    progress.worked();
    return true;
  }

  /** The node's final block must be the published block at that height. */
  private void checkFinalized(ChainNode node, HeadView view) {
    view.finalized().ifPresent(theirs -> {
      RecentBlock ours = indexerState.recent().get(theirs.number());
      if (ours != null && !ours.block().hash().equals(theirs.hash())) {
        throw new RpcFailure(RpcFailure.Kind.INCONSISTENT, node.name() + ": reports block " + theirs
            + " as final, which is on another branch than its own block " + view.published().map(Header::number));
      }
    });
  }

  /**
   * @param parent the step's base, as the node reports it
   * @param to the last block that this step should contain
   * @return whether anything was written; false where the first block must be fetched again
   */
  private boolean write(ChainNode node, HeadView view, PublishBatch step, BlockRef parent, long to) {
    long start = System.nanoTime();
    String range = (step.base().number() + 1) + " to " + to;
    progress.stage("fetching blocks " + range + " from " + node.name());
    LogFilter filter = widened.orElseGet(() -> family.filter(step.decoder()));
    try {
      List<BlockData> blocks = next.after(parent, to, node, view.latest(), filter);
      progress.stage("decoding blocks " + range);
      widened = decode(node, step, blocks, filter);
    } catch (RpcFailure failure) {
      size.failed();
      throw failure;
    }
    if (step.isEmpty()) {
      return false;
    }
    long prefetchTo = step.last().number() + size.blocks();
    if (widened.isEmpty() && prefetchTo <= view.head() - rules.confirmations()) {
      next.prefetch(step.last(), prefetchTo, node, view.latest(), filter);
    }
    progress.stage("publishing blocks " + range);
    TransactionRecords records = new TransactionRecords(step.records(), step.blocks(), step.state());
    publisher.publish(records);
    indexerState.apply(records.state());
    votes.clear();
    size.took((int) (step.last().number() - step.base().number()), records.partitions().size());
    progress.guarded(indexerState.guard());
    progress.published(indexerState.cursor().orElseThrow(), records.partitions().size(),
        Duration.ofNanos(System.nanoTime() - start));
    return true;
  }

  /**
   * Adds the blocks to the step, up to one that cannot be decoded or that widens the filter.
   *
   * @return the wider filter in the second case: that block is fetched again as the next one
   */
  private Optional<LogFilter> decode(ChainNode node, PublishBatch step, List<BlockData> blocks, LogFilter filter) {
    BlockDecoder decoder = family.prepare(blocks, filter, step.decoder(), step.completeTo(), node);
    for (BlockData block : blocks) {
      DecodedBlock decoded;
      try {
        decoded = decoder.decode(block, step.decoder());
      } catch (CannotDecode e) {
        if (step.isEmpty()) {
          throw haltOrRetry(e, node);
        }
        step.decoder().undo(step.decoder().endBlock());
        return Optional.empty();
      } catch (RpcFailure failure) {
        if (step.isEmpty()) {
          if (failure.kind() == RpcFailure.Kind.INCONSISTENT) {
            reconciler.onContradiction(node);
          }
          throw failure;
        }
        // The blocks before it are complete; the failing block is requested again in the next step.
        log.warn("publishing up to block {} only: {}", block.header().number() - 1, failure.getMessage());
        step.decoder().undo(step.decoder().endBlock());
        return Optional.empty();
      }
      LogFilter wanted = family.filter(step.decoder());
      if (!filter.covers(wanted)) {
        step.decoder().undo(step.decoder().endBlock());
        return Optional.of(wanted);
      }
      step.add(block.header(), decoded);
      if (decoded.states() == DecodedBlock.States.TO_BE_COMPARED) {
        reconciler.demand();
        return Optional.empty();
      }
    }
    return Optional.empty();
  }

  private RuntimeException haltOrRetry(CannotDecode why, ChainNode node) {
    String message = String.valueOf(why.getMessage());
    return votes.add(node, message.replace(node.name(), "")) ? new FollowingHalted(why)
        : new RpcFailure(RpcFailure.Kind.ERROR, message, why);
  }

  /** Ends the prefetch; the follower must not be used again. */
  @Override
  public void close() {
    next.close();
  }
}
