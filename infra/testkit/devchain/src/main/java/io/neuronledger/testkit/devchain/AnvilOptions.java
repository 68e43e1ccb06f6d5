package io.neuronledger.testkit.devchain;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * The start options of the node.
 *
 * @param port the port on 127.0.0.1; 0 for a free one
 * @param state the state file: the chain is loaded from it, when it exists, and written to it on {@code close}
 * @param stateInterval the interval at which a running node writes the state file: a crash loses at most this much
 * @param pastStates whether the state of past blocks is readable after a restart from {@code state}; the file then
 *     grows by about 100 kB per block
 * @param statesKept the number of newest blocks whose state is kept in memory, which also limits the depth of a fork;
 *     each takes about 80 bytes per block of the whole chain
 * @param slotsInAnEpoch the number of blocks of an epoch: a block is {@code safe} one epoch below the head,
 *     {@code finalized} two epochs below it
 * @param genesisTime block 0's time; the current time when absent
 * @param log the file of the node's output; a temporary file, deleted on close, when absent
 */
public record AnvilOptions(int port, long chainId, Mining mining, Optional<Path> state,
    Optional<Duration> stateInterval, boolean pastStates, int statesKept, int slotsInAnEpoch,
    Optional<Instant> genesisTime, Optional<Path> log) {
  public static final long DEFAULT_CHAIN_ID = 31_337;
  /** With fewer, a deep fork on a chain of more than about 1,000 blocks loses the contracts' code. */
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
      throw new IllegalArgumentException("no state file is given");
    }
  }

  /** A free port, chain 31337, a block per transaction, no state file. */
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

  /** Writes the state file at this interval, in whole seconds, not only on close. */
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
