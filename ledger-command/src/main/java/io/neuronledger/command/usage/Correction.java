package io.neuronledger.command.usage;

import io.neuronledger.contracts.usage.UsageReport;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What somebody says of a usage report that was accepted: that it was wrong, and which one is right.
 *
 * @param report the wrong one, as it was accepted
 * @param replacement the right one, under a request id of its own, of the same provider; empty if there was no request
 * @param reason 1 to 2,000 characters
 * @param by the caller, 1 to 200 characters
 */
public record Correction(UsageReport report, Optional<UsageReport> replacement, String reason, String by) {
  /** @throws IllegalArgumentException for a replacement of another provider, or under the same request id */
  public Correction {
    replacement.ifPresent(right -> {
      if (!right.provider().equals(report.provider())) {
        throw new IllegalArgumentException("the replacement must be of the same provider: take the report back, and"
            + " report the request of the other provider");
      }
      if (right.requestId().equals(report.requestId())) {
        throw new IllegalArgumentException("the replacement needs a request id of its own: each is accepted once");
      }
    });
  }

  /** The reports that it names. */
  Stream<UsageReport> reports() {
    return Stream.concat(Stream.of(report), replacement.stream());
  }
}
