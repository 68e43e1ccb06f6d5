package io.neuronledger.query.usage;

import io.neuronledger.contracts.usage.Units;
import io.neuronledger.contracts.value.Neuron;
import io.neuronledger.foundation.partitionlog.TopicJson;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jooq.JSON;

/**
 * The units of a request as columns.
 *
 * @param input all input tokens, the cached ones and those written to a cache among them
 * @param price per input token, image or second; absent where there are lines
 * @param lines of priced and unpriced units; absent in the short forms
 */
record Amounts(long input, long cachedInput, long cacheWrite, long output, long images, long seconds, long clips,
    Optional<Neuron> price, Optional<Neuron> cachedInputPrice, Optional<Neuron> outputPrice, Optional<JSON> lines) {
  static Amounts of(Units units) {
    return switch (units) {
      case Units.Tokens tokens -> new Amounts(tokens.input(), tokens.cachedInput(), 0, tokens.output(), 0, 0, 0,
          Optional.of(tokens.inputPrice()), Optional.of(tokens.cachedInputPrice()), Optional.of(tokens.outputPrice()),
          Optional.empty());
      case Units.Images images -> new Amounts(0, 0, 0, 0, images.count(), 0, 0, Optional.of(images.price()),
          Optional.empty(), Optional.empty(), Optional.empty());
      case Units.Seconds seconds -> new Amounts(0, 0, 0, 0, 0, seconds.count(), 0, Optional.of(seconds.price()),
          Optional.empty(), Optional.empty(), Optional.empty());
      case Units.Priced priced ->
          of(priced.lines().stream().map(Units.PricedLine::withoutPrice).toList(), priced);
      case Units.Unpriced unpriced -> of(unpriced.lines(), unpriced);
    };
  }

  private static Amounts of(List<Units.UnpricedLine> counts, Units units) {
    return new Amounts(sum(counts, Units.UnitKind.INPUT), sum(counts, Set.of(Units.UnitKind.CACHED_INPUT_TOKENS)),
        sum(counts, Units.UnitKind.CACHE_WRITE), sum(counts, Set.of(Units.UnitKind.OUTPUT_TOKENS)),
        sum(counts, Set.of(Units.UnitKind.IMAGES)), sum(counts, Set.of(Units.UnitKind.SECONDS)),
        sum(counts, Set.of(Units.UnitKind.CLIPS)), Optional.empty(), Optional.empty(), Optional.empty(),
        Optional.of(JSON.valueOf(TopicJson.MAPPER.valueToTree(units).get("lines").toString())));
  }

  /** At most 20 counts of 53 bits each. */
  private static long sum(List<Units.UnpricedLine> lines, Set<Units.UnitKind> kinds) {
    return lines.stream().filter(line -> kinds.contains(line.kind())).mapToLong(Units.UnpricedLine::count).sum();
  }

  /** @param kind of the units, as stored */
  Units units(String kind) {
    return switch (kind) {
      case Units.TOKENS -> new Units.Tokens(input, cachedInput, output, price.orElseThrow(),
          cachedInputPrice.orElseThrow(), outputPrice.orElseThrow());
      case Units.IMAGES -> new Units.Images(images, price.orElseThrow());
      case Units.SECONDS -> new Units.Seconds(seconds, price.orElseThrow());
      case Units.PRICED -> new Units.Priced(List.of(read(Units.PricedLine[].class)));
      case Units.UNPRICED -> new Units.Unpriced(List.of(read(Units.UnpricedLine[].class)));
      default -> throw new IllegalStateException("no units are stored as " + kind);
    };
  }

  private <T> T read(Class<T> type) {
    return TopicJson.MAPPER.readValue(lines.orElseThrow().data(), type);
  }
}
