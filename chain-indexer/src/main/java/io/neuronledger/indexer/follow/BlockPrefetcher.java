package io.neuronledger.indexer.follow;

import io.neuronledger.indexer.chain.BlockData;
import io.neuronledger.indexer.chain.BlockRef;
import io.neuronledger.indexer.chain.ChainNode;
import io.neuronledger.indexer.chain.Header;
import io.neuronledger.indexer.chain.LogFilter;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/**
 * Fetches the blocks that come next; with a long way to go, those after them too, while they are being published. A
 * node serves one thread: whoever wants to ask it anything waits for the fetch ahead first ({@link #settle}).
 */
final class BlockPrefetcher implements AutoCloseable {
  private record Ahead(ChainNode node, BlockRef base, LogFilter filter, FutureTask<List<BlockData>> fetch,
      Thread thread) {}

  /** What was fetched ahead, for whom it fits. */
  private record Ready(ChainNode node, BlockRef base, LogFilter filter, List<BlockData> blocks) {}

  private final boolean whole;
  private Optional<Ahead> ahead = Optional.empty();
  private Optional<Ready> ready = Optional.empty();

  /** @param whole with their transactions */
  BlockPrefetcher(boolean whole) {
    this.whole = whole;
  }

  /**
   * The blocks behind {@code base} up to {@code to}, or as many as were fetched ahead.
   *
   * @param base as the node itself has it: what another one said of its time does not count
   * @param latest the node's newest block: at the head it is the one wanted
   */
  List<BlockData> behind(BlockRef base, long to, ChainNode node, Header latest, LogFilter filter) {
    Optional<Ready> fetched = ready;
    ready = Optional.empty();
    return fetched.filter(now -> now.node == node && now.base.equals(base) && now.filter.equals(filter))
        .map(Ready::blocks).orElseGet(() -> fetch(base, to, node, latest, filter));
  }

  /** Starts to fetch what {@link #behind} will be asked for next, on a thread of its own. */
  void ahead(BlockRef base, long to, ChainNode node, Header latest, LogFilter filter) {
    FutureTask<List<BlockData>> fetch = new FutureTask<>(() -> fetch(base, to, node, latest, filter));
    ahead = Optional.of(new Ahead(node, base, filter, fetch, Thread.ofVirtual().name("next-blocks").start(fetch)));
  }

  /** Waits for the fetch ahead. If it failed it is forgotten: what is wrong shows again when it is repeated. */
  void settle() {
    ahead.ifPresent(was -> {
      try {
        ready = Optional.of(new Ready(was.node, was.base, was.filter, was.fetch.get()));
      } catch (ExecutionException failed) {
        ready = Optional.empty();
      } catch (InterruptedException e) {
        was.thread.interrupt();
        Thread.currentThread().interrupt();
      }
    });
    ahead = Optional.empty();
  }

  /** Ends the fetch ahead; afterwards its node is free. */
  @Override
  public void close() {
    ahead.ifPresent(was -> was.thread.interrupt());
    settle();
    ready = Optional.empty();
  }

  private List<BlockData> fetch(BlockRef base, long to, ChainNode node, Header latest, LogFilter filter) {
    boolean atHand = latest.number() == to && to == base.number() + 1 && latest.parentHash().equals(base.hash());
    List<Header> headers = atHand ? List.of(latest) : node.headers(base.number() + 1, to, whole);
    node.checkFollows(headers.getFirst(), base);
    return node.materials(headers, filter);
  }
}
