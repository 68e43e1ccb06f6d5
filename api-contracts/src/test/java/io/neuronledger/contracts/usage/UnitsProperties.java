package io.neuronledger.contracts.usage;

import static org.assertj.core.api.Assertions.assertThat;

import io.neuronledger.contracts.value.Neuron;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.LongRange;

class UnitsProperties {
  private static final BigInteger PRICE_MAX = BigInteger.TWO.pow(190);

  @Property
  void the_fee_is_the_sum_of_the_lines_in_any_order(@ForAll("lines") List<Units.PricedLine> lines) {
    BigInteger expected = BigInteger.ZERO;
    for (Units.PricedLine line : lines) {
      expected = expected.add(line.price().value().multiply(BigInteger.valueOf(line.count())));
    }
    assertThat(new Units.Priced(lines).fee()).contains(new Neuron(expected));
    assertThat(new Units.Priced(lines.reversed()).fee()).contains(new Neuron(expected));
  }

  @Property
  void one_line_more_costs_its_count_times_its_price(@ForAll("lines") List<Units.PricedLine> lines) {
    Units.PricedLine added = new Units.PricedLine(Units.UnitKind.CLIPS, Optional.of("another"), 3, Neuron.parse("7"));
    List<Units.PricedLine> more = new ArrayList<>(lines);
    more.add(added);
    assertThat(new Units.Priced(more).fee())
        .isEqualTo(new Units.Priced(lines).fee().map(fee -> fee.plus(Neuron.parse("21"))));
  }

  @Property
  void tokens_cost_the_same_as_their_priced_lines(@ForAll @LongRange(min = 0, max = Units.COUNT_MAX) long plain,
      @ForAll @LongRange(min = 0, max = 1_000_000) long cached, @ForAll("prices") Neuron inputPrice,
      @ForAll("prices") Neuron cachedPrice, @ForAll("prices") Neuron outputPrice) {
    long input = Math.min(plain + cached, Units.COUNT_MAX);
    Units tokens = new Units.Tokens(input, cached, 11, inputPrice, cachedPrice, outputPrice);
    Units priced = new Units.Priced(List.of(
        new Units.PricedLine(Units.UnitKind.INPUT_TOKENS, Optional.empty(), input - cached, inputPrice),
        new Units.PricedLine(Units.UnitKind.CACHED_INPUT_TOKENS, Optional.empty(), cached, cachedPrice),
        new Units.PricedLine(Units.UnitKind.OUTPUT_TOKENS, Optional.empty(), 11, outputPrice)));
    assertThat(priced.fee()).isEqualTo(tokens.fee());
  }

  /** Of any kinds, each in a tier of its own. */
  @Provide
  Arbitrary<List<Units.PricedLine>> lines() {
    Arbitrary<Units.PricedLine> line = Combinators.combine(Arbitraries.of(Units.UnitKind.class),
        Arbitraries.longs().between(0, Units.COUNT_MAX), prices())
        .as((kind, count, price) -> new Units.PricedLine(kind, Optional.empty(), count, price));
    return line.list().ofMinSize(1).ofMaxSize(Units.LINES_MAX - 1).map(lines -> IntStream.range(0, lines.size())
        .mapToObj(i -> new Units.PricedLine(lines.get(i).kind(), Optional.of("tier-" + i), lines.get(i).count(),
            lines.get(i).price())).toList());
  }

  @Provide
  Arbitrary<Neuron> prices() {
    return Arbitraries.bigIntegers().between(BigInteger.ZERO, PRICE_MAX).map(Neuron::new);
  }
}
