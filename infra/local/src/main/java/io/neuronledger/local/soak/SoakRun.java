package io.neuronledger.local.soak;

import java.util.Random;
import java.util.function.IntConsumer;

/**
 * One soak: random blocks, forks among them, each compared before a fork can take it away.
 *
 * <p>Sometimes the pipeline has caught up before a fork, sometimes it hears of it in the middle of its work, sometimes
 * it never sees the old branch at all.
 */
final class SoakRun {
  private static final int BLOCKS_AT_ONCE_MAX = 12;

  private final long seed;
  private final ForkingDevChain chain;
  private final Pipeline pipeline;
  private final Random random;
  private final Comparer comparer;
  private int operations;
  private int forks;
  private long blocks;
  private long compared;

  SoakRun(long seed, ForkingDevChain chain, Pipeline pipeline) {
    this.seed = seed;
    this.chain = chain;
    this.pipeline = pipeline;
    // Apart from the chain's dice: how fast the pipeline is must not change what happens on the chain.
    this.random = new Random(~seed);
    this.comparer = new Comparer(chain);
    this.compared = chain.contract().startBlock() - 1;
  }

  /** @param progress told how many of the wanted operations are done, now and then */
  void play(int wanted, IntConsumer progress) {
    int end = operations + wanted;
    while (operations < end) {
      int atOnce = 1 + random.nextInt(BLOCKS_AT_ONCE_MAX);
      for (int i = 0; i < atOnce && operations < end; i++) {
        operations += chain.mine();
        blocks++;
      }
      if (random.nextInt(3) > 0) {
        compare();
      }
      if (random.nextInt(3) == 0) {
        fork();
      }
      progress.accept(Math.min(wanted, wanted - end + operations));
    }
  }

  /** Compares what is left, and reads what was published. */
  SoakReport finish(int kills) {
    compare();
    PublicationAudit.Result published = PublicationAudit.of(pipeline.bootstrapServers());
    return new SoakReport(seed, operations, forks, kills, blocks, comparer.comparisons(), published.events(),
        chain.trouble().answers(), chain.trouble().played(), comparer.mismatches(), published.discrepancies(),
        published.faults());
  }

  /** Compares every block that has not been compared yet. */
  void compare() {
    long head = chain.head();
    comparer.compare(pipeline.api(), compared + 1, head);
    compared = head;
  }

  private void fork() {
    long stayed = chain.fork();
    if (stayed < chain.head()) {
      forks++;
      compared = Math.min(compared, stayed);
    }
  }
}
