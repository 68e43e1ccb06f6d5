package io.neuronledger.command.publish;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Publishes this instance's share of the partitions: acquires leases, and starts and stops a thread for each group of
 * partitions.
 */
public final class AccountEventPublisher implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(AccountEventPublisher.class);
  private static final int RENEWALS_PER_LEASE = 5;
  /** The number of lease times for which a fenced instance does not take a group again. */
  private static final int FENCED_LEASES = 6;

  private final PublisherLeases leases;
  private final PublishSettings settings;
  private final Function<PartitionGroup, GroupThread> threads;
  private final Clock clock;
  private final List<PartitionGroup> groups;
  private final TreeMap<Integer, GroupThread> running = new TreeMap<>();
  private final Map<Integer, Instant> excludedUntil = new HashMap<>();
  private final CountDownLatch closing = new CountDownLatch(1);
  private @Nullable Thread thread;

  AccountEventPublisher(PublisherLeases leases, PublishSettings settings, Function<PartitionGroup, GroupThread> threads,
      Clock clock) {
    this.leases = leases;
    this.settings = settings;
    this.threads = threads;
    this.clock = clock;
    this.groups = PartitionGroup.of(settings.partitions());
  }

  /** @param topicsReady whether the topics exist; called again until they do */
  public void start(BooleanSupplier topicsReady) {
    thread = Thread.ofPlatform().name("publish-leases").start(() -> run(topicsReady));
  }

  private void run(BooleanSupplier topicsReady) {
    boolean ready = false;
    Duration interval = settings.leaseTime().dividedBy(RENEWALS_PER_LEASE);
    do {
      try {
        ready = ready || topicsReady.getAsBoolean();
        if (ready) {
          renew();
        }
      } catch (RuntimeException e) {
        log.warn("Cannot renew the leases, retrying: {}", e.toString());
      }
    } while (!awaitClose(interval));
  }

  /** Whether the publisher was closed within the timeout. */
  private boolean awaitClose(Duration timeout) {
    try {
      return closing.await(timeout.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return true;
    }
  }

  private void renew() {
    Set<Integer> held = leases.renew();
    Instant now = clock.instant();
    for (PartitionGroup group : groups) {
      GroupThread each = running.get(group.number());
      if (each != null && each.isFenced()) {
        excludedUntil.put(group.number(), now.plus(settings.leaseTime().multipliedBy(FENCED_LEASES)));
      }
      if (each != null && (each.isFenced() || !held.contains(group.number()))) {
        stopGroup(group.number());
      }
    }
    int share = leases.share(groups.size());
    while (running.size() > share) {
      stopGroup(running.lastKey());
    }
    for (PartitionGroup group : groups) {
      boolean excluded = now.isBefore(excludedUntil.getOrDefault(group.number(), Instant.MIN));
      if (running.size() < share && !running.containsKey(group.number()) && !excluded && leases.take(group.number())) {
        GroupThread groupThread = threads.apply(group);
        running.put(group.number(), groupThread);
        groupThread.start();
      }
    }
  }

  private void stopGroup(int group) {
    GroupThread groupThread = running.remove(group);
    if (groupThread != null) {
      groupThread.stop();
      leases.release(group);
    }
  }

  @Override
  public void close() {
    closing.countDown();
    if (thread == null) {
      return;
    }
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    running.values().forEach(GroupThread::stop);
    running.clear();
    try {
      leases.leave();
    } catch (RuntimeException e) {
      log.info("Cannot release the leases; they will expire: {}", e.toString());
    }
  }
}
