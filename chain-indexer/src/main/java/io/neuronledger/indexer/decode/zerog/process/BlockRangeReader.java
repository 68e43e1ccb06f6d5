package io.neuronledger.indexer.decode.zerog.process;

import io.neuronledger.contracts.value.WalletAddress;
import io.neuronledger.indexer.chain.BlockData;
import io.neuronledger.indexer.chain.BlockRef;
import io.neuronledger.indexer.chain.ChainNode;
import io.neuronledger.indexer.chain.Header;
import io.neuronledger.indexer.chain.LogFilter;
import io.neuronledger.indexer.decode.CannotDecode;
import io.neuronledger.indexer.decode.zerog.model.ContractModel;
import io.neuronledger.indexer.decode.zerog.replay.ServiceRegistration;
import io.neuronledger.indexer.rpc.RpcFailure;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Fetches the blocks up to the next one whose state the node still holds. */
final class BlockRangeReader {
  /** What one can hold in memory; on the 0G chain about three and a half hours. */
  private static final long BLOCKS_MAX = 20_000;
  private static final int CHUNK = 200;

  private final WalletAddress manager;
  private final ChainNode node;
  private final ServiceRegistrations arrivals;

  BlockRangeReader(WalletAddress manager, ChainNode node, ServiceRegistrations arrivals) {
    this.manager = manager;
    this.node = node;
    this.arrivals = arrivals;
  }

  /**
   * @param first the interval's first block, already fetched with all that it needs
   * @param books as they are before it
   * @param to a block whose state can be read
   */
  BlockRange upTo(BlockRef to, BlockData first, Map<WalletAddress, ServiceRegistration> arrivedInFirst,
      ContractModel books) {
    long from = first.header().number();
    check(node, from, to);
    List<BlockData> blocks = new ArrayList<>(List.of(first));
    Map<Long, Map<WalletAddress, ServiceRegistration>> arrived = new HashMap<>();
    Map<WalletAddress, ServiceRegistration> all = new HashMap<>(arrivedInFirst);
    if (!arrivedInFirst.isEmpty()) {
      arrived.put(from, arrivedInFirst);
    }
    while (blocks.getLast().header().number() < to.number()) {
      LogFilter filter = ContractEmitters.filter(manager, books, all);
      for (BlockData block : chunk(node, blocks.getLast().header(), to.number(), true, filter)) {
        if (arrivals.any(block)) {
          Map<WalletAddress, ServiceRegistration> here = arrivals.in(block, () -> to);
          all.putAll(here);
          arrived.put(block.header().number(), here);
          if (!filter.covers(ContractEmitters.filter(manager, books, all))) {
            break;   // this block comes again, with the newcomer's logs
          }
        }
        blocks.add(block);
      }
    }
    if (!blocks.getLast().header().hash().equals(to.hash())) {
      throw new RpcFailure(RpcFailure.Kind.INCONSISTENT, node.name() + ": changed its branch while it was asked");
    }
    return new BlockRange(blocks, arrived);
  }

  /** @throws CannotDecode if it is too far from the one block to the other */
  static void check(ChainNode node, long from, BlockRef to) {
    if (to.number() - from > BLOCKS_MAX) {
      throw CannotDecode.withThisNode(node.name() + " does not hold the contracts' state behind block " + from
          + " any more, and the next one that it holds is " + (to.number() - from) + " blocks later: too far to find "
          + "what happened between by comparing the two. Ask a node that keeps old states (an archive node); or index "
          + "anew, starting at a block whose state this one holds.");
    }
  }

  /**
   * Some of the blocks behind one.
   *
   * @param whole with their transactions
   */
  static List<BlockData> chunk(ChainNode node, Header after, long last, boolean whole, LogFilter filter) {
    List<Header> headers = node.headers(after.number() + 1, Math.min(last, after.number() + CHUNK), whole);
    if (!headers.getFirst().parentHash().equals(after.hash())) {
      throw new RpcFailure(RpcFailure.Kind.INCONSISTENT, node.name() + ": its block " + headers.getFirst().ref()
          + " is no child of " + after.ref());
    }
    return node.materials(headers, filter);
  }
}
