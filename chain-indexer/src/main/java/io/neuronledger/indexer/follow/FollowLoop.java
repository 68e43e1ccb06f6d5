package io.neuronledger.indexer.follow;

import io.neuronledger.indexer.chain.ChainNode;
import io.neuronledger.indexer.chain.ChainNodes;
import io.neuronledger.indexer.chain.NewHeads;
import io.neuronledger.indexer.publish.ChainEventPublisher;
import io.neuronledger.indexer.publish.Destination;
import io.neuronledger.indexer.publish.KafkaAccess;
import io.neuronledger.indexer.publish.Leadership;
import io.neuronledger.indexer.publish.PublisherFenced;
import io.neuronledger.indexer.publish.StateStore;
import io.neuronledger.indexer.publish.TopicDeclaration;
import io.neuronledger.indexer.rpc.Backoff;
import io.neuronledger.indexer.rpc.RpcFailure;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import org.apache.kafka.common.KafkaException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Calls the follower as long as this instance leads: waits between steps, backs off after failures, begins anew from
 * what is stored after anything whose outcome is not known. One thread runs it; {@link #stop} may come from another.
 */
public final class FollowLoop implements Runnable {
  private static final Logger log = LoggerFactory.getLogger(FollowLoop.class);

  /** The group must hear of its members while they wait. */
  private static final Duration SLICE = Duration.ofMillis(500);

  /** Whoever stands by listens for so long at a time whether the lead has come to it. */
  private static final Duration LISTENS = Duration.ofMillis(50);

  private final FollowSetup setup;
  private final FollowRules rules;
  private final ChainNodes nodes;
  private final Optional<NewHeads> newHeads;
  private final KafkaAccess kafka;
  private final Destination destination;
  private final Backoff backoff;
  private final HeadWatch headWatch;
  private final Progress progress;
  private final WakeUp wakeUp;
  private final ReconciliationRules reconciliation;
  private final Clock clock;
  private final ChainIds chainIds;
  private volatile boolean running = true;

  private Optional<Leadership> leadership = Optional.empty();
  private Optional<Led> led = Optional.empty();
  private int kafkaFailures;

  /** What exists only while this instance leads. */
  private record Led(ChainEventPublisher publisher, ChainFollower follower) {}

  public FollowLoop(FollowSetup setup, FollowRules rules, ChainNodes nodes, Optional<NewHeads> newHeads,
      KafkaAccess kafka, Destination destination, Backoff backoff, Progress progress, WakeUp wakeUp,
      ReconciliationRules reconciliation, Clock clock) {
    this.setup = setup;
    this.rules = rules;
    this.nodes = nodes;
    this.newHeads = newHeads;
    this.kafka = kafka;
    this.destination = destination;
    this.backoff = backoff;
    this.headWatch = new HeadWatch(nodes, rules, clock);
    this.progress = progress;
    this.wakeUp = wakeUp;
    this.reconciliation = reconciliation;
    this.clock = clock;
    this.chainIds = new ChainIds(setup.chainId());
  }

  /**
   * Looks whether the contract is there, declares the topics and compares what is stored with the configuration, so
   * that a wrong start fails at once. Where Kafka or a node does not answer yet, the loop does without.
   *
   * @throws FollowingHalted if this configuration must not go on with this data
   */
  public void check() {
    StartCheck.refuseUnfit(nodes, setup);
    try {
      TopicDeclaration.declare(kafka, destination, setup.partitions());
      DeploymentCheck.refuseAnother(kafka, destination, setup.on(chainIds.of(nodes.current())));
      setup.family().probe(nodes.current());
    } catch (IllegalStateException e) {
      throw new FollowingHalted(e);
    } catch (KafkaException | RpcFailure e) {
      log.warn("starting although not everything answers yet: {}", e.getMessage());
    }
  }

  /**
   * Asks for a comparison with the contracts at the head.
   *
   * @return false where another instance leads: nothing was asked
   */
  public boolean reconcile() {
    if (progress.view().role() != Progress.Role.LEADING) {
      return false;
    }
    reconciliation.ask();
    wakeUp.signal();
    return true;
  }

  /** Asks the loop to end after the step at hand. */
  public void stop() {
    running = false;
    wakeUp.signal();
  }

  @Override
  public void run() {
    try {
      while (running) {
        turn();
      }
    } catch (InterruptedException e) {
      log.info("interrupted");
    } catch (RuntimeException e) {
      // The outermost place: whatever was not expected is a bug or needs a person. Nothing goes on as if nothing were.
      log.error("following has stopped: {}", e.getMessage(), e);
      progress.halted(e instanceof FollowingHalted ? String.valueOf(e.getMessage()) : "a bug: " + e);
    } finally {
      close();
    }
  }

  private void turn() throws InterruptedException {
    try {
      if (!leads()) {
        stopLeading();
        progress.role(Progress.Role.PASSIVE);
        progress.stage("standing by: another instance leads");
        progress.worked();
        return;
      }
      progress.role(Progress.Role.LEADING);
      boolean more = follower().advance();
      kafkaFailures = 0;
      newHeads.ifPresent(socket -> socket.watch(progress.view().head()));
      if (!more) {
        pause(backoff.around(rules.pollingInterval()), true);
      }
    } catch (RpcFailure failure) {
      log.warn("{} ({})", failure.getMessage(), failure.kind().tag());
      progress.failed(failure.getMessage());
      pause(nodes.failed(nodes.current(), failure), false);
    } catch (PublisherFenced fenced) {
      log.warn("{}: standing by", fenced.getMessage());
      stopLeading();
      leadership.ifPresent(Leadership::resign);
      pause(backoff.after(1), false);
    } catch (KafkaException failure) {
      // Whether the last transaction is visible is not known: forget everything and read it back.
      kafkaFailures++;
      log.warn("Kafka: {} (failure {} in a row)", failure.getMessage(), kafkaFailures);
      progress.failed("Kafka: " + failure.getMessage());
      stopLeading();
      pause(backoff.after(kafkaFailures), false);
    }
  }

  private boolean leads() {
    if (leadership.isEmpty()) {
      progress.stage("declaring topics");
      TopicDeclaration.declare(kafka, destination, setup.partitions());
      progress.stage("joining the group");
      leadership = Optional.of(new Leadership(kafka, destination));
    }
    return leadership.get().poll(led.isPresent() ? Duration.ZERO : LISTENS);
  }

  private ChainFollower follower() {
    ChainNode node = nodes.current();
    long chainId = chainIds.of(node);
    if (led.isEmpty()) {
      progress.stage("taking over from Kafka");
      ChainEventPublisher publisher = ChainEventPublisher.open(kafka, destination);
      try {
        IndexerState memory = IndexerState.of(StateStore.load(kafka, destination));
        DeploymentCheck.refuseAnother(memory, setup.on(chainId));
        memory.cursor().ifPresent(progress::reached);
        progress.guarded(memory.guard());
        Reconciler reconciler =
            new Reconciler(setup.family(), publisher, memory, progress, reconciliation, clock);
        led = Optional.of(new Led(publisher, new ChainFollower(setup.on(chainId), setup.family(), rules, nodes,
            publisher, memory, progress, clock, headWatch, reconciler)));
      } finally {
        if (led.isEmpty()) {
          publisher.close();
        }
      }
    }
    return led.orElseThrow().follower();
  }

  /** @param early whether news of a block ends it */
  private void pause(Duration wait, boolean early) throws InterruptedException {
    long end = System.nanoTime() + wait.toNanos();
    while (running) {
      long left = end - System.nanoTime();
      if (left <= 0) {
        return;
      }
      boolean signalled = wakeUp.await(Duration.ofNanos(Math.min(left, SLICE.toNanos())));
      if (signalled && early) {
        return;
      }
      if (left > SLICE.toNanos() && !heard()) {
        return;
      }
    }
  }

  /** Whether waiting may go on. A failure is left to the next turn, which meets it too. */
  private boolean heard() {
    try {
      return leadership.isEmpty() || leadership.get().poll(Duration.ZERO);
    } catch (KafkaException nextTurn) {
      return false;
    }
  }

  private void stopLeading() {
    led.ifPresent(was -> {
      was.follower().close();
      was.publisher().close();
    });
    led = Optional.empty();
  }

  private void close() {
    stopLeading();
    newHeads.ifPresent(NewHeads::close);
    try {
      leadership.ifPresent(Leadership::close);
    } catch (KafkaException e) {
      log.warn("left the group without saying so: {}", e.getMessage());
    }
  }
}
