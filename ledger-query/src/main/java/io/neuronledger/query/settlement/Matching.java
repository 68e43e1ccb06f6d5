package io.neuronledger.query.settlement;

import io.neuronledger.contracts.usage.NeuronSum;
import io.neuronledger.contracts.usage.SettlementId;
import io.neuronledger.contracts.value.Neuron;
import io.neuronledger.contracts.view.settlement.SettlementState;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The rule of matching, for one owner, provider and service. Requests are ordered by (when, id) and settlements by
 * position; R(i) is the running total of fees, S(j) that of what was settled or written off. Settlement j covers the
 * requests with S(j−1) &lt; R(i) ≤ S(j). So a request that costs nothing is covered with the one before it, and by
 * nobody where nothing before it cost anything.
 */
final class Matching {
  private final Iterator<Fee> usage;
  private @Nullable Fee next;
  private MatchingCursor reach;

  /** What matters of a request. */
  record Fee(RequestKey key, Neuron amount) {}

  /** What matters of a settlement: it claims what it took and what was written off. */
  record Claim(SettlementId id, Neuron amount, Neuron writtenOff) {
    NeuronSum total() {
      return NeuronSum.of(amount).plus(writtenOff);
    }
  }

  /**
   * What one settlement covers.
   *
   * @param reach behind it
   * @param first the first request that it covers; none where it covers none
   * @param requests how many it covers
   * @param feeSum their fees
   * @param difference what it claims − feeSum
   * @param inside the part of the next request at which the settled total ends; zero where it ends between two
   * @param unreported what it claims beyond all that was reported
   */
  record Match(SettlementId id, MatchingCursor reach, Optional<RequestKey> first, long requests, NeuronSum feeSum,
      NeuronSum difference, NeuronSum inside, NeuronSum unreported) {
    SettlementState state() {
      if (unreported.sign() > 0) {
        return SettlementState.UNREPORTED;
      }
      return switch (difference.sign()) {
        case 0 -> SettlementState.MATCHED;
        case 1 -> SettlementState.OVER;
        default -> SettlementState.UNDER;
      };
    }
  }

  private Matching(MatchingCursor from, Iterator<Fee> usage) {
    this.reach = from;
    this.usage = usage;
    advance();
    while (reach.reported().sign() == 0 && next != null && next.amount().isZero()) {
      reach = new MatchingCursor(reach.settled(), reach.writtenOff(), NeuronSum.ZERO, Optional.of(next.key()));
      advance();
    }
  }

  /**
   * @param from the reach of the settlement before, or {@link MatchingCursor#START}
   * @param usage the requests behind {@code from}, in order; read as far as needed
   * @param claims the settlements behind {@code from}, in order
   * @return one match per claim
   */
  static List<Match> match(MatchingCursor from, Iterator<Fee> usage, List<Claim> claims) {
    Matching matching = new Matching(from, usage);
    List<Match> matches = new ArrayList<>(claims.size());
    for (Claim claim : claims) {
      matches.add(matching.cover(claim));
    }
    return matches;
  }

  private Match cover(Claim claim) {
    NeuronSum settled = reach.settled().plus(claim.amount());
    NeuronSum writtenOff = reach.writtenOff().plus(claim.writtenOff());
    NeuronSum claimed = settled.plus(writtenOff);
    NeuronSum reported = reach.reported();
    Optional<RequestKey> first = Optional.empty();
    Optional<RequestKey> last = Optional.empty();
    long requests = 0;
    while (next != null && reported.plus(next.amount()).compareTo(claimed) <= 0) {
      reported = reported.plus(next.amount());
      last = Optional.of(next.key());
      first = first.isPresent() ? first : last;
      requests++;
      advance();
    }
    NeuronSum feeSum = reported.minus(reach.reported());
    NeuronSum beyond = claimed.minus(reported);
    boolean allReported = next != null || beyond.sign() == 0;
    reach = new MatchingCursor(settled, writtenOff, reported, last.isPresent() ? last : reach.through());
    return new Match(claim.id(), reach, first, requests, feeSum, claim.total().minus(feeSum),
        allReported ? beyond : NeuronSum.ZERO, allReported ? NeuronSum.ZERO : smaller(beyond, claim.total()));
  }

  private void advance() {
    next = usage.hasNext() ? usage.next() : null;
  }

  private static NeuronSum smaller(NeuronSum one, NeuronSum other) {
    return one.compareTo(other) <= 0 ? one : other;
  }
}
