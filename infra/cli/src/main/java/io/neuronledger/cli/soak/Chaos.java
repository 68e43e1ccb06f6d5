package io.neuronledger.cli.soak;

import io.neuronledger.cli.answer.WebhookReceiver;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.IntConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A soak run in which services, broker and database are killed in random order. In each round one of them is killed at
 * a random time while blocks are mined and followed, and while messages of webhooks are on their way; the round ends
 * when all of its blocks have been compared.
 */
public final class Chaos {
  private static final Logger log = LoggerFactory.getLogger(Chaos.class);
  private static final int OPERATIONS_PER_ROUND = 40;
  /** About the duration of a round without a kill. */
  private static final int KILL_DELAY_MS_MAX = 2_500;
  private static final int OPERATION_EVERY_MS = 250;
  /** The most of a caller: a run of 200 operations has 200 to 600 events, and so sends more than 1,000 messages. */
  private static final int WEBHOOKS = 10;

  private final List<RestartingProcess> victims;
  private final Random random;
  private final Deque<RestartingProcess> next = new ArrayDeque<>();
  private int kills;

  private Chaos(List<RestartingProcess> victims, long seed) {
    this.victims = victims;
    this.random = new Random(seed);
  }

  /**
   * Runs at least {@code plan.operations()} operations, and until each process was killed at least once.
   *
   * @param folder the folder of data and logs
   */
  public static SoakReport soak(SoakPlan plan, Path folder, IntConsumer progress) {
    return soak(plan, folder, List.of("-cp", System.getProperty("java.class.path")), progress);
  }

  /** @param classes the options of each JVM that name its classes */
  static SoakReport soak(SoakPlan plan, Path folder, List<String> classes, IntConsumer progress) {
    try (ForkingDevChain chain = ForkingDevChain.start(plan);
        ProcessPipeline pipeline = new ProcessPipeline(classes, folder, chain.asSource(), chain.settings());
        SoakRun run = new SoakRun(plan, chain, pipeline, WEBHOOKS)) {
      Chaos chaos = new Chaos(pipeline.processes(), plan.seed());
      for (int done = 0; done < plan.operations() || chaos.kills < chaos.victims.size(); done += OPERATIONS_PER_ROUND) {
        chaos.round(run);
        progress.accept(Math.min(done + OPERATIONS_PER_ROUND, plan.operations()));
      }
      return run.finish(chaos.kills);
    }
  }

  private void round(SoakRun run) {
    run.receiver().hold();
    Executor atRandomTime = CompletableFuture.delayedExecutor(random.nextInt(KILL_DELAY_MS_MAX), TimeUnit.MILLISECONDS);
    CompletableFuture<Void> kill = CompletableFuture.runAsync(() -> killOne(run.receiver()), atRandomTime);
    run.play(OPERATIONS_PER_ROUND, _ -> { });
    while (!isOver(kill)) {
      // It waits for a message; until then there is something to follow.
      run.play(1, _ -> { });
    }
    run.compare();
  }

  private static boolean isOver(CompletableFuture<Void> kill) {
    try {
      kill.get(OPERATION_EVERY_MS, TimeUnit.MILLISECONDS);
      return true;
    } catch (TimeoutException e) {
      return false;
    } catch (ExecutionException e) {
      throw new IllegalStateException("a process could not be killed", e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted before the kill", e);
    }
  }

  /**
   * Kills each process once in random order, then starts over. At its kill a receiver has a message that it has not
   * answered.
   */
  private void killOne(WebhookReceiver receiver) {
    if (next.isEmpty()) {
      List<RestartingProcess> all = new ArrayList<>(victims);
      Collections.shuffle(all, random);
      next.addAll(all);
    }
    RestartingProcess victim = next.removeFirst();
    receiver.awaitHeld(1);
    victim.kill();
    receiver.release();
    kills++;
    log.info("killed {}", victim.name());
  }
}
