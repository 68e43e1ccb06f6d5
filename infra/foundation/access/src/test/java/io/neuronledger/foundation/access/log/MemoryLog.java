package io.neuronledger.foundation.access.log;

import io.neuronledger.contracts.access.AccessEntry;
import io.neuronledger.foundation.problem.ProblemCode;
import io.neuronledger.foundation.problem.Refusal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** An access log in memory, which can be away. */
public final class MemoryLog implements AccessLog {
  private final List<AccessEntry> entries = new ArrayList<>();
  private boolean away;

  @Override
  public void store(AccessEntry entry) {
    if (away) {
      throw new Refusal(ProblemCode.ACCESS_LOG_UNAVAILABLE, "away");
    }
    entries.add(entry);
  }

  @Override
  public void add(AccessEntry entry) {
    entries.add(entry);
  }

  @Override
  public Optional<Instant> awaySince() {
    return away ? Optional.of(Instant.EPOCH) : Optional.empty();
  }

  public void setAway(boolean isAway) {
    this.away = isAway;
  }

  /** What was recorded since the last call. */
  public List<AccessEntry> take() {
    List<AccessEntry> taken = List.copyOf(entries);
    entries.clear();
    return taken;
  }
}
