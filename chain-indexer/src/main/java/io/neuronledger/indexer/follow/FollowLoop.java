package io.neuronledger.indexer.follow;

import io.neuronledger.contracts.topic.Partitions;
import io.neuronledger.foundation.partitionlog.KafkaClients;
import io.neuronledger.foundation.partitionlog.TopicDeclaration;
import io.neuronledger.indexer.chain.ChainNode;
import io.neuronledger.indexer.chain.ChainNodes;
import io.neuronledger.indexer.chain.NewHeads;
import io.neuronledger.indexer.follow.start.ChainIds;
import io.neuronledger.indexer.follow.start.DeploymentCheck;
import io.neuronledger.indexer.follow.start.FollowSetup;
import io.neuronledger.indexer.follow.start.StartCheck;
import io.neuronledger.indexer.follow.state.FollowingHalted;
import io.neuronledger.indexer.follow.state.IndexerState;
import io.neuronledger.indexer.follow.state.Progress;
import io.neuronledger.indexer.publish.ChainEventPublisher;
import io.neuronledger.indexer.publish.Destination;
import io.neuronledger.indexer.publish.Leadership;
import io.neuronledger.indexer.publish.PublisherFenced;
import io.neuronledger.indexer.publish.StateStore;
import io.neuronledger.indexer.rpc.Backoff;
import io.neuronledger.indexer.rpc.call.RpcFailure;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.common.KafkaException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs the follower while this instance leads: waits between steps, backs off after failures, and restarts from the
 * stored state after any unknown outcome. One thread runs it; another may call {@link #stop}.
 */
public final class FollowLoop implements Runnable {
  private static final Logger log = LoggerFactory.getLogger(FollowLoop.class);

  /** Waits are sliced, because a group member must poll while it waits. */
  private static final Duration SLICE = Duration.ofMillis(500);

  /** How long a passive instance polls the group at a time. */
  private static final Duration PASSIVE_POLL = Duration.ofMillis(50);

  private final Following following;
  private final FollowSetup setup;
  private final ChainNodes nodes;
  private final Optional<NewHeads> newHeads;
  private final KafkaClients kafka;
  private final Destination destination;
  private final TopicDeclaration topics;
  private final Backoff backoff;
  private final Progress progress;
  private final WakeUp wakeUp;
  private final ChainIds chainIds;
  private volatile boolean running = true;

  private Optional<Leadership> leadership = Optional.empty();
  private Optional<Leading> leading = Optional.empty();
  private int kafkaFailures;

  /** The objects that exist only while this instance leads. */
  private record Leading(ChainEventPublisher publisher, ChainFollower follower) {}

  /** @param wakeUp ends a wait early: a new head, a request, a stop */
  public FollowLoop(Following following, Optional<NewHeads> newHeads, KafkaClients kafka, Destination destination,
      Backoff backoff, WakeUp wakeUp) {
    this.following = following;
    this.setup = following.setup();
    this.nodes = following.nodes();
    this.newHeads = newHeads;
    this.kafka = kafka;
    this.destination = destination;
    this.topics = new TopicDeclaration(kafka, destination.topics(), List.of(), new Partitions(setup.partitions()),
        destination.replicas());
    this.backoff = backoff;
    this.progress = following.progress();
    this.wakeUp = wakeUp;
    this.chainIds = new ChainIds(setup.chainId());
  }

  /**
   * Checks that the contract exists, declares the topics and compares the stored state with the configuration, so that
   * a wrong start fails at once. Where Kafka or a node does not answer yet, the loop starts unchecked.
   *
   * @throws FollowingHalted if this configuration must not continue with this data
   */
  public void check() {
    StartCheck.refuseUnfit(nodes, setup);
    try {
      topics.require();
      DeploymentCheck.refuseAnother(kafka, destination, setup.on(chainIds.of(nodes.current())));
      setup.family().probe(nodes.current());
    } catch (IllegalStateException e) {
      throw new FollowingHalted(e);
    } catch (KafkaException | RpcFailure e) {
      log.warn("starting although Kafka or a node does not answer yet: {}", e.getMessage());
    }
  }

  /**
   * Requests a reconciliation with the contracts at the head.
   *
   * @return false where another instance leads: nothing is requested
   */
  public boolean reconcile() {
    if (progress.view().role() != Progress.Role.LEADING) {
      return false;
    }
    following.reconciliation().request();
    wakeUp.signal();
    return true;
  }

  /** Ends the loop after the current step. */
  public void stop() {
    running = false;
    wakeUp.signal();
  }

  @Override
  public void run() {
    try {
      while (running) {
        runOnce();
      }
    } catch (InterruptedException e) {
      log.info("interrupted");
    } catch (RuntimeException e) {
      // The outermost handler: an unexpected exception is a bug or needs an operator. Following must not continue.
      log.error("following has stopped: {}", e.getMessage(), e);
      progress.halted(e instanceof FollowingHalted ? String.valueOf(e.getMessage()) : "a bug: " + e);
    } finally {
      close();
    }
  }

  private void runOnce() throws InterruptedException {
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
        pause(backoff.around(following.rules().pollingInterval()), true);
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
      // It is unknown whether the last transaction is visible: drop everything and load it again.
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
      topics.require();
      progress.stage("joining the group");
      leadership = Optional.of(new Leadership(kafka, destination));
    }
    return leadership.get().poll(leading.isPresent() ? Duration.ZERO : PASSIVE_POLL);
  }

  private ChainFollower follower() {
    ChainNode node = nodes.current();
    long chainId = chainIds.of(node);
    if (leading.isEmpty()) {
      progress.stage("taking over from Kafka");
      ChainEventPublisher publisher = ChainEventPublisher.open(kafka, destination);
      try {
        IndexerState indexerState = IndexerState.of(StateStore.load(kafka, destination));
        ChainFollower follower = new ChainFollower(following, chainId, publisher, indexerState);
        indexerState.cursor().ifPresent(progress::reached);
        progress.guarded(indexerState.guard());
        leading = Optional.of(new Leading(publisher, follower));
      } finally {
        if (leading.isEmpty()) {
          publisher.close();
        }
      }
    }
    return leading.orElseThrow().follower();
  }

  /** @param early whether a new block ends the wait */
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
      if (left > SLICE.toNanos() && !mayKeepWaiting()) {
        return;
      }
    }
  }

  /**
   * Polls the group; returns whether the wait may continue. A failure ends the wait, and the next round meets it too.
   */
  private boolean mayKeepWaiting() {
    try {
      return leadership.isEmpty() || leadership.get().poll(Duration.ZERO);
    } catch (KafkaException nextTurn) {
      return false;
    }
  }

  private void stopLeading() {
    leading.ifPresent(ended -> {
      ended.follower().close();
      ended.publisher().close();
    });
    leading = Optional.empty();
  }

  private void close() {
    stopLeading();
    newHeads.ifPresent(NewHeads::close);
    try {
      leadership.ifPresent(Leadership::close);
    } catch (KafkaException e) {
      log.warn("could not leave the group: {}", e.getMessage());
    }
  }
}
