package io.neuronledger.command.usage;

import io.neuronledger.contracts.event.UsageEvent;
import io.neuronledger.contracts.usage.UsageLine;
import io.neuronledger.contracts.usage.UsageReport;
import io.neuronledger.contracts.usage.UsageTotal;
import io.neuronledger.contracts.value.SubAccountId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * The reported usage of one owner of one provider's service: two running totals. Never rewound: a fork does not revert
 * served requests. Every event carries the totals after it, so the last event is the whole state.
 *
 * @param direct usage that counts against the sub-account
 * @param router usage that a router pays from a pool of its own
 */
record UsageMeter(UsageTotal direct, UsageTotal router) {
  static final UsageMeter UNUSED = new UsageMeter(UsageTotal.ZERO, UsageTotal.ZERO);

  /** @param accepted lines of requests accepted for the first time, with the right fee */
  List<UsageEvent.UsageRecorded> decide(SubAccountId subAccount, List<UsageLine> accepted) {
    List<UsageEvent.UsageRecorded> events = new ArrayList<>(1);
    UsageMeter meter = this;
    for (int from = 0; from < accepted.size(); from += UsageEvent.UsageRecorded.LINES_MAX) {
      List<UsageLine> lines =
          accepted.subList(from, Math.min(accepted.size(), from + UsageEvent.UsageRecorded.LINES_MAX));
      for (UsageLine line : lines) {
        meter = meter.plus(line);
      }
      events.add(new UsageEvent.UsageRecorded(subAccount.owner(), subAccount.provider(), subAccount.service(), lines,
          meter.direct, meter.router));
    }
    return events;
  }

  /** @param line one that was accepted and is not reversed yet */
  UsageEvent.UsageReversed reverse(SubAccountId subAccount, UsageLine line, Correction correction, Instant at) {
    UsageMeter meter = switch (line.source()) {
      case DIRECT -> new UsageMeter(direct.minus(line), router);
      case ROUTER -> new UsageMeter(direct, router.minus(line));
    };
    return new UsageEvent.UsageReversed(subAccount.owner(), subAccount.provider(), subAccount.service(), line,
        correction.replacement().map(UsageReport::requestId), correction.reason(), correction.by(), at, meter.direct,
        meter.router);
  }

  private UsageMeter plus(UsageLine line) {
    return switch (line.source()) {
      case DIRECT -> new UsageMeter(direct.plus(line), router);
      case ROUTER -> new UsageMeter(direct, router.plus(line));
    };
  }

  /** The state after an event, independent of earlier ones. */
  static UsageMeter after(UsageEvent.Metered event) {
    return new UsageMeter(event.direct(), event.router());
  }
}
