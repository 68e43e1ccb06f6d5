package io.neuronledger.foundation.problem;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Strict JSON input: no duplicate member, no content after the value, and a limited number of bytes and tokens.
 */
public final class JsonBody {
  /** More than twice the tokens of a batch of 1,000 reports with all fields. */
  private static final int TOKENS_MAX = 100_000;

  private static final JsonMapper JSON = JsonMapper.builder(JsonFactory.builder()
          .streamReadConstraints(StreamReadConstraints.builder().maxTokenCount(TOKENS_MAX).build()).build())
      .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
      .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
      .build();

  private JsonBody() {}

  /**
   * Reads the body of a request.
   *
   * @throws Refusal above {@code bytesMax} bytes, with more tokens than any valid request, or unless it is one JSON
   *     value
   */
  public static JsonNode of(HttpServletRequest request, int bytesMax) {
    byte[] body = bytes(request, bytesMax + 1);
    if (body.length > bytesMax) {
      throw new Refusal(ProblemCode.TOO_MUCH_AT_ONCE, "a request has at most " + bytesMax + " bytes");
    }
    try {
      return JSON.readTree(body);
    } catch (StreamConstraintsException e) {
      throw new Refusal(ProblemCode.TOO_MUCH_AT_ONCE, "a request has at most " + TOKENS_MAX + " JSON tokens, "
          + StreamReadConstraints.DEFAULT_MAX_DEPTH + " levels, and " + StreamReadConstraints.DEFAULT_MAX_NUM_LEN
          + " characters in a number");
    } catch (JacksonException e) {
      throw notJson(e);
    }
  }

  /** @throws Refusal unless the bytes are one JSON value within the limits of {@link #of} on tokens and depth */
  public static JsonNode parse(byte[] bytes) {
    try {
      return JSON.readTree(bytes);
    } catch (JacksonException e) {
      throw notJson(e);
    }
  }

  private static byte[] bytes(HttpServletRequest request, int max) {
    try {
      return request.getInputStream().readNBytes(max);
    } catch (IOException e) {
      // The caller has disconnected, or sent a malformed chunk.
      throw new Refusal(ProblemCode.MALFORMED_REQUEST, "the body ends early or is not framed as its headers declare");
    }
  }

  /** Where it is, and no more: the parser's own words name its classes. */
  private static Refusal notJson(JacksonException e) {
    TokenStreamLocation at = e.getLocation();
    String where = at == null || at.getLineNr() < 1 ? ""
        : ": line " + at.getLineNr() + ", column " + at.getColumnNr();
    return new Refusal(ProblemCode.MALFORMED_REQUEST, "not one JSON value with each field once" + where);
  }
}
