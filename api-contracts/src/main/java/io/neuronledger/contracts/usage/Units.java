package io.neuronledger.contracts.usage;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.neuronledger.contracts.value.Excerpt;
import io.neuronledger.contracts.value.Neuron;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The units that a request consumed, with the price of each where it is reported. Counts are whole numbers from 0 to
 * 2^53 − 1, which any JSON reader holds exactly; prices are in neuron per unit. Units whose fee exceeds a uint256 are
 * rejected.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
    @JsonSubTypes.Type(value = Units.Tokens.class, name = Units.TOKENS),
    @JsonSubTypes.Type(value = Units.Images.class, name = Units.IMAGES),
    @JsonSubTypes.Type(value = Units.Seconds.class, name = Units.SECONDS),
    @JsonSubTypes.Type(value = Units.Priced.class, name = Units.PRICED),
    @JsonSubTypes.Type(value = Units.Unpriced.class, name = Units.UNPRICED)})
public sealed interface Units {
  String TOKENS = "tokens";
  String IMAGES = "images";
  String SECONDS = "seconds";
  String PRICED = "priced";
  String UNPRICED = "unpriced";

  /** The largest count: 2^53 − 1. */
  long COUNT_MAX = (1L << 53) - 1;

  /** The most lines of one request. */
  int LINES_MAX = 20;

  /** The exact fee of these units at their prices, in neuron; empty where they have none. */
  Optional<Neuron> fee();

  /** Whether the fee can be compared with prices. */
  default Pricing pricing() {
    return fee().isPresent() ? Pricing.VERIFIED : Pricing.UNVERIFIED;
  }

  /** {@code tokens}, {@code images}, {@code seconds}, {@code priced} or {@code unpriced}. */
  default String kind() {
    return switch (this) {
      case Tokens _ -> TOKENS;
      case Images _ -> IMAGES;
      case Seconds _ -> SECONDS;
      case Priced _ -> PRICED;
      case Unpriced _ -> UNPRICED;
    };
  }

  /**
   * Text in, text out.
   *
   * @param input all input tokens, the cached ones among them
   * @param cachedInput those of {@code input} that were answered from a cache and cost {@code cachedInputPrice}
   */
  record Tokens(long input, long cachedInput, long output, Neuron inputPrice, Neuron cachedInputPrice,
      Neuron outputPrice) implements Units {
    public Tokens {
      checkCount("input", input);
      checkCount("cached_input", cachedInput);
      checkCount("output", output);
      if (cachedInput > input) {
        throw new IllegalArgumentException(
            "cached_input is a part of input: " + cachedInput + " of " + input);
      }
      sum(times(input - cachedInput, inputPrice), times(cachedInput, cachedInputPrice), times(output, outputPrice));
    }

    @Override
    public Optional<Neuron> fee() {
      return Optional.of(sum(times(input - cachedInput, inputPrice), times(cachedInput, cachedInputPrice),
          times(output, outputPrice)));
    }
  }

  /** Generated images. */
  record Images(long count, Neuron price) implements Units {
    public Images {
      checkCount("count", count);
      sum(times(count, price));
    }

    @Override
    public Optional<Neuron> fee() {
      return Optional.of(sum(times(count, price)));
    }
  }

  /** Seconds of audio or video, as the provider bills them. */
  record Seconds(long count, Neuron price) implements Units {
    public Seconds {
      checkCount("count", count);
      sum(times(count, price));
    }

    @Override
    public Optional<Neuron> fee() {
      return Optional.of(sum(times(count, price)));
    }
  }

  /**
   * Lines whose sum is the fee, for everything that has more than one price: cached and cache-write tokens, tiers,
   * images beside tokens.
   *
   * @param lines 1 to {@value #LINES_MAX}, each kind once in a tier
   */
  record Priced(List<PricedLine> lines) implements Units {
    public Priced {
      lines = List.copyOf(lines);
      if (lines.isEmpty()) {
        throw new IllegalArgumentException("priced units have a line at least");
      }
      checkLines(lines.stream().map(PricedLine::withoutPrice).toList());
      sum(amounts(lines));
    }

    @Override
    public Optional<Neuron> fee() {
      return Optional.of(sum(amounts(lines)));
    }

    private static BigInteger[] amounts(List<PricedLine> lines) {
      return lines.stream().map(line -> times(line.count, line.price)).toArray(BigInteger[]::new);
    }
  }

  /**
   * A charge without unit prices, so that its fee cannot be verified.
   *
   * @param lines what was consumed, as far as it is reported: 0 to {@value #LINES_MAX}, each kind once in a tier
   */
  record Unpriced(List<UnpricedLine> lines) implements Units {
    public Unpriced {
      lines = List.copyOf(lines);
      checkLines(lines);
    }

