package io.neuronledger.contracts.usage;

import io.neuronledger.contracts.value.Neuron;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * One served request, beside the sub-account that it is about.
 *
 * @param fee what the provider charges for it
 * @param when it was completed, by the reporter's clock: from 2000 to 2099, in microseconds, what is finer is dropped
 * @param apiKeyId which of the owner's keys made it, where the reporter tells
 */
public record UsageLine(RequestId requestId, ModelName model, Units units, Neuron fee, Instant when,
    UsageSource source, Optional<ApiKeyId> apiKeyId) {
  /** A clock in seconds that are milliseconds, or the other way round, ends up outside. */
  static final Instant EARLIEST = Instant.parse("2000-01-01T00:00:00Z");

  static final Instant LATEST = Instant.parse("2100-01-01T00:00:00Z");

  public UsageLine {
    if (when.isBefore(EARLIEST) || !when.isBefore(LATEST)) {
      throw new IllegalArgumentException("when must be from " + EARLIEST + " to before " + LATEST + ": " + when);
    }
    when = when.truncatedTo(ChronoUnit.MICROS);
  }
}
