package io.neuronledger.indexer.scene;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.util.JsonParserDelegate;
import tools.jackson.databind.json.JsonMapper;

/** A document's tokens. Whoever asks for more of them than it can have reads for ever. */
public final class BoundedParser extends JsonParserDelegate {
  private final int tokensMax;
  private int tokens;

  private BoundedParser(JsonParser parser, int tokensMax) {
    super(parser);
    this.tokensMax = tokensMax;
  }

  /** At the first token. */
  public static BoundedParser of(String text) {
    BoundedParser parser = new BoundedParser(JsonMapper.shared().createParser(text), text.length() + 2);
    var _ = parser.nextToken();
    return parser;
  }

  @Override
  public @Nullable JsonToken nextToken() {
    if (++tokens > tokensMax) {
      throw new AssertionError("reads for ever");
    }
    return super.nextToken();
  }
}
