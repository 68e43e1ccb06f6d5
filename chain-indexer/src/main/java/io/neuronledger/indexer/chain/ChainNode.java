package io.neuronledger.indexer.chain;

import io.neuronledger.contracts.value.Neuron;
import io.neuronledger.contracts.value.WalletAddress;
import io.neuronledger.indexer.chain.block.BlockData;
import io.neuronledger.indexer.chain.block.BlockRef;
import io.neuronledger.indexer.chain.block.BlockTimes;
import io.neuronledger.indexer.chain.block.Finality;
import io.neuronledger.indexer.chain.block.Header;
import io.neuronledger.indexer.chain.block.LogFilter;
import io.neuronledger.indexer.chain.call.ChainCalls;
import io.neuronledger.indexer.chain.call.NodeCapabilities;
import io.neuronledger.indexer.chain.call.NodeCapabilities.Capability;
import io.neuronledger.indexer.chain.call.StateCalls;
import io.neuronledger.indexer.chain.call.TypedCalls;
import io.neuronledger.indexer.chain.log.LogReader;
import io.neuronledger.indexer.rpc.RpcBatch;
import io.neuronledger.indexer.rpc.RpcNode;
import io.neuronledger.indexer.rpc.call.RpcAnswer;
import io.neuronledger.indexer.rpc.call.RpcCall;
import io.neuronledger.indexer.rpc.call.RpcFailure;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;

/**
 * One node's view of the chain. Every answer is checked for consistency: headers follow one another, logs belong to the
 * requested blocks. Not thread-safe.
 */
public final class ChainNode {
  private final RpcNode rpc;
  private final NodeCapabilities capabilities;
  private final LogReader logs;
  private final BlockTimes times;
  private final TypedCalls typed;

  ChainNode(RpcNode rpc, NodeCapabilities capabilities, LogReader logs, BlockTimes times) {
    this.rpc = rpc;
    this.capabilities = capabilities;
    this.logs = logs;
    this.times = times;
    this.typed = new TypedCalls(rpc);
  }

  /** Host and port. */
  public String name() {
    return rpc.name();
  }

  /** A batch for questions of a contract family; see {@link StateCalls}. */
  public RpcBatch batch() {
    return rpc.batch();
  }

  /**
   * A batch for questions about a branch, up to this block of it. They go by number, which every node understands;
   * every request also asks for the node's block at this height, which must be this one.
   */
  public RpcBatch batchAt(BlockRef block) {
    RpcBatch batch = rpc.batch();
    batch.pinnedBy(StateCalls.blockHash(block.number()), held -> {
      if (!held.equals(Optional.of(block.hash()))) {
        throw inconsistent("holds another block " + held.map(Object::toString).orElse("or none") + " at block "
            + block);
      }
    });
    return batch;
  }

  /** Asks a single question. */
  public <T> T ask(RpcCall<T> call) {
    return rpc.call(call);
  }

  /** The EIP-155 id. */
  public long chainId() {
    return typed.chainId();
  }

  /** The number of the newest block. */
  public long head() {
    return newest(false).number();
  }

  /**
   * The newest block.
   *
   * @param whole whether with its transactions
   */
  public Header newest(boolean whole) {
    return present(rpc.call(ChainCalls.blockByTag("latest", whole)).map(this::checkTime), "its newest block");
  }

  /**
   * The head, the finalized block and the block at one height, in one request, so that they are consistent.
   *
   * @param published the height; negative to leave it out
   */
  public HeadView view(long published, Finality finality, boolean wholeBlocks) {
    if (!(finality instanceof Finality.Tag) || !capabilities.mayUse(Capability.FINALIZED_TAG)) {
      return view(published, finality, wholeBlocks, false);
    }
    HeadView view;
    try {
      view = view(published, finality, wholeBlocks, true);
    } catch (RpcFailure failure) {
      if (!failure.refusesTheQuestion() || failure.kind() == RpcFailure.Kind.INCONSISTENT) {
        throw failure;
      }
      HeadView untagged = view(published, finality, wholeBlocks, false);
      capabilities.refuses(Capability.FINALIZED_TAG, failure.getMessage());
      return untagged;
    }
    capabilities.supports(Capability.FINALIZED_TAG);
    return view;
  }

