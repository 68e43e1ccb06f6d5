package io.neuronledger.infra.devchain;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * How to start the node.
 *
 * @param port on 127.0.0.1; 0 takes a free one
 * @param state a file that the chain is loaded from, when it exists, and written to on {@code close}
 * @param stateInterval how often it is written while the node runs too: what a crash can lose
 * @param pastStates whether past blocks can be asked for their state after a restart from {@code state}; the file then
 *     grows by some 100 kB with each block
 * @param statesKept of how many of the newest blocks the state is kept: so far back it can be asked for, and so deep a
 *     fork may be. In memory, each some 80 bytes per block of the whole chain
 * @param slotsInAnEpoch blocks behind the head are {@code safe} after one epoch, {@code finalized} after two
 * @param genesisTime block 0's time; the clock's when absent
 * @param log where the node's output goes; a temporary file, deleted on close, when absent
 */
public record AnvilOptions(int port, long chainId, Mining mining, Optional<Path> state,
    Optional<Duration> stateInterval, boolean pastStates, int statesKept, int slotsInAnEpoch,
    Optional<Instant> genesisTime, Optional<Path> log) {
  public static final long DEFAULT_CHAIN_ID = 31_337;
  /** Fewer, and a deep fork on a chain past about 1,000 blocks wipes the contracts' code. */
  private static final int DEFAULT_STATES_KEPT = 5_000;
  private static final int DEFAULT_SLOTS_IN_AN_EPOCH = 32;

  public AnvilOptions {
    if (statesKept < 1) {
      throw new IllegalArgumentException("at least one state is kept, not " + statesKept);
    }
    if (slotsInAnEpoch < 1) {
      throw new IllegalArgumentException("an epoch has at least one slot, not " + slotsInAnEpoch);
    }
    if (state.isEmpty() && (stateInterval.isPresent() || pastStates)) {
      throw new IllegalArgumentException("no state file is named to write to");
    }
  }

  /** A free port, chain 31337, a block per transaction, nothing kept. */
  public static AnvilOptions defaults() {
    return new AnvilOptions(0, DEFAULT_CHAIN_ID, Mining.automatic(), Optional.empty(), Optional.empty(), false,
        DEFAULT_STATES_KEPT, DEFAULT_SLOTS_IN_AN_EPOCH, Optional.empty(), Optional.empty());
  }

  public AnvilOptions withPort(int newPort) {
    return new AnvilOptions(newPort, chainId, mining, state, stateInterval, pastStates, statesKept, slotsInAnEpoch,
        genesisTime, log);
  }

  public AnvilOptions withChainId(long newChainId) {
    return new AnvilOptions(port, newChainId, mining, state, stateInterval, pastStates, statesKept, slotsInAnEpoch,
        genesisTime, log);
  }

  public AnvilOptions withMining(Mining newMining) {
    return new AnvilOptions(port, chainId, newMining, state, stateInterval, pastStates, statesKept, slotsInAnEpoch,
        genesisTime, log);
  }

  /** Keeps the chain in a file: its blocks and logs, and the state at its head. */
  public AnvilOptions withState(Path file) {
    return new AnvilOptions(port, chainId, mining, Optional.of(file), stateInterval, pastStates, statesKept,
        slotsInAnEpoch, genesisTime, log);
  }

  /** Writes the state file this often, in whole seconds, not only when the node is closed. */
  public AnvilOptions withStateInterval(Duration interval) {
    return new AnvilOptions(port, chainId, mining, state, Optional.of(interval), pastStates, statesKept,
        slotsInAnEpoch, genesisTime, log);
  }

  /** Keeps the state at past blocks in the file too: about 100 kB for each block. */
  public AnvilOptions withPastStates() {
    return new AnvilOptions(port, chainId, mining, state, stateInterval, true, statesKept, slotsInAnEpoch, genesisTime,
        log);
  }

  public AnvilOptions withStatesKept(int states) {
    return new AnvilOptions(port, chainId, mining, state, stateInterval, pastStates, states, slotsInAnEpoch,
        genesisTime, log);
  }

  public AnvilOptions withSlotsInAnEpoch(int slots) {
    return new AnvilOptions(port, chainId, mining, state, stateInterval, pastStates, statesKept, slots, genesisTime,
        log);
  }

  public AnvilOptions withGenesisTime(Instant time) {
    return new AnvilOptions(port, chainId, mining, state, stateInterval, pastStates, statesKept, slotsInAnEpoch,
        Optional.of(time), log);
  }

  public AnvilOptions withLog(Path file) {
    return new AnvilOptions(port, chainId, mining, state, stateInterval, pastStates, statesKept, slotsInAnEpoch,
        genesisTime, Optional.of(file));
  }
}
