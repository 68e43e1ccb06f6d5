package io.neuronledger.query.price;

import io.neuronledger.contracts.usage.ModelName;
import io.neuronledger.contracts.usage.Units;
import io.neuronledger.foundation.problem.Refusal;
import io.neuronledger.foundation.problem.StrictJsonObject;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * What is asked for: tokens, images or seconds of a model. Counts are 0 to 2^53 − 1.
 *
 * @param input all tokens of input, the cached ones among them; 0 unless it is about tokens
 * @param cached those of {@code input} that the provider has in its cache
 * @param count of images or seconds; 0 where it is about tokens
 */
record QuoteRequest(ModelName model, Kind kind, long input, long cached, long output, long count) {
  static final int BODY_BYTES_MAX = 4 << 10;
  private static final String INPUT = "input_tokens";
  private static final String CACHED = "cached_tokens";
  private static final String OUTPUT = "output_tokens";
  private static final String IMAGES = "images";
  private static final String SECONDS = "seconds";

  /** What is counted. */
  enum Kind { TOKENS, IMAGES, SECONDS }

  /** @throws Refusal with all mistakes, unless it names a model and exactly one kind of units */
  static QuoteRequest of(JsonNode body) {
    StrictJsonObject fields = StrictJsonObject.of("a request to quote", body);
    Optional<ModelName> model = fields.text("model", ModelName::new);
    boolean tokens = body.hasNonNull(INPUT) || body.hasNonNull(CACHED) || body.hasNonNull(OUTPUT);
    boolean images = body.hasNonNull(IMAGES);
    boolean seconds = body.hasNonNull(SECONDS);
    long input = count(fields, INPUT, tokens);
    long cached = count(fields, CACHED, body.hasNonNull(CACHED));
    long output = count(fields, OUTPUT, tokens);
    long count = count(fields, IMAGES, images) + count(fields, SECONDS, seconds);
    if (cached > input) {
      fields.addMistake(CACHED + " is a part of " + INPUT + ": " + cached + " of " + input);
    }
    if ((tokens ? 1 : 0) + (images ? 1 : 0) + (seconds ? 1 : 0) != 1) {
      fields.addMistake("give either " + INPUT + " and " + OUTPUT + ", or " + IMAGES + ", or " + SECONDS);
    }
    fields.refuseUnknown();
    fields.check();
    Kind kind = tokens ? Kind.TOKENS : images ? Kind.IMAGES : Kind.SECONDS;
    return new QuoteRequest(model.orElseThrow(), kind, input, cached, output, count);
  }

  private static long count(StrictJsonObject fields, String name, boolean wanted) {
    if (!wanted) {
      fields.optionalText(name, text -> text);   // known, and absent or null
      return 0;
    }
    long count = fields.count(name).orElse(0L);
    if (count < 0 || count > Units.COUNT_MAX) {
      fields.addMistake(name + " must be 0 to 2^53 - 1: " + count);
      return 0;
    }
    return count;
  }
}
