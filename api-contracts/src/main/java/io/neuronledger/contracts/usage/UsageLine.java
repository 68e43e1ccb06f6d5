package io.neuronledger.contracts.usage;

import io.neuronledger.contracts.value.Neuron;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * One served request, without its sub-account.
 *
 * @param fee the provider's charge
 * @param when the time of completion, by the reporter's clock: from 2000 to 2099, truncated to microseconds
 * @param apiKeyId the owner's API key that made it, where reported
 * @param replaces the request id of the wrong report that this one replaces, of the same provider
 */
public record UsageLine(RequestId requestId, ModelName model, Units units, Neuron fee, Instant when,
    UsageSource source, Optional<ApiKeyId> apiKeyId, Optional<RequestId> replaces) {
  /** A timestamp that mixes up seconds and milliseconds falls outside this range. */
  static final Instant EARLIEST = Instant.parse("2000-01-01T00:00:00Z");

  static final Instant LATEST = Instant.parse("2100-01-01T00:00:00Z");

  public UsageLine {
    if (when.isBefore(EARLIEST) || !when.isBefore(LATEST)) {
      throw new IllegalArgumentException("when must be from " + EARLIEST + " to before " + LATEST + ": " + when);
    }
    when = when.truncatedTo(ChronoUnit.MICROS);
  }
}
