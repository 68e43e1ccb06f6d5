package io.neuronledger.query.rebuild;

import io.neuronledger.contracts.view.operation.RebuildView;
import io.neuronledger.foundation.problem.ProblemCode;
import io.neuronledger.foundation.problem.Refusal;
import io.neuronledger.query.generation.Generations;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** Runs the rebuilds of this instance, one at a time. They end with the service, before its connections close. */
public final class Rebuilds {
  private static final Duration STOP_TIMEOUT = Duration.ofSeconds(15);

  private final RebuildParts parts;
  private @Nullable Rebuild current;
  private @Nullable Thread thread;

  public Rebuilds(RebuildParts parts) {
    this.parts = parts;
  }

  synchronized RebuildView view() {
    int live = parts.generations().live().number();
    Rebuild last = current;
    return last != null
        ? last.progress().view(live)
        : new RebuildView(live, RebuildView.State.NONE, OptionalInt.empty(), 0, 0, 0, OptionalLong.empty(),
            Optional.empty(), Optional.empty(), Optional.empty());
  }

  /** @throws Refusal if a rebuild runs in any instance */
  synchronized RebuildView begin() {
    Generations.BuildingRight right = parts.generations().claimBuilding()
        .orElseThrow(() -> new Refusal(ProblemCode.REBUILD_RUNNING, "one rebuild at a time, in all instances"));
    Rebuild rebuild = new Rebuild(parts, right);
    current = rebuild;
    thread = Thread.ofPlatform().name("rebuild").start(rebuild);
    return view();
  }

  /** @throws Refusal if no rebuild runs in this instance */
  synchronized RebuildView end() {
    Rebuild last = current;
    if (last == null || last.progress().isOver()) {
      throw new Refusal(ProblemCode.REBUILD_NOT_RUNNING, "no rebuild runs in this instance");
    }
    last.stop();
    return view();
  }

  /** Stops a rebuild in progress and waits for its end. */
  public synchronized void stop() {
    Rebuild last = current;
    Thread working = thread;
    if (last != null && working != null) {
      last.stop();
      try {
        working.join(STOP_TIMEOUT);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
