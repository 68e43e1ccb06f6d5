package io.neuronledger.indexer.chain;

import io.neuronledger.contracts.value.Neuron;
import io.neuronledger.contracts.value.WalletAddress;
import io.neuronledger.indexer.chain.NodeCapabilities.Capability;
import io.neuronledger.indexer.rpc.RpcAnswer;
import io.neuronledger.indexer.rpc.RpcBatch;
import io.neuronledger.indexer.rpc.RpcCall;
import io.neuronledger.indexer.rpc.RpcFailure;
import io.neuronledger.indexer.rpc.RpcNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;

/**
 * What one node says of the chain. Every answer has been checked against itself: headers follow one another, logs stand
 * in the blocks that were asked about. Not thread-safe.
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

  /** For questions of a contract family; see {@link StateCalls}. */
  public RpcBatch batch() {
    return rpc.batch();
  }

  /**
   * For questions about a branch, up to this block of it. They go by number, which every node understands; the block
   * that the node holds at this height is asked in every request, and must be this one.
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

  /** One such question by itself. */
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
   * @param whole with its transactions
   */
  public Header newest(boolean whole) {
    return present(rpc.call(ChainCalls.blockByTag("latest", whole)).map(this::timely), "its newest block");
  }

  /**
   * Head, finality and the block at one height, in one request, so that they belong together.
   *
   * @param published the height; a negative one is not asked about
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

  /** @param tag whether the block tag {@code finalized} is part of it; without it no block is known to be final */
  private HeadView view(long published, Finality finality, boolean wholeBlocks, boolean tag) {
    RpcBatch batch = rpc.batch();
    RpcAnswer<Optional<Header>> latest = batch.add(ChainCalls.blockByTag("latest", wholeBlocks));
    Optional<RpcAnswer<Optional<Header>>> at = published < 0 ? Optional.empty()
        : Optional.of(batch.add(ChainCalls.block(published, false)));
    Optional<RpcAnswer<Optional<Header>>> tagged = tag
        ? Optional.of(batch.add(ChainCalls.blockByTag("finalized", false))) : Optional.empty();
    batch.send();
    Header head = present(latest.get().map(this::timely), "its newest block");
    Optional<BlockRef> finalized = tagged.flatMap(RpcAnswer::get).map(this::timely).map(Header::ref);
    long finalizedBlock = switch (finality) {
      case Finality.Tag _ -> finalized.map(BlockRef::number).orElse(-1L);
      case Finality.Depth depth -> Math.max(-1, head.number() - depth.blocks());
      case Finality.Instant _ -> head.number();
    };
    if (finalizedBlock > head.number()) {
      throw inconsistent("calls block " + finalizedBlock + " final although its head is " + head.number());
    }
    return new HeadView(head, at.flatMap(RpcAnswer::get).map(this::timely), finalizedBlock, finalized);
  }

  /** The block at a height, where the node has one. */
  public Optional<Header> header(long number) {
    return rpc.call(ChainCalls.block(number, false)).map(this::timely);
  }

  /** The coins of an account behind a block, asked by itself. */
  public Neuron balance(WalletAddress account, long block) {
    return typed.balance(account, block);
  }

  /** The blocks at these heights, where the node has them, in the same order. */
  public List<Optional<Header>> headersAt(List<Long> numbers) {
    return headersAt(numbers, false);
  }

  /** @param whole with their transactions */
  public List<Optional<Header>> headersAt(List<Long> numbers, boolean whole) {
    RpcBatch batch = rpc.batch();
    List<RpcAnswer<Optional<Header>>> answers =
        numbers.stream().map(number -> batch.add(ChainCalls.block(number, whole))).toList();
    batch.send();
    return answers.stream().map(answer -> answer.get().map(this::timely)).toList();
  }

  /**
   * The blocks from {@code from} to {@code to}, each the child of the one before, and none earlier than it.
   *
   * @param whole with their transactions
   */
  public List<Header> headers(long from, long to, boolean whole) {
    RpcBatch batch = rpc.batch();
    List<RpcAnswer<Optional<Header>>> answers = LongStream.rangeClosed(from, to)
        .mapToObj(number -> batch.add(ChainCalls.block(number, whole))).toList();
    batch.send();
    List<Header> headers = new ArrayList<>(answers.size());
    for (RpcAnswer<Optional<Header>> answer : answers) {
      long number = from + headers.size();
      Header header = present(answer.get().map(this::timely), "block " + number + " although its head is above");
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
   * The blocks with their logs of the filter: complete, as far as a node can be made to prove it.
   *
   * @param headers each the child of the one before
   */
  public List<BlockData> materials(List<Header> headers, LogFilter filter) {
    return logs.read(headers, filter);
  }

  /**
   * Checks a block against the one before it, both as this node has them. Their times may be equal.
   *
   * @throws RpcFailure if it names another parent, or is earlier than this one
   */
  public void checkFollows(Header header, BlockRef parent) {
    if (!header.parentHash().equals(parent.hash())) {
      throw inconsistent("its block " + header.ref() + " is no child of its block " + parent);
    }
    if (header.time().isBefore(parent.time())) {
      throw inconsistent("its block " + header.ref() + " has the time " + header.time() + ", before its parent's "
          + parent.time());
    }
  }

  /**
   * Holds the logs of some blocks against the receipts of their transactions.
   *
   * @return whether the receipts were there: otherwise nothing is known
   * @throws RpcFailure if those hold other logs of the filter
   */
  public boolean checkReceipts(List<BlockData> blocks, LogFilter filter) {
    return logs.checkReceipts(blocks, filter);
  }

  private Header timely(Header header) {
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