    @Override
    public Optional<Neuron> fee() {
      return Optional.empty();
    }
  }

  /**
   * A number of units at one price.
   *
   * @param tier the provider's name of the price's tier or variant, where it has several: 1 to 200 visible ASCII
   *     characters
   * @param price of one unit, in neuron
   */
  record PricedLine(UnitKind kind, Optional<String> tier, long count, Neuron price) {
    public PricedLine {
      checkLine(tier, count);
    }

    public UnpricedLine withoutPrice() {
      return new UnpricedLine(kind, tier, count);
    }
  }

  /**
   * A number of units whose price is not reported.
   *
   * @param tier see {@link PricedLine#tier}
   */
  record UnpricedLine(UnitKind kind, Optional<String> tier, long count) {
    public UnpricedLine {
      checkLine(tier, count);
    }
  }

  /** What a line counts. Lines of tokens do not contain each other. */
  enum UnitKind {
    /** Input tokens that were neither answered from a cache nor written to one. */
    @JsonProperty("input-tokens") INPUT_TOKENS("input-tokens"),
    @JsonProperty("cached-input-tokens") CACHED_INPUT_TOKENS("cached-input-tokens"),
    /** Input tokens that were written to a cache. */
    @JsonProperty("cache-write-tokens") CACHE_WRITE_TOKENS("cache-write-tokens"),
    /** Input tokens that were written to a cache that keeps them for an hour. */
    @JsonProperty("cache-write-1h-tokens") CACHE_WRITE_1H_TOKENS("cache-write-1h-tokens"),
    @JsonProperty("output-tokens") OUTPUT_TOKENS("output-tokens"),
    @JsonProperty("images") IMAGES("images"),
    /** Seconds of audio or video, as the provider bills them. */
    @JsonProperty("seconds") SECONDS("seconds"),
    /** Whole clips of video. */
    @JsonProperty("clips") CLIPS("clips");

    /** All tokens of the input. */
    public static final Set<UnitKind> INPUT =
        Set.of(INPUT_TOKENS, CACHED_INPUT_TOKENS, CACHE_WRITE_TOKENS, CACHE_WRITE_1H_TOKENS);
    /** Tokens that were written to a cache. */
    public static final Set<UnitKind> CACHE_WRITE = Set.of(CACHE_WRITE_TOKENS, CACHE_WRITE_1H_TOKENS);

    private final String word;

    UnitKind(String word) {
      this.word = word;
    }

    /** @throws IllegalArgumentException for another word, with all words */
    public static UnitKind of(String word) {
      return Arrays.stream(values()).filter(kind -> kind.word.equals(word)).findFirst()
          .orElseThrow(() -> new IllegalArgumentException("must be one of " + Arrays.stream(values())
              .map(UnitKind::word).collect(Collectors.joining(", ")) + ": " + Excerpt.of(word)));
    }

    /** The word in JSON. */
    public String word() {
      return word;
    }
  }

  /** Whether a fee can be compared with prices. */
  enum Pricing {
    /** The report has the price of each unit, and the fee is exactly their sum. */
    @JsonProperty("verified") VERIFIED("verified"),
    /** A charge without unit prices: it counts as it was charged. */
    @JsonProperty("unverified") UNVERIFIED("unverified");

    private final String word;

    Pricing(String word) {
      this.word = word;
    }

    /** The word in JSON. */
    public String word() {
      return word;
    }
  }

  private static void checkLine(Optional<String> tier, long count) {
    tier.ifPresent(name -> PrintableText.check("tier", name));
    checkCount("count", count);
  }

  private static void checkLines(List<UnpricedLine> lines) {
    if (lines.size() > LINES_MAX) {
      throw new IllegalArgumentException("units have at most " + LINES_MAX + " lines, not " + lines.size());
    }
    Set<List<Object>> known = new HashSet<>();
    for (UnpricedLine line : lines) {
      if (!known.add(List.of(line.kind, line.tier))) {
        throw new IllegalArgumentException("two lines of " + line.kind.word
            + line.tier.map(name -> " in tier " + name).orElse(""));
      }
    }
  }

  private static void checkCount(String name, long count) {
    if (count < 0 || count > COUNT_MAX) {
      throw new IllegalArgumentException(name + " must be 0 to 2^53 - 1: " + count);
    }
  }

  private static BigInteger times(long count, Neuron price) {
    return price.value().multiply(BigInteger.valueOf(count));
  }

  private static Neuron sum(BigInteger... parts) {
    BigInteger fee = BigInteger.ZERO;
    for (BigInteger part : parts) {
      fee = fee.add(part);
    }
    if (fee.bitLength() > Neuron.MAX.value().bitLength()) {
      throw new IllegalArgumentException("the fee of these units is no uint256: " + fee);
    }
    return new Neuron(fee);
  }
}
