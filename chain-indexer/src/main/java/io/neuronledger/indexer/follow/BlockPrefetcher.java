package io.neuronledger.indexer.follow;

import io.neuronledger.indexer.chain.ChainNode;
import io.neuronledger.indexer.chain.block.BlockData;
import io.neuronledger.indexer.chain.block.BlockRef;
import io.neuronledger.indexer.chain.block.Header;
import io.neuronledger.indexer.chain.block.LogFilter;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/**
 * Fetches the next blocks; far below the head also the blocks after them, while the next ones are being published. A
 * node serves one thread: before any other request, wait for the prefetch with {@link #settle}.
 */
final class BlockPrefetcher implements AutoCloseable {
  private record Prefetch(ChainNode node, BlockRef base, LogFilter filter, FutureTask<List<BlockData>> fetch,
      Thread thread) {}

  /** The result of a prefetch, and the request that it answers. */
  private record Ready(ChainNode node, BlockRef base, LogFilter filter, List<BlockData> blocks) {}

  private final boolean whole;
  private Optional<Prefetch> prefetch = Optional.empty();
  private Optional<Ready> ready = Optional.empty();

  /** @param whole whether to fetch blocks with their transactions */
  BlockPrefetcher(boolean whole) {
    this.whole = whole;
  }

  /**
   * The blocks after {@code base} up to {@code to}, or as many as were prefetched.
   *
   * @param base as this node reports it: another node's time for it does not count
   * @param latest the node's newest block, which needs no request if it is the wanted one
   */
  List<BlockData> after(BlockRef base, long to, ChainNode node, Header latest, LogFilter filter) {
    Optional<Ready> fetched = ready;
    ready = Optional.empty();
    return fetched.filter(now -> now.node == node && now.base.equals(base) && now.filter.equals(filter))
        .map(Ready::blocks).orElseGet(() -> fetch(base, to, node, latest, filter));
  }

  /** Starts to fetch, on its own thread, the blocks of the next {@link #after} call. */
  void prefetch(BlockRef base, long to, ChainNode node, Header latest, LogFilter filter) {
    FutureTask<List<BlockData>> fetch = new FutureTask<>(() -> fetch(base, to, node, latest, filter));
    Thread thread = Thread.ofVirtual().name("next-blocks").start(fetch);
    prefetch = Optional.of(new Prefetch(node, base, filter, fetch, thread));
  }

  /** Waits for the prefetch. A failed one is dropped: the failure shows again when the request is repeated. */
  void settle() {
    prefetch.ifPresent(pending -> {
      try {
        ready = Optional.of(new Ready(pending.node, pending.base, pending.filter, pending.fetch.get()));
      } catch (ExecutionException failed) {
        ready = Optional.empty();
      } catch (InterruptedException e) {
        pending.thread.interrupt();
        Thread.currentThread().interrupt();
      }
    });
    prefetch = Optional.empty();
  }

  /** Ends the prefetch; afterwards its node is free. */
  @Override
  public void close() {
    prefetch.ifPresent(pending -> pending.thread.interrupt());
    settle();
    ready = Optional.empty();
  }

  private List<BlockData> fetch(BlockRef base, long to, ChainNode node, Header latest, LogFilter filter) {
    boolean atHand = latest.number() == to && to == base.number() + 1 && latest.parentHash().equals(base.hash());
    List<Header> headers = atHand ? List.of(latest) : node.headers(base.number() + 1, to, whole);
    node.checkFollows(headers.getFirst(), base);
    return node.blockData(headers, filter);
  }
}
