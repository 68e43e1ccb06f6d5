package io.neuronledger.cli.bench.chain;

import io.neuronledger.contracts.value.WalletAddress;
import io.neuronledger.foundation.evm.Quantity;
import java.time.Instant;

/**
 * The blocks of a script as JSON: an empty block 0; block 1 registers the service; then the events, the same number in
 * each block, half of them in each of its two transactions; then blocks with one further event each; then empty blocks
 * without end.
 */
final class SyntheticBlocks {
  static final WalletAddress CONTRACT = WalletAddress.parse("0x" + "5e".repeat(20));
  static final long FIRST_WITH_EVENTS = 2;
  /** The number of blocks with one event. */
  static final int SINGLES = 1_500;
  private static final long GENESIS = Instant.parse("2026-01-01T00:00:00Z").getEpochSecond();
  private static final int TRANSACTIONS = 2;
  private static final long BLOCK = 11;
  private static final long TRANSACTION = 12;
  private static final long ROOT = 13;
  /** Any log may be in it: the logs themselves decide. */
  private static final String FULL_BLOOM = "0x" + "f".repeat(512);
  private static final String EMPTY_BLOOM = "0x" + "0".repeat(512);
  private static final String NO_HASH = "0x" + "0".repeat(64);

  private final Script script;
  private final int eventsPerBlock;
  /** The last block that both branches have. */
  private final long kept;

  SyntheticBlocks(Script script, int eventsPerBlock, long kept) {
    this.script = script;
    this.eventsPerBlock = eventsPerBlock;
    this.kept = kept;
  }

  /** The last block with an event. */
  long last() {
    return lastOf(script, eventsPerBlock);
  }

  static long lastOf(Script script, int eventsPerBlock) {
    return FIRST_WITH_EVENTS - 1 + Math.ceilDiv(script.events(), eventsPerBlock);
  }

  private long branchOf(long block, long branch) {
    return block > kept ? branch : 0;
  }

  String hash(long block, long branch) {
    return Words.hash(BLOCK, branchOf(block, branch), block);
  }

  private String transaction(long block, long branch, int index) {
    return Words.hash(TRANSACTION + ((long) index << Byte.SIZE), branchOf(block, branch), block);
  }

  static long time(long block) {
    return GENESIS + block;
  }

  private boolean hasLogs(long block) {
    return block >= 1 && block <= last() + SINGLES;
  }

  /** The root of the contract's storage: another one after each block with logs. */
  String root(long block) {
    return Words.hash(ROOT, 0, Math.min(block, last() + SINGLES));
  }

  String block(long block, long branch) {
    StringBuilder json = new StringBuilder(1_500).append("{\"number\":\"").append(Quantity.of(block))
        .append("\",\"hash\":\"").append(hash(block, branch)).append("\",\"parentHash\":\"")
        .append(block == 0 ? NO_HASH : hash(block - 1, branch)).append("\",\"timestamp\":\"")
        .append(Quantity.of(time(block))).append("\",\"logsBloom\":\"")
        .append(hasLogs(block) ? FULL_BLOOM : EMPTY_BLOOM).append("\",\"transactions\":[");
    for (int i = 0; i < TRANSACTIONS && hasLogs(block); i++) {
      json.append(i == 0 ? "\"" : ",\"").append(transaction(block, branch, i)).append('"');
    }
    return json.append("]}").toString();
  }

  void logs(long block, long branch, StringBuilder json) {
    for (int i = 0; i < TRANSACTIONS && hasLogs(block); i++) {
      logs(block, branch, i, json);
    }
  }

  String receipts(long block, long branch) {
    StringBuilder json = new StringBuilder("[");
    for (int i = 0; i < TRANSACTIONS && hasLogs(block); i++) {
      json.append(i == 0 ? "{" : ",{").append("\"blockHash\":\"").append(hash(block, branch))
          .append("\",\"transactionHash\":\"").append(transaction(block, branch, i))
          .append("\",\"status\":\"0x1\",\"logs\":[");
      logs(block, branch, i, json);
      json.append("]}");
    }
    return json.append(']').toString();
  }

  /** The logs of one transaction, with a comma before each but the first in {@code json}'s list. */
  private void logs(long block, long branch, int transaction, StringBuilder json) {
    if (block < FIRST_WITH_EVENTS || block > last()) {
      if (transaction == 0) {
        log(block > last() ? single(block) : SyntheticLog.serviceRegistered(), block, branch, transaction, 0, json);
      }
      return;
    }
    long first = (block - FIRST_WITH_EVENTS) * eventsPerBlock;
    int half = Math.ceilDiv(eventsPerBlock, TRANSACTIONS);
    int end = (int) Math.min(transaction == 0 ? half : eventsPerBlock, script.events() - first);
    for (int i = transaction * half; i < end; i++) {
      log(script.log(first + i, time(block)), block, branch, transaction, i, json);
    }
  }

  /** The last two concern the other provider. */
  private SyntheticLog single(long block) {
    long left = last() + SINGLES - block;
    return left == 0 ? ScriptedLogs.settlementOf(Script.OTHER_FEES)
        : left == 1 ? ScriptedLogs.funding() : script.log(script.events() + block - last() - 1, time(block));
  }

  private void log(SyntheticLog log, long block, long branch, int transaction, int index, StringBuilder json) {
    if (json.charAt(json.length() - 1) != '[') {
      json.append(',');
    }
    json.append("{\"address\":\"").append(CONTRACT.value()).append("\",\"topics\":").append(log.topics())
        .append(",\"data\":\"").append(log.data()).append("\",\"blockNumber\":\"").append(Quantity.of(block))
        .append("\",\"blockHash\":\"").append(hash(block, branch)).append("\",\"transactionHash\":\"")
        .append(transaction(block, branch, transaction)).append("\",\"transactionIndex\":\"")
        .append(Quantity.of(transaction)).append("\",\"logIndex\":\"").append(Quantity.of(index))
        .append("\",\"removed\":false}");
  }
}
