package io.neuronledger.indexer.chain.log;

import io.neuronledger.contracts.value.Hash;
import io.neuronledger.indexer.chain.block.BlockData;
import io.neuronledger.indexer.chain.block.Header;
import io.neuronledger.indexer.chain.block.LogEntry;
import io.neuronledger.indexer.chain.block.LogFilter;
import io.neuronledger.indexer.chain.call.NodeCapabilities;
import io.neuronledger.indexer.chain.call.NodeCapabilities.Capability;
import io.neuronledger.indexer.chain.call.ReceiptCalls;
import io.neuronledger.indexer.rpc.RpcBatch;
import io.neuronledger.indexer.rpc.RpcNode;
import io.neuronledger.indexer.rpc.call.RpcAnswer;
import io.neuronledger.indexer.rpc.call.RpcFailure;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Checks the logs that a node answers for some blocks against the receipts of their transactions: nodes keep both in
 * separate places, so the receipts reveal missing logs. Not thread-safe.
 */
public final class ReceiptLogs {
  private static final Logger log = LoggerFactory.getLogger(ReceiptLogs.class);

  private final RpcNode rpc;
  private final NodeCapabilities capabilities;

  public ReceiptLogs(RpcNode rpc, NodeCapabilities capabilities) {
    this.rpc = rpc;
    this.capabilities = capabilities;
  }

  /**
   * @return whether the node has the receipts; if not, nothing is known
   * @throws RpcFailure if the receipts have other logs of the filter than the node answered
   */
  boolean check(List<BlockData> blocks, LogFilter filter) {
    if (blocks.isEmpty()) {
      return true;
    }
    if (!capabilities.mayUse(Capability.RECEIPTS)) {
      return false;
    }
    Optional<List<List<ReceiptCalls.Receipt>>> receipts =
        receipts(blocks.stream().map(BlockData::header).toList());
    for (int i = 0; receipts.isPresent() && i < blocks.size(); i++) {
      compare(blocks.get(i), receipts.get().get(i), filter);
    }
    return receipts.isPresent();
  }

  /** Empty where the node keeps refusing them; then they are not requested for a while. */
  private Optional<List<List<ReceiptCalls.Receipt>>> receipts(List<Header> headers) {
    try {
      List<List<ReceiptCalls.Receipt>> receipts = Repeated.ask(() -> ask(headers), RpcFailure::refusesTheQuestion);
      capabilities.supports(Capability.RECEIPTS);
      return Optional.of(receipts);
    } catch (RpcFailure failure) {
      if (!failure.refusesTheQuestion()) {
        throw failure;
      }
      capabilities.lacks(Capability.RECEIPTS, "blocks " + headers.getFirst().number() + " to "
          + headers.getLast().number() + ": " + failure.getMessage());
      return Optional.empty();
    }
  }

  private void compare(BlockData block, List<ReceiptCalls.Receipt> receipts, LogFilter filter) {
    Header header = block.header();
    if (receipts.size() != header.transactionCount()
        || receipts.stream().anyMatch(receipt -> !receipt.block().equals(header.hash()))) {
      throw rpc.contradicts("answered " + receipts.size() + " receipts for block " + header.ref()
          + ", not those of its " + header.transactionCount() + " transactions");
    }
    List<LogEntry> held = receipts.stream().flatMap(receipt -> receipt.logs().stream()).filter(filter::passes)
        .sorted(Comparator.comparingInt(LogEntry::index)).toList();
    if (!held.equals(block.logs()) && unnumbered(held).equals(unnumbered(block.logs()))) {
      throw rpc.contradicts("counts the log indices of block " + header.ref()
          + " per transaction, not per block as its receipts do. Such a node cannot be followed");
    }
    if (!held.equals(block.logs())) {
      throw rpc.contradicts("answered " + block.logs().size() + " logs for block " + header.ref()
          + ", while its receipts hold " + held.size() + " of the same contracts");
    }
  }

  /** The logs without their indices. */
  private static List<LogEntry> unnumbered(List<LogEntry> logs) {
    return logs.stream().map(log -> new LogEntry(log.emitter(), log.topics(), log.data(), log.block(), log.blockHash(),
        log.transactionHash(), log.transactionIndex(), 0)).toList();
  }

  private List<List<ReceiptCalls.Receipt>> ask(List<Header> headers) {
    if (capabilities.mayUse(Capability.BLOCK_RECEIPTS)) {
      try {
        List<List<ReceiptCalls.Receipt>> receipts = byBlock(headers);
        capabilities.supports(Capability.BLOCK_RECEIPTS);
        return receipts;
      } catch (RpcFailure failure) {
        if (!failure.refusesTheQuestion()) {
          throw failure;
        }
        if (failure.isUnknownMethod()) {
          capabilities.lacks(Capability.BLOCK_RECEIPTS, failure.getMessage());
        } else {
          log.info("{} does not answer all receipts of a block, so each is requested: {}", rpc.name(),
              failure.getMessage());
        }
      }
    }
    return byTransaction(headers);
  }

  private List<List<ReceiptCalls.Receipt>> byBlock(List<Header> headers) {
    RpcBatch batch = rpc.batch();
    List<RpcAnswer<Optional<List<ReceiptCalls.Receipt>>>> answers =
        headers.stream().map(header -> batch.add(ReceiptCalls.ofBlock(header.number()))).toList();
    batch.send();
    List<List<ReceiptCalls.Receipt>> receipts = new ArrayList<>(headers.size());
    for (int i = 0; i < headers.size(); i++) {
      Header header = headers.get(i);
      receipts.add(answers.get(i).get().orElseThrow(() -> rpc.contradicts("has no receipts of block " + header.ref())));
    }
    return receipts;
  }

  private List<List<ReceiptCalls.Receipt>> byTransaction(List<Header> headers) {
    RpcBatch blocks = rpc.batch();
    List<RpcAnswer<Optional<List<Hash>>>> hashes =
        headers.stream().map(header -> blocks.add(ReceiptCalls.transactionsOf(header.hash()))).toList();
    blocks.send();
    RpcBatch batch = rpc.batch();
    List<List<RpcAnswer<Optional<ReceiptCalls.Receipt>>>> answers = new ArrayList<>(headers.size());
    for (int i = 0; i < headers.size(); i++) {
      Header header = headers.get(i);
      answers.add(hashes.get(i).get().orElseThrow(() -> rpc.contradicts("does not have block " + header.ref())).stream()
          .map(hash -> batch.add(ReceiptCalls.ofTransaction(hash))).toList());
    }
    batch.send();
    return answers.stream().map(ofBlock -> ofBlock.stream().map(answer ->
        answer.get().orElseThrow(() -> rpc.contradicts("has no receipt of a transaction in its own block"))).toList())
        .toList();
  }
}
