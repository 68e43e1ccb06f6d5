package io.neuronledger.wallet.send;

import io.neuronledger.wallet.fixture.FakeServer;
import io.neuronledger.wallet.fixture.FakeServer.Answer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A node that answers what a test wants, and keeps what it is sent. */
final class FakeNode implements AutoCloseable {
  static final String REVERTED = "{\"error\":{\"code\":3,\"message\":\"execution reverted\",\"data\":\"%s\"}}";

  /**
   * The JSON of a result by the name of the method, or by that and its block. One that begins with an error is the
   * whole rest of the answer.
   */
  final Map<String, String> results = new ConcurrentHashMap<>();
  /** The same, once a transaction was sent. */
  final Map<String, String> afterSending = new ConcurrentHashMap<>();
  final List<String> sent = Collections.synchronizedList(new ArrayList<>());
  private final FakeServer server = new FakeServer(asked -> answer(JsonMapper.shared().readTree(asked.body())));

  /** An honest one, on a chain where the contract has code. */
  FakeNode(long chainId) {
    result("eth_chainId", chainId);
    results.put("eth_getCode", "\"0x60\"");
    results.put("eth_getBalance", "\"0xffffffffffffffffffff\"");
    results.put("eth_call", "\"0x\"");
    result("eth_getTransactionCount", 7);
    result("eth_gasPrice", 1_000_000_000);
    result("eth_estimateGas", 100_000);
    results.put("eth_sendRawTransaction", "\"0x" + "ab".repeat(32) + "\"");
    results.put("eth_getBlockByNumber", "{\"hash\":\"0x" + "ef".repeat(32) + "\"}");
    mined("0x1");
  }

  void result(String method, long quantity) {
    results.put(method, "\"0x" + Long.toHexString(quantity) + "\"");
  }

  /** @param status 0x1 for success */
  void mined(String status) {
    results.put("eth_getTransactionReceipt", """
        {"transactionHash":"0x%1$s","transactionIndex":"0x0","blockHash":"0x%1$s","blockNumber":"0x11","status":"%2$s",
         "gasUsed":"0x1","cumulativeGasUsed":"0x1","logs":[],"from":"0x0","to":"0x0","logsBloom":"0x0","type":"0x0"}"""
        .formatted("cd".repeat(32), status));
  }

  private Answer answer(JsonNode request) {
    String method = request.path("method").asString();
    if (method.equals("eth_sendRawTransaction")) {
      sent.add(request.at("/params/0").asString());
      results.putAll(afterSending);
    }
    String block = request.path("params").path(request.path("params").size() - 1).asString("");
    String result = results.getOrDefault(method + " " + block, results.getOrDefault(method, "null"));
    String rest = result.startsWith("{\"error\"") ? result.substring(1, result.length() - 1) : "\"result\":" + result;
    return new Answer(200, "{\"jsonrpc\":\"2.0\",\"id\":" + request.path("id") + "," + rest + "}");
  }

  String url() {
    return server.url();
  }

  @Override
  public void close() {
    server.close();
  }
}
