package io.neuronledger.indexer.rpc.http;

import io.neuronledger.indexer.rpc.call.RpcAnswer;
import io.neuronledger.indexer.rpc.call.RpcCall;
import io.neuronledger.indexer.rpc.call.RpcFailure;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Writes JSON-RPC 2.0 requests and reads their answers, matched by id in any order. */
public final class RpcMessages {
  /** A call trace is nested as deep as calls are, twice over: the EVM allows 1,024 of them. */
  private static final int NESTING_MAX = 5_000;
  /** Reads values out of the middle of a document. */
  private static final JsonMapper JSON = JsonMapper.builder(JsonFactory.builder()
          .streamReadConstraints(StreamReadConstraints.builder().maxNestingDepth(NESTING_MAX).build()).build())
      .disable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
      .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY).build();
  private static final int THROTTLED = 429;
  private static final int NO_ID = -1;
  private static final int MESSAGE_MAX = 300;

  private RpcMessages() {}

  /** An array for several calls; a single call is an object, for nodes without batches. */
  static String request(List<RpcAnswer<?>> calls) {
    StringBuilder text = new StringBuilder(128 * calls.size());
    if (calls.size() == 1) {
      return write(text, 0, calls.getFirst().call()).toString();
    }
    for (int id = 0; id < calls.size(); id++) {
      write(text.append(id == 0 ? '[' : ','), id, calls.get(id).call());
    }
    return text.append(']').toString();
  }

  private static StringBuilder write(StringBuilder text, int id, RpcCall<?> call) {
    return text.append("{\"jsonrpc\":\"2.0\",\"id\":").append(id).append(",\"method\":\"").append(call.method())
        .append("\",\"params\":").append(call.params()).append('}');
  }

  /**
   * Fills the answers.
   *
   * @throws RpcFailure unless every call has exactly one result; where each has a result or an error of its own, the
   *     results are kept
   * @throws tools.jackson.core.JacksonException or {@link IllegalArgumentException} if it is not the expected JSON
   */
  static void read(byte[] body, List<RpcAnswer<?>> calls) throws IOException {
    calls.forEach(RpcAnswer::clear);
    Map<RpcAnswer<?>, RpcFailure> refused = new LinkedHashMap<>();
    try {
      readAll(body, calls, refused);
    } catch (IOException | RuntimeException e) {
      calls.forEach(RpcAnswer::clear);
      throw e;
    }
    Optional<RpcFailure> first = refused.values().stream().findFirst();
    if (first.isPresent()) {
      throw first.get();
    }
  }

  private static void readAll(byte[] body, List<RpcAnswer<?>> calls, Map<RpcAnswer<?>, RpcFailure> refused)
      throws IOException {
    try (JsonParser parser = JSON.createParser(body)) {
      if (parser.nextToken() == JsonToken.START_ARRAY) {
        var _ = JsonFields.list(parser, each -> readOne(each, calls, refused));
      } else {
        var _ = readOne(parser, calls, refused);
      }
      if (parser.nextToken() != null) {
        throw new IllegalArgumentException("more after the end of the answer");
      }
    }
    for (RpcAnswer<?> call : calls) {
      if (!call.answered() && !refused.containsKey(call)) {
        throw new IllegalArgumentException("no answer to " + call.call().method());
      }
    }
  }

  /** Reads one answer. An error counts, regardless of the object's other fields. */
  private static RpcAnswer<?> readOne(JsonParser parser, List<RpcAnswer<?>> calls,
      Map<RpcAnswer<?>, RpcFailure> refused) {
    @Nullable RpcFailure refusal = null;
    @Nullable RpcAnswer<?> answer = null;
    @Nullable JsonNode early = null;
    boolean answered = false;
    JsonFields fields = JsonFields.of(parser);
    while (fields.next()) {
      switch (fields.name()) {
        case "id" -> answer = byId(id(parser), answer, calls, refused);
        case "error" -> refusal = fields.isNull() ? refusal : refusal(parser);
        case "result" -> {
          if (answered) {
            throw new IllegalArgumentException("the field result comes twice");
          }
          answered = true;
          if (answer == null) {
            early = JSON.readTree(parser);   // some nodes write the id last
          } else {
            answer.read(parser);
          }
        }
        default -> fields.skip();
      }
    }
    if (refusal != null) {
      if (answer == null) {
        throw refusal;
      }
      answer.clear();
      refused.put(answer, refusal);
      return answer;
    }
    RpcAnswer<?> known = JsonFields.required("id", answer);
    if (early != null) {
      read(early, known);
    }
    return known;
  }

  private static void read(JsonNode result, RpcAnswer<?> answer) {
    try (JsonParser buffered = JSON.treeAsTokens(result)) {
      buffered.nextToken();
      answer.read(buffered);
    }
  }

  /** The parser's current value as a tree. */
  public static JsonNode tree(JsonParser parser) {
    return JSON.readTree(parser);
  }

  /** A number; some nodes write it as a string. Null comes with an error about the whole batch. */
  private static int id(JsonParser parser) {
    return switch (parser.currentToken()) {
      case VALUE_NUMBER_INT -> parser.getIntValue();
      case VALUE_STRING -> Integer.parseInt(parser.getString());
      case VALUE_NULL -> NO_ID;
      default -> throw new IllegalArgumentException("an id that is not a number: " + parser.currentToken());
    };
  }

  private static @Nullable RpcAnswer<?> byId(int id, @Nullable RpcAnswer<?> before, List<RpcAnswer<?>> calls,
      Map<RpcAnswer<?>, RpcFailure> refused) {
    if (id == NO_ID) {
      return before;
    }
    if (id < 0 || id >= calls.size()) {
      throw new IllegalArgumentException("an answer to the call " + id + ", which was not sent");
    }
    RpcAnswer<?> answer = calls.get(id);
    if (before != null || answer.answered() || refused.containsKey(answer)) {
      throw new IllegalArgumentException("two answers to the call " + id + ", or an answer with two ids");
    }
    return answer;
  }

  private static RpcFailure refusal(JsonParser parser) {
    JsonNode error = JSON.readTree(parser);
    int code = error.path("code").asInt(0);
    String message = abbreviated(error.path("message").asString(error.toString()));
    if (code == THROTTLED) {
      return RpcFailure.throttled(message, Optional.empty());
    }
    return RpcFailure.error(code, "error " + code + ": " + message);
  }

  static String abbreviated(String text) {
    return text.length() <= MESSAGE_MAX ? text : text.substring(0, MESSAGE_MAX) + "…";
  }
}
