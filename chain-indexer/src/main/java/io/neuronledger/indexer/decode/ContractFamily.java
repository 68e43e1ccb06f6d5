package io.neuronledger.indexer.decode;

import io.neuronledger.indexer.chain.ChainNode;
import io.neuronledger.indexer.chain.block.BlockData;
import io.neuronledger.indexer.chain.block.BlockRef;
import io.neuronledger.indexer.chain.block.LogFilter;
import io.neuronledger.indexer.rpc.call.RpcFailure;
import java.util.List;

/**
 * A kind of contracts and its decoding. Its state between blocks is in {@link DecoderState}, which is stored with the
 * events and undone with them; it has no other memory.
 */
public interface ContractFamily {
  /** The name in the deployment's settings, {@code account-ledger} for example. */
  String name();

  /** Raised when the same chain decodes differently: a stack with records of another version is refused. */
  int decoderVersion();

  /**
   * The filter of its logs, given its state. Where a block widens the filter, the follower stops before that block and
   * fetches it again with the wider filter.
   */
  LogFilter filter(DecoderState state);

  /** Whether it needs the blocks' transactions, fetched with the headers. */
  boolean wantsTransactions();

  /**
   * Reads at one block a view that only its contracts have.
   *
   * @throws RpcFailure a refusal of the question where the address has other contracts, or none; any other failure
   *     while the node does not answer
   */
  void recognise(BlockRef block, ChainNode node);

  /**
   * Finds out at the start, for the log, which optional methods the node offers. Nothing waits for it.
   *
   * @throws RpcFailure while that is unknown; it is probed again when needed
   */
  default void probe(ChainNode node) {}

  /**
   * Fetches the further data of these blocks (receipts, traces, states), in batches, before any is decoded. Every
   * question to the node must be pinned to the blocks' hashes.
   *
   * @param blocks each the child of the one before
   * @param fetched the filter that their logs passed; narrower than {@link #filter} where a block widens it
   * @param state the state before the first of them
   * @param completeTo the last block up to which no change is missing: a difference found later arose after it
   * @return the decoder of these blocks, in that order
   */
  BlockDecoder prepare(List<BlockData> blocks, LogFilter fetched, DecoderState state, long completeTo,
      ChainNode node);

  /**
   * Reads the ledgers from its contracts at one block. Every question to the node must be pinned to the block's hash.
   *
   * @param block the last decoded block
   * @param state the state after that block; corrected where the contracts report something else, so that later blocks
   *     are decoded from the contracts' state
   */
  Observation observe(BlockRef block, DecoderState state, ChainNode node);
}
