package io.neuronledger.wallet.autofund;

import io.neuronledger.contracts.value.Hash;
import io.neuronledger.contracts.value.Neuron;
import io.neuronledger.foundation.evm.HexData;
import io.neuronledger.wallet.fixture.FakeServer;
import io.neuronledger.wallet.fixture.FakeServer.Answer;
import io.neuronledger.wallet.fixture.FakeServer.Asked;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.web3j.crypto.SignedRawTransaction;
import org.web3j.crypto.TransactionDecoder;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A node and a ledger of one wallet with one sub-account, which are always on one branch. */
final class FakeChain implements AutoCloseable {
  static final String CONTRACT = "0x5FbDB2315678afecb367f032d93F642f64180aa3";
  static final String PROVIDER = "0x90F79bf6EB2c4f870365E785982E1f101E93b906";
  private static final String TIME = "2026-11-28T12:00:00Z";

  final List<String> sent = Collections.synchronizedList(new ArrayList<>());
  /** By hash, in the order in which they came. */
  private final Map<String, SignedRawTransaction> waiting = new LinkedHashMap<>();
  private final Map<String, Integer> mined = new LinkedHashMap<>();
  private final List<String> entries = new ArrayList<>();
  private final FakeServer server = new FakeServer(this::answer);
  private Neuron available = Neuron.ofZeroG("20");
  private Neuron balance = Neuron.ofZeroG("2");
  private int block = 20;
  volatile long chainId = 31_337;
  volatile Neuron pendingRefund = Neuron.ZERO;
  volatile Neuron unsettled = Neuron.ZERO;
  volatile boolean minesAtOnce = true;
  volatile boolean showsWaiting = true;
  /** Keeps what waits, however much more the next one of its nonce pays. */
  volatile boolean ignoresReplacements;
  /** Of the next nonce, sent by somebody else. */
  volatile boolean holdsAnother;
  volatile boolean behind;
  /** Of one unit of gas: what is signed for less waits. */
  volatile long gasPrice = 1_000_000_000;
  /** How many more transactions of the wallet the node claims than there are. */
  volatile int claimed;
  volatile boolean down;
  /** Of the whole journal, in place of the transfers. */
  volatile String history = "";

  /** Of the first page of the transfers and of all others. */
  volatile Optional<String> nextCursor = Optional.empty();

  synchronized void mine() {
    waiting.forEach((hash, transaction) -> {
      if (transaction.getNonce().intValueExact() != mined.size() || isTooCheap(transaction)) {
        return;
      }
      block++;
      mined.put(hash, block);
      String data = transaction.getData().replace("0x", "");
      Neuron amount = new Neuron(new BigInteger(data.substring(8 + 128, 8 + 192), 16));
      Neuron cancelled = amount.min(pendingRefund);
      pendingRefund = pendingRefund.minus(cancelled);
      available = available.minus(amount.minus(cancelled));
      balance = balance.plus(amount.minus(cancelled));
      entries.add(transfer(amount.minus(cancelled), cancelled));
    });
    waiting.values().removeIf(each -> !isTooCheap(each));
  }

  private boolean isTooCheap(SignedRawTransaction transaction) {
    return transaction.getGasPrice().compareTo(BigInteger.valueOf(gasPrice)) < 0;
  }

  private String transfer(Neuron amount, Neuron cancelled) {
    return """
        {"id":"3-%d","type":"funds-transferred.v1","provider":"%s","service":"inference-v1.0","amount":"%s",
         "details":{"cancelled":"%s"},"postings":[],"recorded_at":"%s","block_time":"%s","retracted":false,
         "position":{"block":%d,"transaction":0,"step":0}}""".formatted(block, PROVIDER, amount, cancelled, TIME, TIME,
        block);
  }

  /** In the ledger alone. */
  synchronized void addTransfer(Neuron amount) {
    entries.add(transfer(amount, Neuron.ZERO));
  }

  /** Of the transaction that was sent last. */
  String hashOfSent() {
    return Hash.keccak256(HexData.toBytes(sent.getLast())).value();
  }

  /** What waits is forgotten. */
  synchronized void lose() {
    waiting.clear();
  }

  synchronized Neuron balance() {
    return balance;
  }

  /** What the provider takes. */
  synchronized void settle(String amount) {
    balance = balance.minus(Neuron.ofZeroG(amount));
  }

  List<SignedRawTransaction> signed() {
    return sent.stream().distinct().map(each -> (SignedRawTransaction) TransactionDecoder.decode(each)).toList();
  }

  private synchronized Answer answer(Asked asked) {
    if (asked.path().startsWith("/v1/")) {
      return down ? new Answer(503, "{\"code\":\"down\",\"detail\":\"down\"}") : new Answer(200, ledger(asked.path()));
    }
    JsonNode request = JsonMapper.shared().readTree(asked.body());
    return new Answer(200, "{\"jsonrpc\":\"2.0\",\"id\":" + request.path("id") + ",\"result\":"
        + node(request.path("method").asString(), request.path("params")) + "}");
  }

