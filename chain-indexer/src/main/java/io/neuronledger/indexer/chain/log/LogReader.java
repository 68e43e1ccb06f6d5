package io.neuronledger.indexer.chain.log;

import io.neuronledger.contracts.value.Hash;
import io.neuronledger.indexer.chain.block.BlockData;
import io.neuronledger.indexer.chain.block.Header;
import io.neuronledger.indexer.chain.block.LogEntry;
import io.neuronledger.indexer.chain.block.LogFilter;
import io.neuronledger.indexer.chain.call.ChainCalls;
import io.neuronledger.indexer.chain.call.NodeCapabilities;
import io.neuronledger.indexer.chain.call.NodeCapabilities.Capability;
import io.neuronledger.indexer.rpc.AdaptiveSize;
import io.neuronledger.indexer.rpc.RpcBatch;
import io.neuronledger.indexer.rpc.RpcNode;
import io.neuronledger.indexer.rpc.call.RpcAnswer;
import io.neuronledger.indexer.rpc.call.RpcFailure;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Fetches the logs of known blocks from one node and checks them: each log must belong to one of the blocks by hash, in
 * order; the node must hold the range's last block, in the same request; the logs of a block with logs, or with a bloom
 * that may contain some, must equal those of its receipts. Few blocks are requested by hash, which pins the branch;
 * many by range, of an adaptive size.
 */
public final class LogReader {
  /** Up to so many blocks, each is requested by its hash: near the head. */
  private static final int BY_HASH_MAX = 64;
  private static final int RANGE_FIRST = 500;
  /** A range with more logs than this does not grow. */
  private static final int LOGS_PER_RANGE = 10_000;

  private final RpcNode rpc;
  private final NodeCapabilities capabilities;
  private final Optional<BloomCheck> blooms;
  private final ReceiptLogs receipts;
  private final AdaptiveSize blocksPerRange;

  /** @param blooms empty to skip the bloom check */
  public LogReader(RpcNode rpc, NodeCapabilities capabilities, Optional<BloomCheck> blooms, ReceiptLogs receipts,
      int blocksPerRangeMax) {
    this.rpc = rpc;
    this.capabilities = capabilities;
    this.blooms = blooms;
    this.receipts = receipts;
    this.blocksPerRange = new AdaptiveSize(Math.min(RANGE_FIRST, blocksPerRangeMax), blocksPerRangeMax);
  }

  public List<BlockData> read(List<Header> headers, LogFilter filter) {
    if (headers.size() > BY_HASH_MAX || !capabilities.mayUse(Capability.LOGS_BY_BLOCK_HASH)) {
      return proved(byRanges(headers, filter), filter);
    }
    List<BlockData> blocks;
    try {
      blocks = proved(byHash(headers, filter), filter);
    } catch (RpcFailure failure) {
      if (!failure.refusesTheQuestion()) {
        throw failure;
      }
      List<BlockData> byNumber = byNumberInstead(headers, filter, failure);
      capabilities.refuses(Capability.LOGS_BY_BLOCK_HASH, failure.getMessage());
      return byNumber;
    }
    if (blocks.stream().anyMatch(block -> !block.logs().isEmpty())) {
      capabilities.supports(Capability.LOGS_BY_BLOCK_HASH);
    }
    return blocks;
  }

  /**
   * Requests the same blocks by number, with the last one in the same request. If that fails too, the hash is not the
   * cause.
   */
  private List<BlockData> byNumberInstead(List<Header> headers, LogFilter filter, RpcFailure byHash) {
    try {
      return proved(byRanges(headers, filter), filter);
    } catch (RpcFailure byNumber) {
      throw byNumber.refusesTheQuestion() ? byHash : byNumber;
    }
  }

  /** Returns the blocks after the receipts of those that need it were compared. */
  private List<BlockData> proved(List<BlockData> blocks, LogFilter filter) {
    List<BlockData> doubtful = blocks.stream().filter(block -> needsProof(block, filter)).toList();
    if (!receipts.check(doubtful, filter)) {
      return blocks;
    }
    Set<Hash> checked = doubtful.stream().map(block -> block.header().hash()).collect(Collectors.toSet());
    return blocks.stream().map(block -> checked.contains(block.header().hash()) ? block.asChecked() : block).toList();
  }

