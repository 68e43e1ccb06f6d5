package io.neuronledger.indexer.chain;

import io.neuronledger.contracts.value.Hash;
import io.neuronledger.indexer.rpc.RpcAnswer;
import io.neuronledger.indexer.rpc.RpcBatch;
import io.neuronledger.indexer.rpc.RpcFailure;
import io.neuronledger.indexer.rpc.RpcNode;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Holds the logs that a node answers for some blocks against the receipts of their transactions: a node that leaves
 * out some of a contract's logs keeps them in another place than the receipts. Not thread-safe.
 */
final class ReceiptLogs {
  private static final Logger log = LoggerFactory.getLogger(ReceiptLogs.class);
  private static final Duration ASKED_AGAIN_AFTER = Duration.ofMinutes(10);
  /** One refusal says nothing: behind a balancer a machine that lags refuses what all others answer. */
  private static final int TRIES = 3;

  private final RpcNode rpc;
  private final InstantSource time;
  private Instant oneByOneUntil = Instant.MIN;
  private Instant withoutUntil = Instant.MIN;

  /** @param time tells for how long a node is not asked again what it does not know */
  ReceiptLogs(RpcNode rpc, InstantSource time) {
    this.rpc = rpc;
    this.time = time;
  }

  /**
   * @return whether the receipts were there: otherwise nothing is known
   * @throws RpcFailure if the receipts hold other logs of the filter than were answered
   */
  boolean check(List<BlockMaterial> blocks, LogFilter filter) {
    if (blocks.isEmpty()) {
      return true;
    }
    if (time.instant().isBefore(withoutUntil)) {
      return false;
    }
    Optional<List<List<ReceiptCalls.Receipt>>> receipts =
        receipts(blocks.stream().map(BlockMaterial::header).toList());
    for (int i = 0; receipts.isPresent() && i < blocks.size(); i++) {
      compare(blocks.get(i), receipts.get().get(i), filter);
    }
    return receipts.isPresent();
  }

  /** Empty where the node lasts in not answering them; then it is not asked for a while. */
  private Optional<List<List<ReceiptCalls.Receipt>>> receipts(List<Header> headers) {
    for (int left = TRIES;; left--) {
      try {
        return Optional.of(ask(headers));
      } catch (RpcFailure failure) {
        if (!failure.refusesTheQuestion()) {
          throw failure;
        }
        if (left > 1 && !failure.isUnknownMethod()) {
          continue;
        }
        withoutUntil = time.instant().plus(ASKED_AGAIN_AFTER);
        log.warn("{} has no receipts of blocks {} to {}, so a log that it leaves out is not noticed by them: {}",
            rpc.name(), headers.getFirst().number(), headers.getLast().number(), failure.getMessage());
        return Optional.empty();
      }
    }
  }

  private void compare(BlockMaterial block, List<ReceiptCalls.Receipt> receipts, LogFilter filter) {
    Header header = block.header();
    if (receipts.size() != header.transactionCount()
        || receipts.stream().anyMatch(receipt -> !receipt.block().equals(header.hash()))) {
      throw inconsistent("answered " + receipts.size() + " receipts for block " + header.ref() + ", not those of its "
          + header.transactionCount() + " transactions");
    }
    List<LogEntry> held = receipts.stream().flatMap(receipt -> receipt.logs().stream()).filter(filter::passes)
        .sorted(Comparator.comparingInt(LogEntry::index)).toList();
    if (!held.equals(block.logs()) && unnumbered(held).equals(unnumbered(block.logs()))) {
      throw inconsistent("counts the log indices of block " + header.ref()
          + " per transaction, not per block as its receipts do. Such a node cannot be followed");
    }
    if (!held.equals(block.logs())) {
      throw inconsistent("answered " + block.logs().size() + " logs for block " + header.ref()
          + ", while its receipts hold " + held.size() + " of the same contracts");
    }
  }

  /** The logs apart from their indices. */
  private static List<LogEntry> unnumbered(List<LogEntry> logs) {
    return logs.stream().map(log -> new LogEntry(log.emitter(), log.topics(), log.data(), log.block(), log.blockHash(),
        log.transactionHash(), log.transactionIndex(), 0)).toList();
  }

  private List<List<ReceiptCalls.Receipt>> ask(List<Header> headers) {
    if (!time.instant().isBefore(oneByOneUntil)) {
      try {
        return byBlock(headers);
      } catch (RpcFailure failure) {
        if (!failure.refusesTheQuestion()) {
          throw failure;
        }
        if (failure.isUnknownMethod()) {
          oneByOneUntil = time.instant().plus(ASKED_AGAIN_AFTER);
        }
        log.info("{} does not answer all receipts of a block, so each is asked for: {}", rpc.name(),
            failure.getMessage());
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
      receipts.add(answers.get(i).get().orElseThrow(() -> inconsistent("has no receipts of block " + header.ref())));
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
      answers.add(hashes.get(i).get().orElseThrow(() -> inconsistent("does not have block " + header.ref())).stream()
          .map(hash -> batch.add(ReceiptCalls.ofTransaction(hash))).toList());
    }
    batch.send();
    return answers.stream().map(ofBlock -> ofBlock.stream().map(answer ->
        answer.get().orElseThrow(() -> inconsistent("has no receipt of a transaction in its own block"))).toList())
        .toList();
  }

  private RpcFailure inconsistent(String what) {
    return new RpcFailure(RpcFailure.Kind.INCONSISTENT, rpc.name() + ": " + what);
  }
}