  private String ledger(String path) {
    String asOf = """
        {"block":%d,"block_hash":"%s","block_time":"%s","finalized":false,"behind":%s}"""
        .formatted(block, hash(block), path.contains("at_time=") ? "2026-10-29T12:00:00Z" : TIME, behind);
    if (path.startsWith("/v1/status")) {
      return """
          {"deployment":{"chain_id":31337,"family":"account-ledger","contracts":["%s"],"start_block":1,
           "decoder_version":2,"partitions":16},"as_of":%s,"following":{"state":"following","behind":false},"guard":[],
           "quarantined_owners":0,"blocks":{"next_seq":1,"branch":0},"partitions":[]}""".formatted(CONTRACT, asOf);
    }
    if (path.startsWith("/v1/services")) {
      return """
          {"as_of":%s,"services":[{"service":"inference-v1.0","lock_seconds":86400}],"has_more":false}"""
          .formatted(asOf);
    }
    if (path.contains("/entries")) {
      return """
          {"as_of":%s,"quarantined":false,"owner":"%s","entries":[%s],"has_more":false%s}""".formatted(asOf, PROVIDER,
          path.contains("type=usage") ? history : path.contains("transaction=") ? entriesOf(path)
              : entries.stream().collect(Collectors.joining(",")),
          nextCursor.map(cursor -> ",\"next_cursor\":\"" + cursor + "\"").orElse(""));
    }
    return """
        {"as_of":%1$s,"quarantined":false,"owner":"%2$s","state":"open","available":"%3$s","locked":"%4$s",
         "total":"%5$s","detail":{"sums":{},"services":[],"sub_accounts":[{"provider":"%2$s",
         "service":"inference-v1.0","balance":"%4$s","pending_refund":"%6$s","free":"0","used":"0","settled":"0",
         "written_off":"0","unsettled":"%7$s","unreported":"0","spendable":"0","shortfall":"0","acknowledged":true,
         "refunds":[%8$s]}]}}""".formatted(asOf, PROVIDER, available, balance, available.plus(balance), pendingRefund,
        unsettled, pendingRefund.isZero() ? "" : """
            {"id":"9-0-0-0-0","amount":"%s","requested_at":"2026-11-28T06:00:00Z",
             "unlocks_at":"2026-11-29T06:00:00Z","state":"waiting","remaining_seconds":64800}"""
            .formatted(pendingRefund));
  }

  private String entriesOf(String path) {
    return mined.entrySet().stream().filter(each -> path.contains(each.getKey()))
        .flatMap(each -> entries.stream().filter(entry -> entry.contains("\"block\":" + each.getValue())))
        .collect(Collectors.joining(","));
  }

  private static String hash(long number) {
    return "0x%064x".formatted(number);
  }

  private String node(String method, JsonNode params) {
    return switch (method) {
      case "eth_chainId" -> quantity(chainId);
      case "eth_blockNumber" -> quantity(block);
      case "eth_getCode" -> "\"0x60\"";
      case "eth_getBalance" -> "\"0xffffffffffffffffffff\"";
      case "eth_call" -> "\"0x\"";
      case "eth_gasPrice" -> quantity(gasPrice);
      case "eth_estimateGas" -> quantity(100_000);
      case "eth_getBlockByNumber" -> "{\"hash\":\"" + hash(Long.decode(params.path(0).asString())) + "\"}";
      case "eth_getTransactionCount" -> quantity(claimed + mined.size()
          + (!params.path(1).asString().equals("pending") ? 0 : holdsAnother ? 1 : showsWaiting ? waiting.size() : 0));
      case "eth_getTransactionByHash" -> waiting.containsKey(params.path(0).asString())
          || mined.containsKey(params.path(0).asString()) ? "{\"hash\":" + params.path(0) + "}" : "null";
      case "eth_sendRawTransaction" -> send(params.path(0).asString());
      case "eth_getTransactionReceipt" -> receipt(params.path(0).asString());
      default -> "null";
    };
  }

  private String send(String bytes) {
    sent.add(bytes);
    String hash = Hash.keccak256(HexData.toBytes(bytes)).value();
    SignedRawTransaction transaction = (SignedRawTransaction) TransactionDecoder.decode(bytes);
    if (ignoresReplacements
        && waiting.values().stream().anyMatch(each -> each.getNonce().equals(transaction.getNonce()))) {
      return "\"" + hash + "\"";
    }
    waiting.values().removeIf(each -> each.getNonce().equals(transaction.getNonce())
        && each.getGasPrice().compareTo(transaction.getGasPrice()) < 0);
    waiting.put(hash, transaction);
    if (minesAtOnce) {
      mine();
    }
    return "\"" + hash + "\"";
  }

  private String receipt(String hash) {
    return mined.containsKey(hash) ? """
        {"transactionHash":"%1$s","transactionIndex":"0x0","blockHash":"%1$s","blockNumber":%2$s,"status":"0x1",
         "gasUsed":"0x1","cumulativeGasUsed":"0x1","logs":[],"from":"0x0","to":"0x0","logsBloom":"0x0","type":"0x0"}"""
        .formatted(hash, quantity(mined.get(hash))) : "null";
  }

  private static String quantity(long value) {
    return "\"0x" + Long.toHexString(value) + "\"";
  }

  String url() {
    return server.url();
  }

  @Override
  public void close() {
    server.close();
  }
}
