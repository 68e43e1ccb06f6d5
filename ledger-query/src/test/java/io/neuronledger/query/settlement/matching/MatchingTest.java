package io.neuronledger.query.settlement.matching;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.neuronledger.contracts.usage.NeuronSum;
import io.neuronledger.contracts.usage.RequestId;
import io.neuronledger.contracts.usage.SettlementId;
import io.neuronledger.contracts.value.ChainPosition;
import io.neuronledger.contracts.value.Neuron;
import io.neuronledger.contracts.view.settlement.SettlementState;
import io.neuronledger.query.settlement.matching.Matching.Claim;
import io.neuronledger.query.settlement.matching.Matching.Fee;
import io.neuronledger.query.settlement.matching.Matching.Match;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Each case with the values on both sides of its limit. */
class MatchingTest {
  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

  @Test
  void a_settlement_of_the_exact_fees_is_matched() {
    List<Match> matches = match(fees(10, 20, 30), claims(30, 30));

    assertThat(matches).extracting(Match::state).containsExactly(SettlementState.MATCHED, SettlementState.MATCHED);
    assertThat(matches).extracting(Match::requests).containsExactly(2L, 1L);
    assertThat(matches.getLast().cursor().reported()).isEqualTo(sum(60));
  }

  @Test
  void a_settlement_that_ends_inside_a_request_is_over_and_the_next_one_under() {
    List<Match> matches = match(fees(10, 20, 30), claims(29, 31));

    Match over = matches.getFirst();
    assertThat(over.state()).isEqualTo(SettlementState.OVER);
    assertThat(over.requests()).isEqualTo(1);
    assertThat(over.difference()).isEqualTo(sum(19));
    assertThat(over.inside()).isEqualTo(sum(19));
    Match under = matches.getLast();
    assertThat(under.state()).isEqualTo(SettlementState.UNDER);
    assertThat(under.requests()).isEqualTo(2);
    assertThat(under.difference()).isEqualTo(sum(-19));
    assertThat(under.inside()).isEqualTo(sum(0));
  }

  /** The sums agree, so it is matched; its end inside a request is still a difference. */
  @Test
  void a_settlement_may_claim_a_whole_fee_and_still_end_inside_a_request() {
    List<Match> matches = match(fees(10, 10, 10), claims(15, 10, 5));

    assertThat(matches).extracting(Match::state)
        .containsExactly(SettlementState.OVER, SettlementState.MATCHED, SettlementState.UNDER);
    assertThat(matches).extracting(Match::inside).containsExactly(sum(5), sum(5), sum(0));
  }

  @Test
  void a_claim_beyond_all_reports_is_unreported() {
    List<Match> matches = match(fees(10), claims(10, 1, 5));

    assertThat(matches).extracting(Match::state).containsExactly(SettlementState.MATCHED, SettlementState.UNREPORTED,
        SettlementState.UNREPORTED);
    assertThat(matches).extracting(Match::unreported).containsExactly(sum(0), sum(1), sum(5));
    assertThat(matches).extracting(Match::inside).containsOnly(sum(0));
  }

  @Test
  void only_the_part_of_a_claim_beyond_the_end_of_usage_is_unreported() {
    Match match = match(fees(10), claims(25)).getFirst();

    assertThat(match.unreported()).isEqualTo(sum(15));
    assertThat(match.feeSum()).isEqualTo(sum(10));
    assertThat(match.difference()).isEqualTo(sum(15));
  }

  @Test
  void a_write_off_covers_requests_too() {
    Claim partial = new Claim(id(1), neuron(4), neuron(6));
    Match match = Matching.match(MatchingCursor.START, fees(10).iterator(), List.of(partial)).getFirst();

    assertThat(match.state()).isEqualTo(SettlementState.MATCHED);
    assertThat(match.cursor().settled()).isEqualTo(sum(4));
    assertThat(match.cursor().writtenOff()).isEqualTo(sum(6));
  }

  /** R is in (S(j−1), S(j)] together with the request before it; R = 0 is in no interval. */
  @Test
  void a_request_with_a_zero_fee_is_covered_with_the_one_before_it() {
    List<Match> matches = match(fees(0, 0, 10, 0, 5), claims(10, 5));

    assertThat(matches).extracting(Match::requests).containsExactly(2L, 1L);
    assertThat(matches.getFirst().first().orElseThrow().id()).isEqualTo(new RequestId("r2"));
    assertThat(matches).extracting(Match::state).containsOnly(SettlementState.MATCHED);
  }

  @Test
  void a_settlement_of_zero_covers_no_requests() {
    assertThat(match(fees(0, 10), claims(0))).extracting(Match::requests, Match::state)
        .containsExactly(tuple(0L, SettlementState.MATCHED));
    assertThat(match(List.of(), claims(0))).extracting(Match::state).containsExactly(SettlementState.MATCHED);
  }

  @Test
  void sums_may_exceed_the_range_of_an_amount() {
    List<Claim> claims = List.of(new Claim(id(1), neuron(1), Neuron.MAX), new Claim(id(2), neuron(1), Neuron.MAX));
    List<Match> matches = Matching.match(MatchingCursor.START, fees(1).iterator(), claims);

    assertThat(matches.getLast().cursor().claimed())
        .isEqualTo(NeuronSum.of(Neuron.MAX).plus(Neuron.MAX).plus(neuron(2)));
    assertThat(matches.getLast().state()).isEqualTo(SettlementState.UNREPORTED);
  }

  private static List<Match> match(List<Fee> usage, List<Claim> claims) {
    return Matching.match(MatchingCursor.START, usage.iterator(), claims);
  }

  private static List<Fee> fees(long... amounts) {
    List<Fee> fees = new ArrayList<>();
    for (int i = 0; i < amounts.length; i++) {
      fees.add(new Fee(new RequestKey(START.plusSeconds(i), new RequestId("r" + i)), neuron(amounts[i])));
    }
    return fees;
  }

  private static List<Claim> claims(long... amounts) {
    List<Claim> claims = new ArrayList<>();
    for (int i = 0; i < amounts.length; i++) {
      claims.add(new Claim(id(i), neuron(amounts[i]), Neuron.ZERO));
    }
    return claims;
  }

  private static SettlementId id(int block) {
    return new SettlementId(new ChainPosition(block, 0, 0), 0);
  }

  private static Neuron neuron(long amount) {
    return Neuron.parse(String.valueOf(amount));
  }

  private static NeuronSum sum(long amount) {
    return NeuronSum.parse(String.valueOf(amount));
  }
}
