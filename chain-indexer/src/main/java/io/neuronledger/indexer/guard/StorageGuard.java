package io.neuronledger.indexer.guard;

import io.neuronledger.contracts.value.WalletAddress;
import io.neuronledger.indexer.chain.ChainNode;
import io.neuronledger.indexer.chain.block.BlockData;
import io.neuronledger.indexer.chain.block.BlockRef;
import io.neuronledger.indexer.chain.block.Header;
import io.neuronledger.indexer.rpc.call.RpcFailure;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * Finds the blocks that changed a followed contract by its storage root, independently of logs and calls. Near the head
 * it reads the root after every block with transactions. In back-fill it reads the roots at both ends of each run of
 * blocks without a known action, and bisects the run where they differ: a change and its exact reversal inside one run
 * stay unseen. Blocks with a known action are examined anyway and need no root. Not thread-safe.
 */
public final class StorageGuard {
  /** Up to so many blocks, the root after each block with transactions is read. */
  private static final int EACH_BLOCK_MAX = 64;

  private final StorageRoots roots;
  /** The roots after the newest block read, where the next run begins. */
  private Optional<Known> newest = Optional.empty();

  private record Known(BlockRef block, SortedMap<WalletAddress, String> roots) {}

  /** Blocks without a known action, in order; the first one gives the state before the next. */
  private record Run(List<BlockRef> blocks) {
    BlockRef before() {
      return blocks.getFirst();
    }

    BlockRef last() {
      return blocks.getLast();
    }

    boolean isSingle() {
      return blocks.size() == 2;
    }

    List<Run> halves() {
      int middle = blocks.size() / 2;
      return List.of(new Run(blocks.subList(0, middle + 1)), new Run(blocks.subList(middle, blocks.size())));
    }
  }

  /** @param time measures how long a node without proofs is not asked again */
  public StorageGuard(InstantSource time) {
    this.roots = new StorageRoots(time);
  }

  /**
   * Finds which blocks a node proves, for the log at the start.
   *
   * @return the answer for the operator
   * @throws RpcFailure if the node does not answer at all
   */
  public String probe(Set<WalletAddress> contracts, ChainNode node) {
    var _ = roots.after(List.of(node.newest(false).ref()), contracts, node);
    return roots.offeredBy(node);
  }

  /**
   * @param blocks each the child of the one before
   * @param contracts the contracts whose storage is followed
   * @param known whether a block has a known action on them
   * @throws RpcFailure if the node does not answer at all
   */
  public StorageChanges of(List<BlockData> blocks, Set<WalletAddress> contracts, Predicate<BlockData> known,
      ChainNode node) {
    Optional<Header> newestBusy = blocks.reversed().stream().map(BlockData::header)
        .filter(header -> !header.isEmpty()).findFirst();
    if (newestBusy.isEmpty()) {
      return new StorageChanges(Set.of(), true);
    }
    List<Run> open = runs(blocks, known);
    boolean nearHead = blocks.size() <= EACH_BLOCK_MAX;
    if (nearHead) {
      open = open.stream().flatMap(run -> singles(run).stream()).toList();
    }
    Map<Long, SortedMap<WalletAddress, String>> found = new HashMap<>();
    newest.filter(root -> root.roots().keySet().equals(contracts)).ifPresent(root ->
        parentOf(blocks).filter(root.block()::equals).ifPresent(base -> found.put(base.number(), root.roots())));
    Optional<Set<Long>> changed = open.isEmpty() ? proves(newestBusy.get(), nearHead, contracts, node, found)
        : changed(open, contracts, node, found);
    if (changed.isEmpty()) {
      // A node may prove its newest block only: then the next block can be compared with this one.
      roots.after(List.of(newestBusy.get().ref()), contracts, node).ifPresent(found::putAll);
    }
    keepNewest(blocks, found);
    return changed.map(numbers -> new StorageChanges(numbers, true)).orElse(StorageChanges.UNKNOWN);
  }