  /** @param tag whether to ask for the block tag {@code finalized}; without it no block is known to be final */
  private HeadView view(long published, Finality finality, boolean wholeBlocks, boolean tag) {
    RpcBatch batch = rpc.batch();
    RpcAnswer<Optional<Header>> latest = batch.add(ChainCalls.blockByTag("latest", wholeBlocks));
    Optional<RpcAnswer<Optional<Header>>> at = published < 0 ? Optional.empty()
        : Optional.of(batch.add(ChainCalls.block(published, false)));
    Optional<RpcAnswer<Optional<Header>>> tagged = tag
        ? Optional.of(batch.add(ChainCalls.blockByTag("finalized", false))) : Optional.empty();
    batch.send();
    Header head = present(latest.get().map(this::checkTime), "its newest block");
    Optional<BlockRef> finalized = tagged.flatMap(RpcAnswer::get).map(this::checkTime).map(Header::ref);
    long finalizedBlock = switch (finality) {
      case Finality.Tag _ -> finalized.map(BlockRef::number).orElse(-1L);
      case Finality.Depth depth -> Math.max(-1, head.number() - depth.blocks());
      case Finality.Instant _ -> head.number();
    };
    if (finalizedBlock > head.number()) {
      throw inconsistent("reports block " + finalizedBlock + " as final although its head is " + head.number());
    }
    return new HeadView(head, at.flatMap(RpcAnswer::get).map(this::checkTime), finalizedBlock, finalized);
  }

  /** The block at a height; empty where the node has none. */
  public Optional<Header> header(long number) {
    return rpc.call(ChainCalls.block(number, false)).map(this::checkTime);
  }

  /** The native balance of an account after a block, by a single call. */
  public Neuron balance(WalletAddress account, long block) {
    return typed.balance(account, block);
  }

  /** The blocks at these heights, in the same order; empty where the node has none. */
  public List<Optional<Header>> headersAt(List<Long> numbers) {
    return headersAt(numbers, false);
  }

  /** @param whole whether with their transactions */
  public List<Optional<Header>> headersAt(List<Long> numbers, boolean whole) {
    RpcBatch batch = rpc.batch();
    List<RpcAnswer<Optional<Header>>> answers =
        numbers.stream().map(number -> batch.add(ChainCalls.block(number, whole))).toList();
    batch.send();
    return answers.stream().map(answer -> answer.get().map(this::checkTime)).toList();
  }

  /**
   * The blocks from {@code from} to {@code to}, each the child of the one before and not earlier than it.
   *
   * @param whole whether with their transactions
   */
  public List<Header> headers(long from, long to, boolean whole) {
    RpcBatch batch = rpc.batch();
    List<RpcAnswer<Optional<Header>>> answers = LongStream.rangeClosed(from, to)
        .mapToObj(number -> batch.add(ChainCalls.block(number, whole))).toList();
    batch.send();
    List<Header> headers = new ArrayList<>(answers.size());
    for (RpcAnswer<Optional<Header>> answer : answers) {
      long number = from + headers.size();
      Header header = present(answer.get().map(this::checkTime), "block " + number + " although its head is above");
      if (header.number() != number) {
        throw inconsistent("answered block " + header.number() + " when asked for " + number);
      }
      if (!headers.isEmpty()) {
        checkFollows(header, headers.getLast().ref());
      }
      headers.add(header);
    }
    return headers;
  }

  /**
   * The blocks with their logs of the filter, as complete as the node can prove.
   *
   * @param headers each the child of the one before
   */
  public List<BlockData> blockData(List<Header> headers, LogFilter filter) {
    return logs.read(headers, filter);
  }

  /**
   * Checks a block against its parent, both as this node reports them. Their times may be equal.
   *
   * @throws RpcFailure if the block names another parent, or is earlier than it
   */
  public void checkFollows(Header header, BlockRef parent) {
    if (!header.parentHash().equals(parent.hash())) {
      throw inconsistent("its block " + header.ref() + " is not a child of its block " + parent);
    }
    if (header.time().isBefore(parent.time())) {
      throw inconsistent("its block " + header.ref() + " has the time " + header.time() + ", before its parent's "
          + parent.time());
    }
  }

  /**
   * Checks the logs of some blocks against the receipts of their transactions.
   *
   * @return whether the node has the receipts; if not, nothing is known
   * @throws RpcFailure if the receipts have other logs of the filter
   */
  public boolean checkReceipts(List<BlockData> blocks, LogFilter filter) {
    return logs.checkReceipts(blocks, filter);
  }

  private Header checkTime(Header header) {
    times.doubt(header).ifPresent(why -> {
      throw inconsistent(why);
    });
    return header;
  }

  private Header present(Optional<Header> header, String what) {
    return header.orElseThrow(() -> inconsistent("does not have " + what));
  }

  private RpcFailure inconsistent(String what) {
    return rpc.contradicts(what);
  }
}
