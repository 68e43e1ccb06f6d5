package io.neuronledger.indexer.decode;

import io.neuronledger.indexer.chain.BlockData;
import io.neuronledger.indexer.chain.BlockRef;
import io.neuronledger.indexer.chain.ChainNode;
import io.neuronledger.indexer.chain.LogFilter;
import io.neuronledger.indexer.rpc.RpcFailure;
import java.util.List;

/**
 * One kind of contracts and how to read it. What it must remember between blocks it keeps in {@link DecoderState},
 * which is stored with the events and undone with them; it has no other memory.
 */
public interface ContractFamily {
  /** The deployment's name for it, {@code account-ledger} for example. */
  String name();

  /** Raised when the same chain would be told differently: a stack that was told otherwise is refused. */
  int decoderVersion();

  /**
   * Which logs it wants, given what it remembers. Where a block makes it want more, the follower stops before that
   * block and fetches it again with the wider filter.
   */
  LogFilter filter(DecoderState state);

  /** Whether it needs the blocks' transactions, fetched with the headers. */
  boolean wantsTransactions();

  /**
   * Reads at one block something that only its contracts answer.
   *
   * @throws RpcFailure that refuses the question where other contracts are, or none; any other while the node does not
   *     answer
   */
  void recognise(BlockRef block, ChainNode node);

  /**
   * Finds out what the node offers beyond what every node does, at the start, so that it can be said then. Nothing
   * waits for it.
   *
   * @throws RpcFailure while that is not known; it is asked again when it is needed
   */
  default void probe(ChainNode node) {}

  /**
   * Fetches what else it needs of these blocks (receipts, traces, states), in batches, before any is decoded. Whatever
   * it asks the node must be pinned to the blocks' hashes.
   *
   * @param blocks each the child of the one before
   * @param fetched the filter that their logs passed; narrower than {@link #filter} where a block widens it
   * @param state as it is before the first of them
   * @param completeTo the last block up to which no change is missing: where a difference shows, it came about after it
   * @return reads them one after the other, in that order
   */
  BlockDecoder prepare(List<BlockData> blocks, LogFilter fetched, DecoderState state, long completeTo,
      ChainNode node);

  /**
   * Reads all that its contracts answer about ledgers at one block. Whatever it asks the node must be pinned to the
   * block's hash.
   *
   * @param block the last one that was decoded
   * @param state as it is behind that block; changed where the contracts answer something else, so that what follows is
   *     told from what they know
   */
  Observation observe(BlockRef block, DecoderState state, ChainNode node);
}
