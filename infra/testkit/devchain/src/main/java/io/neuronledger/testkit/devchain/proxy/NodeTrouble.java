package io.neuronledger.testkit.devchain.proxy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.BiPredicate;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Alters a part of a node's answers at random, in ways seen at public nodes: refusals, broken connections, wrong
 * results and unusual formats. An answer is that of one request, a single call or a batch.
 */
public final class NodeTrouble implements NodeProxy.Altering {
  private static final int PERCENT = 100;
  private static final int RESULTS_KEPT = 40;
  private static final int INVALID_PARAMS = -32602;
  private static final int LIMIT_EXCEEDED = -32005;
  private static final BigInteger MILLIS = BigInteger.valueOf(1_000);

  /** The kind of alteration. */
  public enum Way {
    /** 429, with a second to wait. */
    TOO_MANY_REQUESTS,
    /** 429 without a time to wait. */
    TOO_MANY_REQUESTS_UNTIMED,
    BAD_GATEWAY,
    /** The body ends in the middle. */
    CUT,
    /** The connection ends without an answer. */
    BROKEN_OFF,
    /** Compressed without a request for it: no fault. */
    COMPRESSED,
    /** A JSON-RPC error that asks to retry later. */
    LIMIT_EXCEEDED,
    /** The newest block is an old one. */
    STALE_HEAD,
    /** A header's time is in milliseconds. */
    MILLISECONDS,
    NULL_TRANSACTIONS,
    /** A bloom of no bytes, as some chains use. */
    BLOOM_WITHOUT_BYTES,
    BLOOM_ABSENT,
    BLOOM_NULL,
    /** A bloom without any log. */
    BLOOM_EMPTY,
    /** The {@code finalized} block is not known. */
    FINALIZED_UNKNOWN,
    NO_LOGS,
    /** The last log is left out. */
    LAST_LOG_LEFT_OUT,
    /** Null after the first log. */
    NULL_LOG,
    /** Leading zeros are left out of the topics. */
    STRIPPED_TOPICS,
    LOGS_REVERSED,
    LOG_TWICE,
    /** Log indexes restart in each transaction. */
    NUMBERED_IN_TRANSACTIONS,
    UPPER_CASE,
    /** The filter by block hash is not supported. */
    NO_FILTER_BY_HASH,
    /** The logs of another request. */
    OTHER_LOGS,
    /** A balance is that of the block being mined. */
    BALANCE_BEING_MINED
  }

  private final int percent;
  private final Random random;
  private final Map<Way, Integer> played = new EnumMap<>(Way.class);
  private final List<JsonNode> heads = new ArrayList<>();
  private final List<JsonNode> logLists = new ArrayList<>();
  private int answers;

  /** @param percent the share of altered answers, 0 to 100 */
  public NodeTrouble(long seed, int percent) {
    if (percent < 0 || percent > PERCENT) {
      throw new IllegalArgumentException("the share of altered answers must be 0 to 100 percent, not " + percent);
    }
    this.percent = percent;
    this.random = new Random(seed);
  }

  /** The share of altered answers, in percent. */
  public int percent() {
    return percent;
  }

  /** The number of alterations of each kind. */
  public synchronized Map<Way, Integer> played() {
    return Map.copyOf(played);
  }

  /** The number of answers. */
  public synchronized int answers() {
    return answers;
  }

  /** A readable summary of the altered answers. */
  public static String summary(int answers, Map<Way, Integer> played) {
    return String.format(Locale.ROOT, "%,d of %,d answers of the node altered: %s",
        played.values().stream().mapToInt(Integer::intValue).sum(), answers, new TreeMap<>(played).entrySet().stream()
            .map(each -> each.getKey().name().toLowerCase(Locale.ROOT).replace('_', ' ') + " " + each.getValue())
            .collect(Collectors.joining(", ")));
  }

  @Override
  public synchronized NodeProxy.Answer altered(JsonNode request, JsonNode answer) {
    answers++;
    if (random.nextInt(PERCENT) < percent) {
      List<Way> ways = new ArrayList<>(List.of(Way.values()));
      Collections.shuffle(ways, random);
      for (Way way : ways) {
        Optional<NodeProxy.Answer> alteration = alteration(way, request, answer);
        if (alteration.isPresent()) {
          played.merge(way, 1, Integer::sum);
          return alteration.get();
        }
      }
    }
    keepResults(request, answer);
    return NodeProxy.Answer.of(answer);
  }