  private List<BlockData> byHash(List<Header> headers, LogFilter filter) {
    RpcBatch batch = rpc.batch();
    List<RpcAnswer<List<LogEntry>>> answers =
        headers.stream().map(header -> batch.add(ChainCalls.logs(header.hash(), filter))).toList();
    batch.send();
    List<BlockData> blocks = new ArrayList<>(headers.size());
    for (int i = 0; i < headers.size(); i++) {
      blocks.addAll(assigned(headers.subList(i, i + 1), answers.get(i).get(), filter));
    }
    return blocks;
  }

  private List<BlockData> byRanges(List<Header> headers, LogFilter filter) {
    int sizeBefore = blocksPerRange.current();
    List<BlockData> blocks = new ArrayList<>(headers.size());
    while (blocks.size() < headers.size()) {
      int to = Math.min(blocks.size() + blocksPerRange.current(), headers.size());
      List<Header> range = headers.subList(blocks.size(), to);
      try {
        List<LogEntry> logs = byRange(range, filter);
        blocks.addAll(assigned(range, logs, filter));
        if (logs.size() < LOGS_PER_RANGE) {
          blocksPerRange.worked(range.size());
        }
      } catch (RpcFailure failure) {
        // Limits have no standard wording: after any failure that may be one, the size is reduced, down to one block.
        if (!failure.kind().mayBeTooMuch()) {
          throw failure;
        }
        if (!blocksPerRange.failed(range.size())) {
          if (failure.kind() != RpcFailure.Kind.DEADLINE) {
            blocksPerRange.restore(sizeBefore);
          }
          throw failure;
        }
      }
    }
    return blocks;
  }

  /** Requests the range's last block too: a node that does not hold it knows nothing of the range. */
  private List<LogEntry> byRange(List<Header> range, LogFilter filter) {
    Header last = range.getLast();
    RpcBatch batch = rpc.batch();
    RpcAnswer<List<LogEntry>> logs = batch.add(ChainCalls.logs(range.getFirst().number(), last.number(), filter));
    batch.pinnedBy(ChainCalls.block(last.number(), false), held -> {
      if (!held.map(Header::hash).equals(Optional.of(last.hash()))) {
        throw rpc.contradicts("answered logs up to block " + last.ref() + " but holds "
            + held.map(header -> header.ref().toString()).orElse("no such block"));
      }
    });
    batch.send();
    return logs.get();
  }

  /** Assigns each log to the block that it names by hash; a log of another block is a failure. */
  private List<BlockData> assigned(List<Header> headers, List<LogEntry> logs, LogFilter filter) {
    Map<Hash, List<LogEntry>> byBlock = HashMap.newHashMap(headers.size());
    headers.forEach(header -> byBlock.put(header.hash(), new ArrayList<>()));
    for (LogEntry log : logs) {
      List<LogEntry> before = byBlock.get(log.blockHash());
      if (before == null) {
        throw rpc.contradicts("answered a log of block " + log.block() + " (" + log.blockHash()
            + "), which is not on the requested branch");
      }
      if (!filter.passes(log)) {
        throw rpc.contradicts("answered a log that was not requested, of " + log.emitter());
      }
      before.add(log);
    }
    return headers.stream()
        .map(header -> new BlockData(header, ordered(byBlock.getOrDefault(header.hash(), List.of())))).toList();
  }

  /** The logs by index in the block; duplicates count once. */
  private List<LogEntry> ordered(List<LogEntry> logs) {
    List<LogEntry> sorted = logs.stream().distinct().sorted(Comparator.comparingInt(LogEntry::index)).toList();
    for (int i = 1; i < sorted.size(); i++) {
      LogEntry before = sorted.get(i - 1);
      LogEntry log = sorted.get(i);
      if (log.transactionIndex() < before.transactionIndex()
          || (log.index() == before.index() && log.transactionIndex() != before.transactionIndex())) {
        throw rpc.contradicts("counts the log indices of block " + log.block() + " per transaction, not per block: the "
            + "logs " + before.index() + " of transaction " + before.transactionIndex() + " and " + log.index()
            + " of transaction " + log.transactionIndex() + ". Such a node cannot be followed");
      }
      if (log.index() == before.index()) {
        throw rpc.contradicts("answered two different logs with the index " + log.index() + " for block "
            + log.block());
      }
    }
    return sorted;
  }

  public boolean checkReceipts(List<BlockData> blocks, LogFilter filter) {
    return receipts.check(blocks, filter);
  }

  private boolean needsProof(BlockData block, LogFilter filter) {
    boolean doubted = blooms.filter(check -> check.doubts(block, filter)).isPresent();
    return doubted || !block.logs().isEmpty();
  }
}
