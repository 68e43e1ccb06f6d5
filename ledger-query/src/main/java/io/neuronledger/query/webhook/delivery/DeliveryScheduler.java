package io.neuronledger.query.webhook.delivery;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.exceptions.DbSchedulerException;
import com.github.kagkarlsson.scheduler.task.CompletionHandler;
import com.github.kagkarlsson.scheduler.task.helper.CustomTask;
import com.github.kagkarlsson.scheduler.task.helper.RecurringTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.github.kagkarlsson.scheduler.task.schedule.FixedDelay;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import javax.sql.DataSource;
import org.jooq.DSLContext;

/**
 * Gives each webhook its turns: one at a time over all instances, by a row for each webhook. The webhook of an instance
 * that is gone has its turn at another one once it has missed {@value #MISSED_MAX} signs of life.
 */
public final class DeliveryScheduler implements AutoCloseable {
  private static final String TASK = "webhook";
  private static final Duration HEARTBEAT = Duration.ofSeconds(5);
  private static final int MISSED_MAX = 4;
  private static final Duration POLL = Duration.ofSeconds(1);
  private static final Duration AFTER_FAILURE = Duration.ofSeconds(10);
  private static final Duration REMOVAL = Duration.ofMinutes(1);
  private static final Duration STOP_MAX = Duration.ofSeconds(5);

  private final Deliverer deliverer;
  private final Clock clock;
  private final CustomTask<Void> task;
  private final Scheduler scheduler;
  /** Those that had their turn when they were to be given another one. */
  private final Set<UUID> waking = ConcurrentHashMap.newKeySet();

  /** @param source of connections that commit each statement by itself */
  public DeliveryScheduler(DataSource source, String beside, Deliverer deliverer, Deliverer.Parts parts,
      WebhookSettings settings) {
    this.deliverer = deliverer;
    this.clock = parts.clock();
    this.task = Tasks.custom(TASK, Void.class).onDeadExecutionRevive()
        .onFailure((failed, operations) -> operations.reschedule(failed, clock.instant().plus(AFTER_FAILURE)))
        .execute((instance, _) -> turn(UUID.fromString(instance.getId())));
    RecurringTask<Void> removal = Tasks.recurring("webhook-removal", FixedDelay.of(REMOVAL))
        .execute((_, _) -> remove(parts, settings.keptFor()));
    this.scheduler = Scheduler.create(source, task).startTasks(removal).tableName(beside + ".scheduled_task")
        .clock(clock::instant).threads(settings.atOnce()).pollUsingLockAndFetch(0.5, 1.0).pollingInterval(POLL)
        .executorService(Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("webhook-", 0).factory()))
        .heartbeatInterval(HEARTBEAT).missedHeartbeatsLimit(MISSED_MAX).enableImmediateExecution()
        .shutdownMaxWait(STOP_MAX).build();
  }

  /** Begins with the turns. */
  public void start() {
    scheduler.start();
  }

  private CompletionHandler<Void> turn(UUID webhook) {
    Optional<Instant> next = deliverer.turn(webhook);
    return (complete, operations) -> next.ifPresentOrElse(at -> operations.reschedule(complete, at),
        operations::remove);
  }

  /** Removes what was kept for its time. */
  static void remove(Deliverer.Parts parts, Duration keptFor) {
    DSLContext db = parts.db();
    Instant now = parts.clock().instant();
    parts.webhooks().removeSecrets(now, db);
    parts.webhooks().removeEnded(now.minus(keptFor), now, db);
    boolean mayHaveMore = true;
    while (mayHaveMore) {
      mayHaveMore = parts.messages().remove(now.minus(keptFor), db);
    }
    for (UUID removed : parts.webhooks().removed(db)) {
      parts.messages().removeAll(removed, db);
      parts.webhooks().end(removed, db);
    }
  }

  /** Gives a webhook its turn as soon as possible; one that has it now, when {@link #wakeLate} is called next. */
  public void wake(UUID webhook) {
    String name = webhook.toString();
    try {
      if (!scheduler.scheduleIfNotExists(task.instance(name), clock.instant())) {
        var _ = scheduler.reschedule(task.instance(name), clock.instant());
      }
      waking.remove(webhook);
    } catch (DbSchedulerException e) {
      // It has its turn, and may have looked before the new messages were there; or its turn has just begun or ended.
      waking.add(webhook);
    }
  }

  /** Gives those their turn that had one when they were to be woken. */
  public void wakeLate() {
    Set.copyOf(waking).forEach(this::wake);
  }

  /** Ends the turns; the client is closed before, so that none lasts. */
  @Override
  public void close() {
    scheduler.stop();
  }
}