  /** Empty where the answer has nothing to alter in this way. */
  private Optional<NodeProxy.Answer> alteration(Way way, JsonNode request, JsonNode answer) {
    return switch (way) {
      case TOO_MANY_REQUESTS -> Optional.of(NodeProxy.Answer.of(429, Map.of("Retry-After", "1"), "slow down"));
      case TOO_MANY_REQUESTS_UNTIMED -> Optional.of(NodeProxy.Answer.of(429, Map.of(), "slow down"));
      case BAD_GATEWAY -> Optional.of(NodeProxy.Answer.of(502, Map.of(), "<html>bad gateway</html>"));
      case CUT -> {
        String whole = answer.toString();
        yield Optional.of(NodeProxy.Answer.of(200, Map.of(),
            whole.substring(0, 1 + random.nextInt(whole.length() - 1))));
      }
      case BROKEN_OFF -> Optional.of(NodeProxy.Answer.none());
      case COMPRESSED -> Optional.of(new NodeProxy.Answer(200, Map.of("Content-Encoding", "gzip"),
          Optional.of(compressed(JsonMapper.shared().writeValueAsBytes(answer)))));
      case LIMIT_EXCEEDED -> inOneCall(request, answer,
          (_, reply) -> replaceByError(reply, LIMIT_EXCEEDED, "limit exceeded, try again later"));
      case STALE_HEAD -> inOneCall(request, answer, (call, reply) ->
          asksForBlock(call, "latest") && !heads.isEmpty()
              && replaceResult(reply, heads.get(random.nextInt(heads.size()))));
      case FINALIZED_UNKNOWN -> inOneCall(request, answer, (call, reply) ->
          asksForBlock(call, "finalized") && replaceByError(reply, INVALID_PARAMS, "invalid block tag: finalized"));
      case MILLISECONDS -> inBlock(request, answer, block -> {
        BigInteger seconds = new BigInteger(block.path("timestamp").asString().substring(2), 16);
        block.put("timestamp", "0x" + seconds.multiply(MILLIS).toString(16));
      });
      case NULL_TRANSACTIONS -> inBlock(request, answer, block -> block.putNull("transactions"));
      case BLOOM_WITHOUT_BYTES -> inBlock(request, answer, block -> block.put("logsBloom", "0x"));
      case BLOOM_ABSENT -> inBlock(request, answer, block -> block.remove("logsBloom"));
      case BLOOM_NULL -> inBlock(request, answer, block -> block.putNull("logsBloom"));
      case BLOOM_EMPTY -> inBlock(request, answer, block -> block.put("logsBloom", "0x" + "00".repeat(256)));
      case NO_LOGS -> inLogs(request, answer, 1, ArrayNode::removeAll);
      case LAST_LOG_LEFT_OUT -> inLogs(request, answer, 1, logs -> logs.remove(logs.size() - 1));
      case NULL_LOG -> inLogs(request, answer, 2, logs -> logs.insertNull(1));
      case STRIPPED_TOPICS -> inLogs(request, answer, 1, NodeTrouble::strip);
      case LOGS_REVERSED -> inLogs(request, answer, 2, logs -> {
        List<JsonNode> reversed = logs.valueStream().toList().reversed();
        logs.removeAll().addAll(reversed);
      });
      case LOG_TWICE -> inLogs(request, answer, 1, logs -> logs.insert(0, logs.get(0).deepCopy()));
      case NUMBERED_IN_TRANSACTIONS -> inLogs(request, answer, 1, NodeTrouble::numberInTransactions);
      case UPPER_CASE -> inLogs(request, answer, 1, NodeTrouble::upperCase);
      case NO_FILTER_BY_HASH -> inOneCall(request, answer, (call, reply) -> isLogs(call)
          && call.at("/params/0").has("blockHash")
              && replaceByError(reply, INVALID_PARAMS, "blockHash filter is not supported"));
      case OTHER_LOGS -> inOneCall(request, answer, (call, reply) ->
          isLogs(call) && !logLists.isEmpty() && replaceResult(reply, logLists.get(random.nextInt(logLists.size()))));
      case BALANCE_BEING_MINED -> inOneCall(request, answer, (call, reply) -> {
        if (!call.path("method").asString().equals("eth_getBalance") || !reply.path("result").isString()) {
          return false;
        }
        BigInteger right = new BigInteger(reply.path("result").asString().substring(2), 16);
        reply.put("result", "0x" + right.add(BigInteger.valueOf(1L + random.nextInt(Integer.MAX_VALUE))).toString(16));
        return true;
      });
    };
  }

