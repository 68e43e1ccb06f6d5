package io.neuronledger.wallet.send;

import io.neuronledger.client.query.model.EntriesPage;
import io.neuronledger.client.query.model.Entry;
import io.neuronledger.client.query.model.Position;
import io.neuronledger.wallet.chain.NodeClient;
import io.neuronledger.wallet.chain.NodeClient.Mined;
import io.neuronledger.wallet.chain.SignedTransaction;
import io.neuronledger.wallet.ledger.OwnerReader;
import io.neuronledger.wallet.option.Surroundings;
import io.neuronledger.wallet.outcome.CommandFailure;
import io.neuronledger.wallet.text.Printable;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Waits until a transaction is mined, as its node says, and then until the ledger shows what it has done. */
final class LedgerWait {
  private static final Duration POLL = Duration.ofMillis(500);

  private final NodeClient node;
  private final OwnerReader reader;
  private final Surroundings surroundings;
  private final Consumer<String> failures;

  /** @param failures takes a sentence about each failure, before it is asked again */
  LedgerWait(NodeClient node, OwnerReader reader, Surroundings surroundings, Consumer<String> failures) {
    this.node = node;
    this.reader = reader;
    this.surroundings = surroundings;
    this.failures = failures;
  }

  /**
   * Asks again and again, also a node or a ledger that fails.
   *
   * @return recorded or reverted; what was given where neither comes in time
   */
  SendReport until(SignedTransaction signed, SendReport sent, Duration timeout) {
    Instant end = surroundings.clock().instant().plus(timeout);
    while (true) {
      try {
        Optional<SendReport> seen = node.mined(signed.hash()).flatMap(mined -> seen(signed, sent, mined));
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

  private Optional<SendReport> seen(SignedTransaction signed, SendReport sent, Mined mined) {
    return mined.succeeded() ? recorded(signed, sent, mined)
        : Optional.of(sent.ended(SendReport.State.reverted, mined.block(), List.of()));
  }

  /** A fork may take a transaction to another block: the entries name the one that counts. */
  private Optional<SendReport> recorded(SignedTransaction signed, SendReport sent, Mined mined) {
    List<Entry> entries = reader.entries(signed.hash(), mined.block()).map(EntriesPage::getEntries).orElse(List.of())
        .stream().filter(entry -> !entry.getRetracted()).toList();
    return entries.isEmpty() ? Optional.empty()
        : Optional.of(sent.ended(SendReport.State.recorded,
            Optional.ofNullable(entries.getFirst().getPosition()).map(Position::getBlock).orElse(mined.block()),
            entries.stream().map(entry -> Printable.of(entry.getType() + " " + entry.getId())).toList()));
  }
}