  /** No root is needed; finds once whether the node would prove one. */
  private Optional<Set<Long>> proves(Header block, boolean nearHead, Set<WalletAddress> contracts, ChainNode node,
      Map<Long, SortedMap<WalletAddress, String>> found) {
    boolean answered = roots.proves(node, nearHead).orElseGet(() -> {
      Optional<Map<Long, SortedMap<WalletAddress, String>>> asked =
          roots.after(List.of(block.ref()), contracts, node);
      asked.ifPresent(found::putAll);
      return asked.isPresent();
    });
    return answered ? Optional.of(Set.of()) : Optional.empty();
  }

  /** Empty where the node does not prove these blocks. */
  private Optional<Set<Long>> changed(List<Run> runs, Set<WalletAddress> contracts, ChainNode node,
      Map<Long, SortedMap<WalletAddress, String>> found) {
    Set<Long> changed = new HashSet<>();
    List<Run> open = runs;
    while (!open.isEmpty()) {
      if (!fetch(open, contracts, node, found)) {
        return Optional.empty();
      }
      List<Run> next = new ArrayList<>();
      for (Run run : open) {
        if (!same(found, run.before(), run.last())) {
          if (run.isSingle()) {
            changed.add(run.last().number());
          } else {
            next.addAll(run.halves());
          }
        }
      }
      open = next;
    }
    return Optional.of(changed);
  }

  private boolean fetch(List<Run> runs, Set<WalletAddress> contracts, ChainNode node,
      Map<Long, SortedMap<WalletAddress, String>> found) {
    SortedMap<Long, BlockRef> wanted = new TreeMap<>();
    for (Run run : runs) {
      wanted.put(run.before().number(), run.before());
      wanted.put(run.last().number(), run.last());
    }
    wanted.keySet().removeAll(found.keySet());
    Optional<Map<Long, SortedMap<WalletAddress, String>>> answered = roots.after(wanted.values(), contracts, node);
    answered.ifPresent(found::putAll);
    return answered.isPresent();
  }

  private static boolean same(Map<Long, SortedMap<WalletAddress, String>> found, BlockRef one, BlockRef other) {
    return found.getOrDefault(one.number(), new TreeMap<>()).equals(found.get(other.number()));
  }

  /** The blocks with transactions and without a known action, split at blocks with one. */
  private static List<Run> runs(List<BlockData> blocks, Predicate<BlockData> known) {
    List<Run> runs = new ArrayList<>();
    List<BlockRef> run = new ArrayList<>();
    parentOf(blocks).ifPresent(run::add);
    for (BlockData block : blocks) {
      if (block.header().isEmpty() && !run.isEmpty()) {
        continue;
      }
      if (known.test(block) || run.isEmpty()) {
        end(run, runs);
        run = new ArrayList<>();
      }
      run.add(block.header().ref());
    }
    end(run, runs);
    return runs;
  }

  private static void end(List<BlockRef> run, List<Run> runs) {
    if (run.size() > 1) {
      runs.add(new Run(List.copyOf(run)));
    }
  }

  private static List<Run> singles(Run run) {
    List<Run> singles = new ArrayList<>();
    for (int i = 1; i < run.blocks().size(); i++) {
      singles.add(new Run(run.blocks().subList(i - 1, i + 1)));
    }
    return singles;
  }

  /** The parent of the first block; empty before the chain's own first block. */
  private static Optional<BlockRef> parentOf(List<BlockData> blocks) {
    Header first = blocks.getFirst().header();
    return first.number() == 0 ? Optional.empty()
        : Optional.of(new BlockRef(first.number() - 1, first.parentHash(), Instant.EPOCH));
  }

  /** The roots after the last block with transactions hold after the last block too. */
  private void keepNewest(List<BlockData> blocks, Map<Long, SortedMap<WalletAddress, String>> found) {
    long busy = blocks.reversed().stream().map(BlockData::header).filter(header -> !header.isEmpty()).findFirst()
        .map(Header::number).orElse(blocks.getFirst().header().number() - 1);
    BlockRef last = blocks.getLast().header().ref();
    newest = Optional.ofNullable(found.get(busy))
        .map(after -> new Known(new BlockRef(last.number(), last.hash(), Instant.EPOCH), after));
  }
}
