package io.neuronledger.command.usage;

import io.neuronledger.contracts.usage.UsageLine;
import io.neuronledger.contracts.usage.UsageReport;
import io.neuronledger.contracts.value.SubAccountId;
import io.neuronledger.foundation.problem.ProblemCode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;

/**
 * Decides which reports of a batch are recorded: those with the right fee, or with units that have no prices, each
 * request once. Within the batch, the first report of a request counts.
 */
final class UsageAcceptance {
  private final List<UsageReport> reports;
  private final List<RequestDigest> digests;
  private final SortedMap<UUID, UUID> candidates = new TreeMap<>();
  private final NavigableSet<Integer> candidateIndexes = new TreeSet<>();

  UsageAcceptance(List<UsageReport> reports) {
    this.reports = List.copyOf(reports);
    this.digests = reports.stream().map(RequestDigest::of).toList();
    for (int i = 0; i < reports.size(); i++) {
      if (isFeeRight(reports.get(i)) && candidates.putIfAbsent(digest(i).request(), digest(i).content()) == null) {
        candidateIndexes.add(i);
      }
    }
  }

  /** The content digests by request, to insert unless the request was accepted before. */
  SortedMap<UUID, UUID> candidates() {
    return candidates;
  }

  /**
   * @param acceptedBefore the content digests by request, of the candidates that were accepted before
   * @return the lines to record now, by meter
   */
  SortedMap<SubAccountId, List<UsageLine>> accepted(Map<UUID, UUID> acceptedBefore) {
    SortedMap<SubAccountId, List<UsageLine>> accepted = new TreeMap<>();
    for (int i : candidateIndexes) {
      if (!acceptedBefore.containsKey(digest(i).request())) {
        UsageReport report = reports.get(i);
        accepted.computeIfAbsent(report.subAccount(), _ -> new ArrayList<>()).add(report.line());
      }
    }
    return accepted;
  }

  /** One outcome per report, in the order of the reports. */
  List<UsageOutcome> outcomes(Map<UUID, UUID> acceptedBefore) {
    List<UsageOutcome> outcomes = new ArrayList<>(reports.size());
    for (int i = 0; i < reports.size(); i++) {
      outcomes.add(outcome(i, acceptedBefore));
    }
    return outcomes;
  }

  private UsageOutcome outcome(int index, Map<UUID, UUID> acceptedBefore) {
    UsageReport report = reports.get(index);
    Optional<UsageOutcome.Refused> wrongFee = wrongFee(report);
    if (wrongFee.isPresent()) {
      return wrongFee.get();
    }
    RequestDigest digest = digest(index);
    Optional<UUID> before = Optional.ofNullable(acceptedBefore.get(digest.request()));
    if (before.isEmpty() && candidateIndexes.contains(index)) {
      return new UsageOutcome.Recorded();
    }
    UUID content = before.orElseGet(() -> candidates.get(digest.request()));
    return digest.content().equals(content)
        ? new UsageOutcome.Repeated()
        : UsageOutcome.Refused.of(ProblemCode.REQUEST_ALREADY_REPORTED, "request " + report.requestId() + " of "
            + report.provider() + " was accepted with different content; the accepted content is unchanged");
  }

  /** The refusal of a report whose fee is not the cost of its units, where they have prices. */
  static Optional<UsageOutcome.Refused> wrongFee(UsageReport report) {
    return report.units().fee().filter(expected -> !expected.equals(report.fee()))
        .map(expected -> new UsageOutcome.Refused(ProblemCode.FEE_MISMATCH,
            "these units cost " + expected + " neuron, not " + report.fee(), Optional.of(expected)));
  }

  private RequestDigest digest(int index) {
    return digests.get(index);
  }

  private static boolean isFeeRight(UsageReport report) {
    return wrongFee(report).isEmpty();
  }
}
