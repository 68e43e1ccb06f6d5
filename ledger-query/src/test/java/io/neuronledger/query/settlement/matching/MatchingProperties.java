package io.neuronledger.query.settlement.matching;

import static org.assertj.core.api.Assertions.assertThat;

import io.neuronledger.contracts.usage.RequestId;
import io.neuronledger.contracts.usage.SettlementId;
import io.neuronledger.contracts.value.ChainPosition;
import io.neuronledger.contracts.value.Neuron;
import io.neuronledger.query.settlement.matching.Definition.Covered;
import io.neuronledger.query.settlement.matching.Matching.Claim;
import io.neuronledger.query.settlement.matching.Matching.Fee;
import io.neuronledger.query.settlement.matching.Matching.Match;
import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

/** Compares matching with its definition. */
class MatchingProperties {
  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

  @Property
  void it_equals_the_definition(@ForAll("amounts") List<Integer> fees,
      @ForAll("amounts") List<Integer> claims) {
    List<Fee> usage = usage(fees);
    List<Claim> settlements = settlements(claims);

    List<Match> matches = Matching.match(MatchingCursor.START, usage.iterator(), settlements);

    List<Covered> expected = new Definition(usage, settlements).covered();
    assertThat(matches).hasSameSizeAs(expected);
    for (int i = 0; i < matches.size(); i++) {
      Match match = matches.get(i);
      Covered covered = expected.get(i);
      assertThat(match.requests()).isEqualTo(covered.requests().size());
      assertThat(match.feeSum().value()).isEqualTo(covered.feeSum());
      assertThat(match.difference().value()).isEqualTo(covered.difference());
      assertThat(match.inside().value()).isEqualTo(covered.inside());
      assertThat(match.unreported().value()).isEqualTo(covered.unreported());
      assertThat(match.state().word()).isEqualTo(covered.state());
      assertThat(match.first().map(first -> first.id().value()))
          .isEqualTo(covered.requests().stream().findFirst());
    }
  }

  @Property
  void continuing_from_any_settlement_equals_matching_from_the_beginning(@ForAll("amounts") List<Integer> fees,
      @ForAll("amounts") List<Integer> claims, @ForAll @IntRange(min = 0, max = 12) int kept) {
    List<Fee> usage = usage(fees);
    List<Claim> settlements = settlements(claims);
    List<Match> whole = Matching.match(MatchingCursor.START, usage.iterator(), settlements);
    int known = Math.min(kept, whole.size());
    MatchingCursor from = known == 0 ? MatchingCursor.START : whole.get(known - 1).cursor();

    List<Match> rest = Matching.match(from,
        usage.stream().filter(fee -> from.through().map(last -> fee.key().compareTo(last) > 0).orElse(true)).iterator(),
        settlements.subList(known, settlements.size()));

    assertThat(rest).isEqualTo(whole.subList(known, whole.size()));
  }

  @Property
  void every_claimed_neuron_is_covered_or_a_difference(@ForAll("amounts") List<Integer> fees,
      @ForAll("amounts") List<Integer> claims) {
    List<Match> matches = Matching.match(MatchingCursor.START, usage(fees).iterator(), settlements(claims));

    BigInteger differences = matches.stream().map(match -> match.difference().value())
        .reduce(BigInteger.ZERO, BigInteger::add);
    BigInteger open = matches.isEmpty()
        ? BigInteger.ZERO
        : matches.getLast().cursor().claimed().minus(matches.getLast().cursor().reported()).value();
    assertThat(differences).isEqualTo(open);
  }

  @Provide
  Arbitrary<List<Integer>> amounts() {
    return Arbitraries.integers().between(0, 6).list().ofMaxSize(12);
  }

  private static List<Fee> usage(List<Integer> fees) {
    List<Fee> usage = new ArrayList<>();
    for (int i = 0; i < fees.size(); i++) {
      usage.add(new Fee(new RequestKey(START.plusSeconds(i / 2), new RequestId("r" + (10 + i))), neuron(fees.get(i))));
    }
    return usage;
  }

  private static List<Claim> settlements(List<Integer> amounts) {
    List<Claim> claims = new ArrayList<>();
    for (int i = 0; i < amounts.size(); i++) {
      claims.add(new Claim(new SettlementId(new ChainPosition(i, 0, 0), 0), neuron(amounts.get(i)),
          neuron(i % 3 == 0 ? 1 : 0)));
    }
    return claims;
  }

  private static Neuron neuron(int amount) {
    return Neuron.parse(String.valueOf(amount));
  }
}
