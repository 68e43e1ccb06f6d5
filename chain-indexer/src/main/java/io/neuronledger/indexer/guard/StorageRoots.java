package io.neuronledger.indexer.guard;

import io.neuronledger.contracts.value.WalletAddress;
import io.neuronledger.indexer.chain.ChainNode;
import io.neuronledger.indexer.chain.block.BlockRef;
import io.neuronledger.indexer.chain.call.StateCalls;
import io.neuronledger.indexer.chain.log.Repeated;
import io.neuronledger.indexer.rpc.RpcBatch;
import io.neuronledger.indexer.rpc.call.RpcAnswer;
import io.neuronledger.indexer.rpc.call.RpcFailure;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the storage roots of contracts ({@code eth_getProof}), and keeps which nodes answer: some never do, some only
 * for their newest blocks. Not thread-safe.
 */
final class StorageRoots {
  private static final Logger log = LoggerFactory.getLogger(StorageRoots.class);
  private static final Duration RETRY_AFTER = Duration.ofMinutes(10);

  private final InstantSource time;
  private final Map<ChainNode, Instant> withoutProofs = new HashMap<>();
  /** The nodes that have answered at least once. */
  private final Set<ChainNode> proving = new HashSet<>();
  /** The nodes that prove their newest blocks only, with the time of the last refusal for an older block. */
  private final Map<ChainNode, Instant> newestOnly = new HashMap<>();

  StorageRoots(InstantSource time) {
    this.time = time;
  }

  /**
   * The storage roots of the contracts after each of the blocks.
   *
   * @param blocks of one branch
   * @return by block number and contract; empty where the node does not prove these blocks
   * @throws RpcFailure if the node does not answer at all
   */
  Optional<Map<Long, SortedMap<WalletAddress, String>>> after(Collection<BlockRef> blocks,
      Set<WalletAddress> contracts, ChainNode node) {
    if (blocks.isEmpty()) {
      return Optional.of(Collections.emptyMap());
    }
    if (withoutProofs.containsKey(node) && !isOver(withoutProofs.get(node))) {
      return Optional.empty();
    }
    try {
      Map<Long, SortedMap<WalletAddress, String>> roots = askRepeatedly(blocks, contracts, node);
      proves(node);
      return Optional.of(roots);
    } catch (RpcFailure failure) {
      if (!isLasting(failure)) {
        throw failure;
      }
      if (failure.refusesTheQuestion() && !failure.isUnknownMethod()) {
        provesNewestAtMost(node, contracts, failure);
      } else {
        // The node may time out or fail for this question alone: a node that answers otherwise must not be waited for.
        node.head();
        provesNothing(node, failure);
      }
      return Optional.empty();
    }
  }

  /**
   * Whether the node would answer, as far as known; empty before the first question.
   *
   * @param newest whether the question is about its newest blocks
   */
  Optional<Boolean> proves(ChainNode node, boolean newest) {
    if (withoutProofs.containsKey(node)) {
      return isOver(withoutProofs.get(node)) ? Optional.empty() : Optional.of(false);
    }
    return proving.contains(node) ? Optional.of(newest || !newestOnly.containsKey(node)) : Optional.empty();
  }

  /** Whether a repetition would fail too. An unreachable node, or one on another branch, may answer later. */
  private static boolean isLasting(RpcFailure failure) {
    return switch (failure.kind()) {
      case ERROR, MALFORMED, HTTP_STATUS, DEADLINE, BROKEN_OFF -> true;
      case UNREACHABLE, THROTTLED, INCONSISTENT, LAGGING -> false;
    };
  }

  /** The blocks that the node proves, for the operator. */
  String offeredBy(ChainNode node) {
    if (withoutProofs.containsKey(node)) {
      return "none";
    }
    return newestOnly.containsKey(node) ? "newest blocks" : "all blocks";
  }

  private void proves(ChainNode node) {
    proving.add(node);
    if (withoutProofs.remove(node) != null) {
      log.info("{} proves storage roots now", node.name());
    }
    if (isOver(newestOnly.get(node))) {
      newestOnly.remove(node);
    }
  }

  private void provesNothing(ChainNode node, RpcFailure failure) {
    newestOnly.remove(node);
    if (withoutProofs.put(node, time.instant()) == null) {
      log.warn("{} proves no storage roots, so a change without a log, a visible call or a balance difference is "
          + "found only when all states are compared: {}", node.name(), failure.getMessage());
    }
  }

  private boolean isOver(@Nullable Instant since) {
    return since != null && !time.instant().isBefore(since.plus(RETRY_AFTER));
  }

  /** Finds whether the node refuses old blocks only. */
  private void provesNewestAtMost(ChainNode node, Set<WalletAddress> contracts, RpcFailure failure) {
    try {
      var _ = askRepeatedly(Set.of(node.newest(false).ref()), contracts, node);
    } catch (RpcFailure atHead) {
      if (!isLasting(atHead)) {
        throw atHead;
      }
      provesNothing(node, atHead);
      return;
    }
    if (newestOnly.put(node, time.instant()) == null) {
      log.warn("{} proves the storage roots of its newest blocks only; older blocks are not guarded by them: {}",
          node.name(), failure.getMessage());
    }
  }

  private static Map<Long, SortedMap<WalletAddress, String>> askRepeatedly(Collection<BlockRef> blocks,
      Set<WalletAddress> contracts, ChainNode node) {
    return Repeated.ask(() -> ask(blocks, contracts, node), StorageRoots::isLasting);
  }

  private static Map<Long, SortedMap<WalletAddress, String>> ask(Collection<BlockRef> blocks,
      Set<WalletAddress> contracts, ChainNode node) {
    RpcBatch batch = node.batchAt(Collections.max(blocks, Comparator.comparingLong(BlockRef::number)));
    Map<BlockRef, SortedMap<WalletAddress, RpcAnswer<String>>> answers = new LinkedHashMap<>();
    for (BlockRef block : blocks) {
      SortedMap<WalletAddress, RpcAnswer<String>> ofBlock = new TreeMap<>();
      contracts.forEach(contract ->
          ofBlock.put(contract, batch.add(StateCalls.storageRoot(contract, block.number()))));
      answers.put(block, ofBlock);
    }
    batch.send();
    Map<Long, SortedMap<WalletAddress, String>> roots = new HashMap<>();
    answers.forEach((block, ofBlock) -> {
      SortedMap<WalletAddress, String> read = new TreeMap<>();
      ofBlock.forEach((contract, answer) -> read.put(contract, answer.get()));
      roots.put(block.number(), read);
    });
    return roots;
  }
}
