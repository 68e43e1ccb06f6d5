package io.neuronledger.cli.soak;

import io.neuronledger.cli.answer.ContractAnswers;
import io.neuronledger.cli.answer.EventSubscriber;
import io.neuronledger.cli.answer.WebhookReceiver;
import io.neuronledger.cli.books.BooksComparison;
import java.util.List;
import java.util.Random;
import java.util.function.IntConsumer;
import java.util.stream.Stream;

/**
 * One soak run: random blocks and forks, with a subscriber to the events over HTTP and a receiver of webhooks. At a
 * fork the pipeline has sometimes caught up, is sometimes still at work, and sometimes has not seen the old branch at
 * all.
 */
final class SoakRun implements AutoCloseable {
  private static final int BLOCKS_AT_ONCE_MAX = 12;

  private final SoakPlan plan;
  private final ForkingDevChain chain;
  private final Pipeline pipeline;
  private final Random random;
  private final Comparer comparer;
  private final EventSubscriber subscriber = new EventSubscriber();
  private final WebhookReceiver receiver = new WebhookReceiver();
  private int operations;
  private int forks;
  private long blocks;
  private long compared;

  /** @param webhooks the number of webhooks, each for all events */
  SoakRun(SoakPlan plan, ForkingDevChain chain, Pipeline pipeline, int webhooks) {
    this.plan = plan;
    this.chain = chain;
    this.pipeline = pipeline;
    // Separate from the chain's random source: the pipeline's speed must not change the chain's history.
    this.random = new Random(~plan.seed());
    this.comparer = new Comparer(chain);
    this.compared = chain.contract().startBlock() - 1;
    subscriber.follow(pipeline.api());
    try {
      receiver.register(pipeline.api(), webhooks);
    } catch (RuntimeException e) {
      close();
      throw e;
    }
  }

  /** @param progress receives the number of completed operations from time to time */
  void play(int count, IntConsumer progress) {
    int end = operations + count;
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
      progress.accept(Math.min(count, count - end + operations));
    }
  }

  /** Compares the remaining blocks and the books, and audits the published records and what was received of them. */
  SoakReport finish(int kills) {
    compare();
    PublicationAudit.Result published = PublicationAudit.of(pipeline.kafka().admin());
    List<String> subscribed = subscriber.finish(pipeline.api(), pipeline.kafka().admin());
    List<String> sent = receiver.finish(pipeline.kafka().admin());
    BooksComparison.Result books = plan.hledger()
        ? BooksComparison.of(pipeline.api(), new ContractAnswers(chain.contract().views()), chain.owners(),
            chain.blocks())
        : BooksComparison.Result.none();
    return new SoakReport(plan.seed(), operations, forks, kills, blocks, comparer.comparisons(), published.events(),
        chain.trouble().answers(), chain.trouble().played(), comparer.mismatches(), published.discrepancies(),
        Stream.of(published.faults(), subscribed, sent).flatMap(List::stream).toList(),
        new SoakReport.Messages(receiver.received(), receiver.repeated()), books);
  }

  /** Compares every block that has not been compared yet. */
  void compare() {
    long head = chain.head();
    comparer.compare(pipeline.api(), compared + 1, head);
    compared = head;
  }

  /** Receives the messages of the webhooks. */
  WebhookReceiver receiver() {
    return receiver;
  }

  @Override
  public void close() {
    subscriber.close();
    receiver.close();
  }

  private void fork() {
    long kept = chain.fork();
    if (kept < chain.head()) {
      forks++;
      compared = Math.min(compared, kept);
    }
  }
}
