package io.neuronledger.command.usage;

import io.neuronledger.command.store.UnitsOfWork;
import io.neuronledger.contracts.event.UsageEvent;
import io.neuronledger.contracts.usage.UsageReport;
import io.neuronledger.contracts.value.SubAccountId;
import io.neuronledger.foundation.problem.ProblemCode;
import io.neuronledger.foundation.problem.Refusal;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.axonframework.modelling.command.Aggregate;
import org.axonframework.modelling.command.ConcurrencyException;

/**
 * Takes wrong usage reports back. What was accepted is never changed: an event takes it back, and a replacement is
 * another accepted report, in the same transaction. Each report is reversed once; a replacement is corrected like any
 * other report, by naming it.
 */
public final class UsageCorrections {
  private final AcceptedRequests accepted;
  private final ReversedRequests reversed;
  private final UsageRecorder recorder;
  private final EventStore eventStore;
  private final UnitsOfWork units;
  private final Clock clock;

  public UsageCorrections(AcceptedRequests accepted, ReversedRequests reversed, UsageRecorder recorder,
      EventStore eventStore, UnitsOfWork units, Clock clock) {
    this.accepted = accepted;
    this.reversed = reversed;
    this.recorder = recorder;
    this.eventStore = eventStore;
    this.units = units;
    this.clock = clock;
  }

  /** The refusal of a correction whose replacement is not accepted, whatever else is known. */
  public Optional<UsageOutcome.Refused> refused(Correction correction) {
    return correction.replacement().flatMap(right ->
        recorder.refused(List.of(right)).getFirst().or(() -> UsageAcceptance.wrongFee(right)));
  }

  /**
   * Idempotent: the same correction again, by whomever, answers the stored event.
   *
   * @param correction one that is not {@link #refused}
   * @return the event that takes the report back
   * @throws Refusal if the report was not accepted, or with other content; if it was reversed for another reason or
   *     replaced by another report; or if the replacement's request was accepted before. Nothing is recorded then
   * @throws ConcurrencyException if other writers win each time
   */
  public UsageEvent.UsageReversed correct(Correction correction) {
    return recorder.retried(correction.reports().toList(), () -> correctOnce(correction));
  }

  private UsageEvent.UsageReversed correctOnce(Correction correction) {
    UsageReport wrong = correction.report();
    RequestDigest digest = RequestDigest.of(wrong);
    return units.run("correct-usage", () -> {
      requireAccepted(wrong, digest);
      Optional<UsageEvent.UsageReversed> before = before(correction, digest);
      if (before.isPresent()) {
        return before.get();
      }
      Optional<UsageReport> known = correction.replacement().filter(right -> !isNew(right));
      if (known.isPresent()) {
        // The same correction at the same time has recorded it meanwhile, and has committed by now.
        return before(correction, digest).orElseThrow(() -> alreadyReported(known.get()));
      }
      Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
      Aggregate<UsageMeterAggregate> meter = recorder.meter(wrong.subAccount());
      UsageEvent.UsageReversed event =
          meter.invoke(loaded -> loaded.reverse(wrong.subAccount(), wrong.line(), correction, now));
      if (!reversed.insert(digest.request(), Objects.requireNonNull(meter.version()))) {
        throw new ConcurrencyException("the report was corrected meanwhile");
      }
      correction.replacement().ifPresent(right -> recorder.append(new TreeMap<>(Map.of(right.subAccount(),
          List.of(right.line(Optional.of(wrong.requestId())))))));
      return event;
    });
  }

  private void requireAccepted(UsageReport wrong, RequestDigest digest) {
    UUID content = accepted.contentOf(digest.request()).orElseThrow(() -> new Refusal(ProblemCode.REPORT_NOT_FOUND,
        "request " + wrong.requestId() + " of " + wrong.provider() + " was never reported"));
    if (!content.equals(digest.content())) {
      throw new Refusal(ProblemCode.REPORT_DIFFERS, "request " + wrong.requestId() + " of " + wrong.provider()
          + " was accepted with different content: name it as it was accepted");
    }
  }

  private Optional<UsageEvent.UsageReversed> before(Correction correction, RequestDigest wrong) {
    return reversed.sequenceOf(wrong.request())
        .map(sequence -> same(correction, event(correction.report().subAccount(), sequence)));
  }

  private boolean isNew(UsageReport right) {
    RequestDigest digest = RequestDigest.of(right);
    return accepted.insertNew(new TreeMap<>(Map.of(digest.request(), digest.content()))).isEmpty();
  }

  private static Refusal alreadyReported(UsageReport right) {
    return new Refusal(ProblemCode.REQUEST_ALREADY_REPORTED, "request " + right.requestId() + " of "
        + right.provider() + " was reported before: the replacement needs a request id of its own");
  }

  private UsageEvent.UsageReversed event(SubAccountId meter, long sequence) {
    return (UsageEvent.UsageReversed) eventStore.readEvents(UsageMeterAggregate.idOf(meter), sequence).next()
        .getPayload();
  }

  private UsageEvent.UsageReversed same(Correction correction, UsageEvent.UsageReversed stored) {
    boolean isSame = stored.reason().equals(correction.reason())
        && stored.replacedBy().equals(correction.replacement().map(UsageReport::requestId))
        && correction.replacement().map(RequestDigest::of)
            .map(right -> accepted.contentOf(right.request()).equals(Optional.of(right.content()))).orElse(true);
    if (!isSame) {
      throw new Refusal(ProblemCode.REPORT_ALREADY_CORRECTED, "request " + stored.line().requestId() + " of "
          + stored.provider() + stored.replacedBy().map(newest -> " was replaced by " + newest
          + ": correct that one").orElse(" was reversed"));
    }
    return stored;
  }
}
