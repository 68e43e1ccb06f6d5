package io.neuronledger.command.usage;

import io.neuronledger.contracts.usage.UsageLine;
import io.neuronledger.contracts.usage.UsageReport;
import io.neuronledger.contracts.value.Neuron;
import io.neuronledger.contracts.value.SubAccountId;
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
 * Decides which of the reports that came together are recorded: those whose fee is right, each request once. Within
 * what came together, the first report of a request counts.
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
      if (feeIsRight(reports.get(i)) && candidates.putIfAbsent(digest(i).request(), digest(i).content()) == null) {
        candidateIndexes.add(i);
      }
    }
  }

  /** The contents to remember, by request, unless another is remembered already. */
  SortedMap<UUID, UUID> candidates() {
    return candidates;
  }

  /**
   * @param remembered the contents that were accepted before, by request, as far as they are among the candidates
   * @return what is recorded now, by meter
   */
  SortedMap<SubAccountId, List<UsageLine>> accepted(Map<UUID, UUID> remembered) {
    SortedMap<SubAccountId, List<UsageLine>> accepted = new TreeMap<>();
    for (int i : candidateIndexes) {
      if (!remembered.containsKey(digest(i).request())) {
        UsageReport report = reports.get(i);
        accepted.computeIfAbsent(report.subAccount(), _ -> new ArrayList<>()).add(report.line());
      }
    }
    return accepted;
  }

  /** One per report, in their order. */
  List<UsageOutcome> outcomes(Map<UUID, UUID> remembered) {
    List<UsageOutcome> outcomes = new ArrayList<>(reports.size());
    for (int i = 0; i < reports.size(); i++) {
      outcomes.add(outcome(i, remembered));
    }
    return outcomes;
  }

  private UsageOutcome outcome(int index, Map<UUID, UUID> remembered) {
    UsageReport report = reports.get(index);
    if (!feeIsRight(report)) {
      Neuron expected = report.units().fee();
      return new UsageOutcome.Refused(UsageRefusal.FEE_MISMATCH,
          "these units cost " + expected + " neuron, not " + report.fee(), Optional.of(expected));
    }
    RequestDigest digest = digest(index);
    Optional<UUID> before = Optional.ofNullable(remembered.get(digest.request()));
    if (before.isEmpty() && candidateIndexes.contains(index)) {
      return new UsageOutcome.Recorded();
    }
    UUID content = before.orElseGet(() -> candidates.get(digest.request()));
    return digest.content().equals(content)
        ? new UsageOutcome.Repeated()
        : UsageOutcome.Refused.because(UsageRefusal.REQUEST_ALREADY_REPORTED, "request " + report.requestId() + " of "
            + report.provider() + " was accepted with another content; it stays as it was");
  }

  private RequestDigest digest(int index) {
    return digests.get(index);
  }

  private static boolean feeIsRight(UsageReport report) {
    return report.fee().equals(report.units().fee());
  }
}
