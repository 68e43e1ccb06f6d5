package io.neuronledger.indexer.decode.accountledger;

import io.neuronledger.contracts.event.ChainEvent;
import io.neuronledger.contracts.value.Hash;
import io.neuronledger.contracts.value.WalletAddress;
import io.neuronledger.foundation.evm.Bloom;
import io.neuronledger.indexer.chain.block.BlockData;
import io.neuronledger.indexer.chain.block.Header;
import io.neuronledger.indexer.chain.block.LogEntry;
import io.neuronledger.indexer.decode.Reading;
import io.neuronledger.indexer.fixture.LedgerLogs.Draft;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Drafts of logs, as the family reads them in a block. */
final class Decoding {
  static final WalletAddress CONTRACT = WalletAddress.parse("0x" + "c0".repeat(20));
  private static final Hash BLOCK = new Hash("0x" + "b1".repeat(32));
  private static final Header HEADER = new Header(5, BLOCK, new Hash("0x" + "b0".repeat(32)),
      Instant.ofEpochSecond(1_700_000_000), Bloom.ofKeys(List.of()), 1, List.of());

  private Decoding() {}

  /** Each log in a transaction of its own. */
  static List<Reading> read(Draft... logs) {
    List<LogEntry> entries = new ArrayList<>();
    for (Draft log : logs) {
      entries.add(entry(log, entries.size(), entries.size()));
    }
    return read(entries);
  }

  static List<Reading> read(List<LogEntry> logs) {
    return new AccountLedgerFamily(CONTRACT).read(new BlockData(HEADER, logs));
  }

  static LogEntry entry(Draft log, int transaction, int index) {
    return new LogEntry(CONTRACT, log.topics(), log.data(), 5, BLOCK, new Hash("0x" + "%064x".formatted(transaction)),
        transaction, index);
  }

  static ChainEvent fact(Draft log) {
    return ((Reading.Fact) read(log).getFirst()).event();
  }
}
