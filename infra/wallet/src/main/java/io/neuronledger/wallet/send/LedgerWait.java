package io.neuronledger.wallet.send;

import io.neuronledger.client.query.model.Entry;
import io.neuronledger.client.query.model.Position;
import io.neuronledger.contracts.value.WalletAddress;
import io.neuronledger.wallet.chain.NodeClient;
import io.neuronledger.wallet.chain.NodeClient.Mined;
import io.neuronledger.wallet.chain.SignedTransaction;
import io.neuronledger.wallet.ledger.OwnerReader;
import io.neuronledger.wallet.ledger.OwnerReader.ReadBlock;
import io.neuronledger.wallet.ledger.OwnerReader.TransactionEntries;
import io.neuronledger.wallet.option.Surroundings;
import io.neuronledger.wallet.outcome.CommandFailure;
import io.neuronledger.wallet.text.Printable;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Waits until the ledger shows a transaction. The ledger is asked by its hash, whatever the node says; the node alone
 * ends nothing before the ledger is as of its block, and shows nothing of the transaction.
 */
final class LedgerWait {
  private static final Duration POLL = Duration.ofMillis(500);

  private final NodeClient node;
  private final OwnerReader reader;
  private final Surroundings surroundings;
  private final Consumer<String> failures;
  /** The node's newest block when its wallet's nonce was first seen to be used. */
  private Optional<Long> nonceUsedBy = Optional.empty();

  /** @param failures takes a sentence about each failure, before it is asked again */
  LedgerWait(NodeClient node, OwnerReader reader, Surroundings surroundings, Consumer<String> failures) {
    this.node = node;
    this.reader = reader;
    this.surroundings = surroundings;
    this.failures = failures;
  }

  /**
   * Asks again and again, also a node or a ledger that fails. The ledger has no longer to answer than is left, but for
   * a last question of half a second.
   *
   * @return recorded, reverted, unchanged or replaced; what was given where none of them comes in time
   */
  SendReport until(SignedTransaction signed, SendReport sent, Duration timeout) {
    Instant end = surroundings.clock().instant().plus(timeout);
    while (true) {
      try {
        Duration left = Duration.between(surroundings.clock().instant(), end);
        Optional<SendReport> seen =
            seen(reader.once(left.compareTo(POLL) > 0 ? left : POLL).entries(signed.hash()), signed, sent);
        if (seen.isPresent()) {
          return seen.get();
        }
      } catch (CommandFailure e) {
        failures.accept(e.sentence());
      }
      if (!surroundings.clock().instant().isBefore(end)) {
        return sent;
      }
      surroundings.pauses().accept(POLL);
    }
  }

  /** A fork may take a transaction to another block: the entries name the one that counts. */
  private Optional<SendReport> seen(TransactionEntries shown, SignedTransaction signed, SendReport sent) {
    List<Entry> entries = shown.entries();
    if (!entries.isEmpty()) {
      long block = Optional.ofNullable(entries.getFirst().getPosition()).map(Position::getBlock)
          .or(() -> shown.at().map(ReadBlock::number)).orElseThrow();
      return Optional.of(sent.recorded(block, shown.finalized(),
          entries.stream().map(entry -> Printable.of(entry.getType() + " " + entry.getId())).toList()));
    }
    Optional<Mined> mined = node.mined(signed.hash());
    if (mined.isPresent()) {
      return mined.filter(each -> isAsOf(shown, each.block())).map(each -> sent.ended(
          each.reverted() ? SendReport.State.reverted : SendReport.State.unchanged, Optional.of(each.block())));
    }
    return isReplaced(sent, shown) ? Optional.of(sent.ended(SendReport.State.replaced, Optional.empty()))
        : Optional.empty();
  }

  private boolean isReplaced(SendReport sent, TransactionEntries shown) {
    if (node.nonce(WalletAddress.typed(sent.from())).compareTo(sent.nonce().orElseThrow()) <= 0) {
      nonceUsedBy = Optional.empty();
      return false;
    }
    if (nonceUsedBy.isEmpty()) {
      nonceUsedBy = Optional.of(node.newestBlock());
    }
    return isAsOf(shown, nonceUsedBy.get());
  }

  /** Whether a transaction of this block would be shown: a ledger on another branch than the node shows none of it. */
  private boolean isAsOf(TransactionEntries shown, long minedIn) {
    return shown.at().filter(at -> at.number() >= minedIn && node.isOnChain(at.number(), at.hash())).isPresent();
  }
}
