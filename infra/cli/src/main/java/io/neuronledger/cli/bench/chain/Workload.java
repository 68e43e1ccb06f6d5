package io.neuronledger.cli.bench.chain;

import io.neuronledger.cli.stack.chain.ChainSource;
import io.neuronledger.contracts.value.WalletAddress;
import java.util.Locale;

/** A computed chain with a known number of events, which shows as much of itself as a run wants. */
public final class Workload implements AutoCloseable {
  private static final int EVENTS_PER_BLOCK = 100;
  private static final int TENTHS = 10;
  private static final long FORK_DEPTH = 8;

  private final String name;
  private final Script script;
  private final SyntheticChain chain;
  /** The last block of the first branch; the last one of all where there is no fork. */
  private final long forkAt;
  private boolean forked;

  private Workload(String name, Script script, boolean forks) {
    long last = SyntheticBlocks.lastOf(script, EVENTS_PER_BLOCK);
    this.name = String.format(Locale.ROOT, "%s: %,d events", name, script.events());
    this.script = script;
    this.forkAt = forks ? last - last / TENTHS : last;
    this.chain = SyntheticChain.start(script, EVENTS_PER_BLOCK, forks ? forkAt - FORK_DEPTH : Long.MAX_VALUE);
  }

  /** @see Script.Even */
  public static Workload even(long events, long wallets) {
    return new Workload(String.format(Locale.ROOT, "one provider, %,d wallets alike", wallets),
        new Script.Even(events, wallets), false);
  }

  /** @see Script.Skewed */
  public static Workload skewed(long events, long wallets) {
    return new Workload(String.format(Locale.ROOT, "eight providers, %,d skewed wallets, refunds, a fork", wallets),
        new Script.Skewed(events, wallets), true);
  }

  /** The name in tables and files. */
  public String name() {
    return name;
  }

  public Script script() {
    return script;
  }

  public ChainSource.Given source() {
    return chain.asSource();
  }

  /** The number of blocks with events. */
  public long blocks() {
    return blocksUpTo(chain.last());
  }

  /** The number of blocks with events up to this one. */
  public long blocksUpTo(long block) {
    return Math.clamp(block - SyntheticBlocks.FIRST_WITH_EVENTS + 1, 0, chain.last());
  }

  /** Events are evenly distributed over the blocks. */
  public double eventsPerBlock() {
    return (double) script.events() / blocks();
  }

  /** The owner of the last event. */
  public WalletAddress lastOwner() {
    return script.ownerOf(script.events() - 1);
  }

  /** How many blocks new processes work on before it counts: half of them, so that what is hot has been compiled. */
  public long warmUpBlocks() {
    return blocks() / 2;
  }

  /** Begins a run: shows the blocks that do not count only. */
  public void showWarmUp() {
    forked = false;
    chain.show(warmUpBlocks() + 1);
  }

  /** Begins a run, or continues it after the warm-up. */
  public void showAll() {
    forked = false;
    chain.show(forkAt);
  }

  /** Shows the rest, on another branch, once so many blocks are finished that the fork is due. */
  public void finished(long blocks) {
    if (!forked && forkAt < chain.last() && blocks >= blocksUpTo(forkAt)) {
      forked = true;
      chain.fork(chain.last());
    }
  }

  /** The number of blocks with one event that may follow; the last two fund and settle at the other provider. */
  public int singles() {
    return SyntheticBlocks.SINGLES;
  }

  /**
   * Shows one more block, with one event.
   *
   * @param number from 0
   * @return the block
   */
  public long showSingle(int number) {
    long block = chain.last() + 1 + number;
    chain.fork(block);
    return block;
  }

  /** The owner of that event. */
  public WalletAddress ownerOfSingle(int number) {
    return script.ownerOf(script.events() + number);
  }

  /**
   * Shows empty blocks after those with one event, which it shows too.
   *
   * @return the last block
   */
  public long showEmpty(long blocks) {
    long block = chain.last() + singles() + blocks;
    chain.fork(block);
    return block;
  }

  @Override
  public void close() {
    chain.close();
  }
}
