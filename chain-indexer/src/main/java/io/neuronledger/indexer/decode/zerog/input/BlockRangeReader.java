package io.neuronledger.indexer.decode.zerog.input;

import io.neuronledger.contracts.value.WalletAddress;
import io.neuronledger.indexer.chain.ChainNode;
import io.neuronledger.indexer.chain.block.BlockData;
import io.neuronledger.indexer.chain.block.BlockRef;
import io.neuronledger.indexer.chain.block.Header;
import io.neuronledger.indexer.chain.block.LogFilter;
import io.neuronledger.indexer.decode.CannotDecode;
import io.neuronledger.indexer.decode.zerog.model.ContractModel;
import io.neuronledger.indexer.decode.zerog.replay.action.ServiceRegistration;
import io.neuronledger.indexer.decode.zerog.trace.WatchedContracts;
import io.neuronledger.indexer.rpc.call.RpcFailure;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Fetches the blocks up to the next one whose state the node still holds. */
public final class BlockRangeReader {
  /** The most blocks that are held in memory; about three and a half hours of the 0G chain. */
  private static final long BLOCKS_MAX = 20_000;
  private static final int CHUNK = 200;

  private final WalletAddress manager;
  private final ChainNode node;
  private final ServiceRegistrations registrations;

  public BlockRangeReader(WalletAddress manager, ChainNode node, ServiceRegistrations registrations) {
    this.manager = manager;
    this.node = node;
    this.registrations = registrations;
  }

  /**
   * @param first the first block of the range, already fetched with its logs
   * @param model the state before it
   * @param to a block whose state can be read
   */
  public BlockRange upTo(BlockRef to, BlockData first, Map<WalletAddress, ServiceRegistration> newInFirst,
      ContractModel model) {
    long from = first.header().number();
    check(node, from, to);
    List<BlockData> blocks = new ArrayList<>(List.of(first));
    Map<Long, Map<WalletAddress, ServiceRegistration>> newServices = new HashMap<>();
    Map<WalletAddress, ServiceRegistration> all = new HashMap<>(newInFirst);
    if (!newInFirst.isEmpty()) {
      newServices.put(from, newInFirst);
    }
    while (blocks.getLast().header().number() < to.number()) {
      LogFilter filter = WatchedContracts.logFilter(manager, model, all);
      for (BlockData block : chunk(node, blocks.getLast().header(), to.number(), true, filter)) {
        if (registrations.any(block)) {
          Map<WalletAddress, ServiceRegistration> here = registrations.in(block, () -> to);
          all.putAll(here);
          newServices.put(block.header().number(), here);
          if (!filter.covers(WatchedContracts.logFilter(manager, model, all))) {
            break;   // this block is fetched again, with the new service's logs
          }
        }
        blocks.add(block);
      }
    }
    if (!blocks.getLast().header().hash().equals(to.hash())) {
      throw new RpcFailure(RpcFailure.Kind.INCONSISTENT, node.name() + ": changed its branch during the requests");
    }
    return new BlockRange(blocks, newServices);
  }

  /** @throws CannotDecode if the blocks are more than {@link #BLOCKS_MAX} apart */
  static void check(ChainNode node, long from, BlockRef to) {
    if (to.number() - from > BLOCKS_MAX) {
      throw CannotDecode.withThisNode(node.name() + " does not hold the contracts' state after block " + from
          + " any more, and the next state that it holds is " + (to.number() - from) + " blocks later: too far to find "
          + "the changes between them by comparing the two. Use a node that keeps old states (an archive node), or "
          + "index anew from a block whose state this node holds.");
    }
  }

  /**
   * Some of the blocks after one.
   *
   * @param whole whether to fetch their transactions
   */
  static List<BlockData> chunk(ChainNode node, Header after, long last, boolean whole, LogFilter filter) {
    List<Header> headers = node.headers(after.number() + 1, Math.min(last, after.number() + CHUNK), whole);
    if (!headers.getFirst().parentHash().equals(after.hash())) {
      throw new RpcFailure(RpcFailure.Kind.INCONSISTENT, node.name() + ": its block " + headers.getFirst().ref()
          + " is not a child of " + after.ref());
    }
    return node.blockData(headers, filter);
  }
}
