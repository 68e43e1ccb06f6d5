package io.neuronledger.query.accesslog;

import io.neuronledger.contracts.access.AccessEntry;
import io.neuronledger.contracts.access.AccessRecord;
import io.neuronledger.contracts.topic.AccessLogPartition;
import io.neuronledger.contracts.value.WalletAddress;
import io.neuronledger.foundation.problem.ProblemCode;
import io.neuronledger.foundation.problem.Refusal;
import io.neuronledger.query.asof.selector.PointInTime;
import io.neuronledger.query.request.Page;
import io.neuronledger.query.request.Parameters;
import io.neuronledger.query.request.RequestValues;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Which records of the access log are asked for; an absent value does not filter.
 *
 * @param service whose records
 * @param from the position of the first record; absent: the first that there is
 * @param caller the subject of who asked
 * @param owner whom the request named; one about all owners is about this one too
 * @param since recorded then or later
 * @param until recorded before
 * @param limit the most records of a page
 */
public record AccessFilter(AccessLogPartition service, Optional<Long> from, Optional<String> caller,
    Optional<WalletAddress> owner, Optional<Instant> since, Optional<Instant> until, int limit) {
  public static final Parameters<AccessFilter> PARAMETERS = new Parameters<>() {
    @Override
    public Class<AccessFilter> type() {
      return AccessFilter.class;
    }

    @Override
    public Set<String> names() {
      return Set.of("service", "from", "caller", "owner", "since", "until", "limit");
    }

    @Override
    public AccessFilter read(RequestValues given) {
      Optional<Long> from = given.value("from", AccessFilter::position);
      Optional<WalletAddress> owner = given.address("owner");
      Optional<Instant> since = given.value("since", AccessFilter::time);
      Optional<Instant> until = given.value("until", AccessFilter::time);
      int limit = Page.limit(given);
      AccessLogPartition service = given.value("service", AccessLogPartition::of).orElseThrow(() ->
          Refusal.parameter(ProblemCode.BAD_PARAMETER, "service", "name a service: each has a log of its own"));
      return new AccessFilter(service, from, given.value("caller", text -> text), owner, since, until, limit);
    }
  };

  private static final Pattern POSITION = Pattern.compile("0|[1-9]\\d{0,17}");

  private static Long position(String text) {
    if (!POSITION.matcher(text).matches()) {
      throw new IllegalArgumentException("a position is a whole number, 0 or more, as next of a page");
    }
    return Long.valueOf(text);
  }

  private static Instant time(String text) {
    return PointInTime.parse(text).time();
  }

  /** Whether a record is asked for; the beginnings of chains only where nobody in particular is. */
  boolean accepts(AccessRecord record) {
    return since.filter(record.at()::isBefore).isEmpty()
        && until.filter(end -> !record.at().isBefore(end)).isEmpty()
        && switch (record.entry()) {
          case AccessEntry.Started _ -> caller.isEmpty() && owner.isEmpty();
          case AccessEntry.Asked asked -> isOf(asked.who().subject(), asked.owners());
          case AccessEntry.Answered answered -> isOf(answered.subject(), answered.owners());
        };
  }

  private boolean isOf(String subject, List<String> owners) {
    return caller.filter(asked -> !asked.equals(subject)).isEmpty()
        && (owner.isEmpty() || owners.contains(AccessEntry.ALL_OWNERS)
            || owners.stream().anyMatch(owner.get().toString()::equalsIgnoreCase));
  }
}
