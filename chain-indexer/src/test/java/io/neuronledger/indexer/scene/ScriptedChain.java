package io.neuronledger.indexer.scene;

import io.neuronledger.contracts.value.Hash;
import io.neuronledger.contracts.value.WalletAddress;
import io.neuronledger.indexer.chain.Bloom;
import io.neuronledger.indexer.scene.LedgerLogs.Draft;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A chain that does what a test says: mines, forks, loses its head. One transaction per log. Thread-safe. */
public final class ScriptedChain {
  private static final long GENESIS_TIME = 1_700_000_000L;

  /** A log in its block. */
  public record Log(WalletAddress emitter, List<String> topics, String data, Hash transaction) {
    public Log {
      topics = List.copyOf(topics);
    }
  }

  /** A block and its logs. */
  public record Block(long number, Hash hash, Hash parent, long time, List<Log> logs) {
    public Block {
      logs = List.copyOf(logs);
    }

    Bloom bloom() {
      List<Bloom.Key> keys = new ArrayList<>();
      for (Log log : logs) {
        keys.add(Bloom.Key.of(log.emitter().value()));
        log.topics().forEach(topic -> keys.add(Bloom.Key.of(topic)));
      }
      return Bloom.ofKeys(keys);
    }
  }

  private final WalletAddress contract;
  private final List<Block> blocks = new ArrayList<>();
  private int salt;

  /** Starts with block 0. */
  public ScriptedChain(WalletAddress contract) {
    this.contract = contract;
    add(List.of());
  }

  private ScriptedChain(ScriptedChain other) {
    this.contract = other.contract;
    this.blocks.addAll(other.blocks());
    this.salt = other.salt + 1_000_000;
  }

  /** The same blocks; from here on a chain of its own. */
  public ScriptedChain copy() {
    return new ScriptedChain(this);
  }

  public WalletAddress contract() {
    return contract;
  }

  /** Mines one block with these logs of the contract. */
  public synchronized Block mine(Draft... logs) {
    return add(List.of(logs).stream().map(log -> new Log(contract, log.topics(), log.data(), hash("tx"))).toList());
  }

  /** Mines one block with a log of somebody else. */
  public synchronized Block mineFrom(WalletAddress emitter, Draft log) {
    return add(List.of(new Log(emitter, log.topics(), log.data(), hash("tx"))));
  }

  /** Mines one block with a log of the contract, and behind it one of somebody else. */
  public synchronized Block mineBoth(Draft ours, WalletAddress emitter, Draft theirs) {
    return add(List.of(new Log(contract, ours.topics(), ours.data(), hash("tx")),
        new Log(emitter, theirs.topics(), theirs.data(), hash("tx"))));
  }

  public synchronized void mineEmpty(int count) {
    for (int i = 0; i < count; i++) {
      mine();
    }
  }

  /** Loses the newest blocks. What is mined next is another branch. */
  public synchronized void lose(int count) {
    for (int i = 0; i < count; i++) {
      blocks.removeLast();
    }
  }

  /** Replaces the newest blocks by as many empty ones. */
  public synchronized void reorganise(int count) {
    lose(count);
    mineEmpty(count);
  }

  public synchronized Block head() {
    return blocks.getLast();
  }

  public synchronized Optional<Block> at(long number) {
    return number < 0 || number >= blocks.size() ? Optional.empty() : Optional.of(blocks.get((int) number));
  }

  public synchronized Optional<Block> byHash(String hash) {
    return blocks.stream().filter(block -> block.hash().value().equals(hash)).findFirst();
  }

  public synchronized List<Block> blocks() {
    return List.copyOf(blocks);
  }

  private Block add(List<Log> logs) {
    long number = blocks.size();
    Hash parent = blocks.isEmpty() ? new Hash("0x" + "0".repeat(64)) : blocks.getLast().hash();
    Block block = new Block(number, hash("block"), parent, GENESIS_TIME + 12 * number, logs);
    blocks.add(block);
    return block;
  }

  private Hash hash(String kind) {
    salt++;
    return Hash.parse(org.web3j.crypto.Hash.sha3String(kind + salt + blocks.size()));
  }
}