  /** Keeps results that may replace later ones. */
  private void keepResults(JsonNode request, JsonNode answer) {
    inEachCall(request, answer, (call, reply) -> {
      if (asksForBlock(call, "latest") && reply.path("result").isObject()) {
        keep(heads, reply.path("result"));
      } else if (isLogs(call) && !reply.path("result").isEmpty()) {
        keep(logLists, reply.path("result"));
      }
      return false;
    });
  }

  private static void keep(List<JsonNode> results, JsonNode result) {
    results.add(result.deepCopy());
    if (results.size() > RESULTS_KEPT) {
      results.removeFirst();
    }
  }

  private static boolean isLogs(JsonNode call) {
    return call.path("method").asString().equals("eth_getLogs");
  }

  private static boolean asksForBlock(JsonNode call, String tag) {
    return call.path("method").asString().equals("eth_getBlockByNumber") && call.at("/params/0").asString().equals(tag);
  }

  private static boolean replaceResult(ObjectNode reply, JsonNode result) {
    reply.set("result", result.deepCopy());
    return true;
  }

  private static boolean replaceByError(ObjectNode reply, int code, String message) {
    reply.remove("result");
    reply.putObject("error").put("code", code).put("message", message);
    return true;
  }

  private Optional<NodeProxy.Answer> inBlock(JsonNode request, JsonNode answer,
      Consumer<ObjectNode> alter) {
    return inOneCall(request, answer, (call, reply) -> {
      if (!call.path("method").asString().startsWith("eth_getBlockBy")
          || !(reply.path("result") instanceof ObjectNode block)) {
        return false;
      }
      alter.accept(block);
      return true;
    });
  }

  private Optional<NodeProxy.Answer> inLogs(JsonNode request, JsonNode answer, int logsMin,
      Consumer<ArrayNode> alter) {
    return inOneCall(request, answer, (call, reply) -> {
      if (!isLogs(call) || !(reply.path("result") instanceof ArrayNode logs) || logs.size() < logsMin) {
        return false;
      }
      alter.accept(logs);
      return true;
    });
  }

  /** Alters one of the calls to which the alteration applies, chosen at random. */
  private Optional<NodeProxy.Answer> inOneCall(JsonNode request, JsonNode answer,
      BiPredicate<JsonNode, ObjectNode> alter) {
    boolean[] done = {false};
    inEachCall(request, answer, (call, reply) -> done[0] = alter.test(call, reply));
    return done[0] ? Optional.of(NodeProxy.Answer.of(answer)) : Optional.empty();
  }

  /** Visits calls and their answers in random order, until {@code enough} returns true. */
  private void inEachCall(JsonNode request, JsonNode answer, BiPredicate<JsonNode, ObjectNode> enough) {
    List<JsonNode> calls = request.isArray() ? request.valueStream().collect(Collectors.toList())
        : new ArrayList<>(List.of(request));
    Map<JsonNode, ObjectNode> replies = (answer.isArray() ? answer.valueStream() : Stream.of(answer))
        .filter(ObjectNode.class::isInstance).map(ObjectNode.class::cast)
        .collect(Collectors.toMap(reply -> reply.path("id"), reply -> reply, (one, _) -> one));
    Collections.shuffle(calls, random);
    for (JsonNode call : calls) {
      ObjectNode reply = replies.get(call.path("id"));
      if (reply != null && enough.test(call, reply)) {
        return;
      }
    }
  }

  private static void strip(ArrayNode logs) {
    for (JsonNode log : logs) {
      ArrayNode topics = (ArrayNode) log.path("topics");
      for (int i = 1; i < topics.size(); i++) {
        topics.set(i, "0x" + topics.get(i).asString().substring(2).replaceFirst("^0+", ""));
      }
    }
  }

  private static void numberInTransactions(ArrayNode logs) {
    Map<String, Integer> next = new HashMap<>();
    for (JsonNode log : logs) {
      int number = next.merge(log.path("transactionHash").asString(), 1, Integer::sum) - 1;
      ((ObjectNode) log).put("logIndex", "0x" + Integer.toHexString(number));
    }
  }

  private static void upperCase(ArrayNode logs) {
    for (JsonNode log : logs) {
      ArrayNode topics = (ArrayNode) log.path("topics");
      for (int i = 0; i < topics.size(); i++) {
        topics.set(i, "0x" + topics.get(i).asString().substring(2).toUpperCase(Locale.ROOT));
      }
    }
  }

  private static byte[] compressed(byte[] plain) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream zip = new GZIPOutputStream(bytes)) {
      zip.write(plain);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }
}
