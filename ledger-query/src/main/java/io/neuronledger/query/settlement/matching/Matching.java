package io.neuronledger.query.settlement.matching;

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
 * position; R(i) is the running total of fees, S(j) that of the amounts settled or written off. Settlement j covers the
 * requests with S(j−1) &lt; R(i) ≤ S(j). A request with a zero fee is covered together with the one before it; zero-fee
 * requests at the very beginning are covered by no settlement.
 */
final class Matching {
  private final Iterator<Fee> usage;
  private @Nullable Fee next;
  private MatchingCursor cursor;

  /** A request: its place in the order and its fee. */
  record Fee(RequestKey key, Neuron amount) {}

  /** A settlement claims its amount and its write-off. */
  record Claim(SettlementId id, Neuron amount, Neuron writtenOff) {
    NeuronSum total() {
      return NeuronSum.of(amount).plus(writtenOff);
    }
  }

  /**
   * The requests covered by one settlement.
   *
   * @param cursor the state after it
   * @param first the first covered request; empty if it covers none
   * @param requests the number of covered requests
   * @param feeSum the sum of their fees
   * @param difference claim − feeSum; negative if it covers more than it claims
   * @param inside the part of the next request's fee that the settled total reaches into; zero if the total ends
   *     between two requests
   * @param unreported the part of the claim beyond all reported fees
   */
  record Match(SettlementId id, MatchingCursor cursor, Optional<RequestKey> first, long requests, NeuronSum feeSum,
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
    this.cursor = from;
    this.usage = usage;
    advance();
    while (cursor.reported().sign() == 0 && next != null && next.amount().isZero()) {
      cursor = new MatchingCursor(cursor.settled(), cursor.writtenOff(), NeuronSum.ZERO, Optional.of(next.key()));
      advance();
    }
  }

  /**
   * @param from the cursor of the previous settlement, or {@link MatchingCursor#START}
   * @param usage the requests after {@code from}, in order; read as far as needed
   * @param claims the settlements after {@code from}, in order
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
    NeuronSum settled = cursor.settled().plus(claim.amount());
    NeuronSum writtenOff = cursor.writtenOff().plus(claim.writtenOff());
    NeuronSum claimed = settled.plus(writtenOff);
    NeuronSum reported = cursor.reported();
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
    NeuronSum feeSum = reported.minus(cursor.reported());
    NeuronSum beyond = claimed.minus(reported);
    boolean allReported = next != null || beyond.sign() == 0;
    cursor = new MatchingCursor(settled, writtenOff, reported, last.isPresent() ? last : cursor.through());
    return new Match(claim.id(), cursor, first, requests, feeSum, claim.total().minus(feeSum),
        allReported ? beyond : NeuronSum.ZERO, allReported ? NeuronSum.ZERO : smaller(beyond, claim.total()));
  }

  private void advance() {
    next = usage.hasNext() ? usage.next() : null;
  }

  private static NeuronSum smaller(NeuronSum one, NeuronSum other) {
    return one.compareTo(other) <= 0 ? one : other;
  }
}
