package io.neuronledger.wallet.send;

import io.neuronledger.client.query.model.EntriesPage;
import io.neuronledger.client.query.model.Entry;
import io.neuronledger.wallet.chain.NodeClient;
import io.neuronledger.wallet.chain.NodeClient.Mined;
import io.neuronledger.wallet.chain.SignedTransaction;
import io.neuronledger.wallet.ledger.OwnerReader;
import io.neuronledger.wallet.option.Surroundings;
import io.neuronledger.wallet.text.Printable;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Waits until a transaction is mined, as its node says, and then until the ledger shows what it has done. */
final class LedgerWait {
  private static final Duration POLL = Duration.ofMillis(500);

  private final NodeClient node;
  private final OwnerReader reader;
  private final Surroundings surroundings;

  LedgerWait(NodeClient node, OwnerReader reader, Surroundings surroundings) {
    this.node = node;
    this.reader = reader;
    this.surroundings = surroundings;
  }

  /** @return recorded or reverted; what was given where neither comes in time */
  SendReport until(SignedTransaction signed, SendReport sent, Duration timeout) {
    Instant end = surroundings.clock().instant().plus(timeout);
    while (true) {
      Optional<Mined> mined = node.mined(signed.hash());
      if (mined.isPresent() && !mined.get().succeeded()) {
        return sent.ended(SendReport.State.reverted, mined.get().block(), List.of());
      }
      Optional<SendReport> recorded = mined.flatMap(block -> recorded(signed, sent, block));
      if (recorded.isPresent()) {
        return recorded.get();
      }
      if (!surroundings.clock().instant().isBefore(end)) {
        return sent;
      }
      surroundings.pauses().accept(POLL);
    }
  }

  /** A fork may take a transaction to another block: the entries name the one that counts. */
  private Optional<SendReport> recorded(SignedTransaction signed, SendReport sent, Mined mined) {
    List<Entry> entries = reader.entries(signed.hash(), mined.block()).map(EntriesPage::getEntries).orElse(List.of())
        .stream().filter(entry -> !entry.getRetracted()).toList();
    return entries.isEmpty() ? Optional.empty()
        : Optional.of(sent.ended(SendReport.State.recorded, entries.getFirst().getPosition().getBlock(),
            entries.stream().map(entry -> Printable.of(entry.getType() + " " + entry.getId())).toList()));
  }
}
