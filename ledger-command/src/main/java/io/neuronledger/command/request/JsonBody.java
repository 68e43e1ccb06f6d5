package io.neuronledger.command.request;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
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
   * @throws TooMuch above {@code bytesMax} bytes, or with more tokens than any valid request
   * @throws Unreadable unless it is one JSON value
   */
  public static JsonNode of(HttpServletRequest request, int bytesMax) throws IOException {
    byte[] body = request.getInputStream().readNBytes(bytesMax + 1);
    if (body.length > bytesMax) {
      throw new TooMuch("a request has at most " + bytesMax + " bytes");
    }
    try {
      return JSON.readTree(body);
    } catch (StreamConstraintsException e) {
      throw new TooMuch("a request has at most " + TOKENS_MAX + " JSON tokens and a limited depth: "
          + e.getOriginalMessage());
    } catch (JacksonException e) {
      throw notJson(e);
    }
  }

  /** @throws Unreadable unless the bytes are one JSON value within the limits of {@link #of} on tokens and depth */
  public static JsonNode parse(byte[] bytes) {
    try {
      return JSON.readTree(bytes);
    } catch (JacksonException e) {
      throw notJson(e);
    }
  }

  private static Unreadable notJson(JacksonException e) {
    return new Unreadable("not JSON: " + e.getOriginalMessage());
  }
}
