package io.neuronledger.wallet.read;

import java.time.LocalDate;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Whole days, UTC, both ends included. */
final class PeriodOptions {
  @Option(names = "--start-date", paramLabel = "DAY", description = "from this day on, UTC, 2026-11-01 for example")
  private Optional<LocalDate> start = Optional.empty();

  @Option(names = "--end-date", paramLabel = "DAY", description = "until this day, included")
  private Optional<LocalDate> end = Optional.empty();

  /** As the generated client takes it. */
  @Nullable LocalDate start() {
    return start.orElse(null);
  }

  /** Likewise. */
  @Nullable LocalDate end() {
    return end.orElse(null);
  }

  String shown() {
    return start.map(day -> " from " + day).orElse("") + end.map(day -> " to " + day).orElse("");
  }
}
