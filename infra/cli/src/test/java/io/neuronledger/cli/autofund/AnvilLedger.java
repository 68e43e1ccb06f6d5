package io.neuronledger.cli.autofund;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.neuronledger.contracts.value.Hash;
import io.neuronledger.contracts.value.Neuron;
import io.neuronledger.contracts.value.WalletAddress;
import io.neuronledger.foundation.evm.Quantity;
import io.neuronledger.testkit.devchain.AnvilControl;
import io.neuronledger.testkit.devchain.contract.AccountLedgerContract;
import io.neuronledger.testkit.devchain.contract.LedgerAt;
import io.neuronledger.testkit.devchain.contract.RefundAt;
import io.neuronledger.testkit.devchain.contract.SubAccountAt;
import io.neuronledger.testkit.devchain.rpc.BlockHeader;
import io.neuronledger.testkit.devchain.rpc.BlockRef;
import io.neuronledger.testkit.devchain.rpc.JsonRpc;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/**
 * ledger-query for one wallet, as auto-funding asks it, from the contract of a dev node: always on the node's branch,
 * and as many blocks behind its head as a test wants.
 */
final class AnvilLedger implements AutoCloseable {
  private static final String TRANSFER = "transfer(address,string,uint256)";

  private final JsonRpc rpc;
  private final AnvilControl control;
  private final AccountLedgerContract contract;
  private final WalletAddress owner;
  private final HttpServer server;
  private final Map<Hash, Optional<Transfer>> known = new HashMap<>();
  /** How many blocks it has not read yet. */
  volatile int lag;

  /** A transfer of the owner that the contract has taken. */
  record Transfer(Hash hash, BlockHeader block, Neuron amount) {}

  AnvilLedger(JsonRpc rpc, AccountLedgerContract contract, WalletAddress owner) {
    this.rpc = rpc;
    this.control = new AnvilControl(rpc);
    this.contract = contract;
    this.owner = owner;
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.createContext("/", this::answer);
    server.start();
  }

  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      byte[] body = answer(exchange.getRequestURI().getPath(),
          Optional.ofNullable(exchange.getRequestURI().getRawQuery()).orElse("")).getBytes(UTF_8);
      exchange.getResponseHeaders().set("Content-Type", "application/json");
      exchange.sendResponseHeaders(200, body.length);
      exchange.getResponseBody().write(body);
    }
  }

  private String answer(String path, String query) {
    Map<String, String> parameters = query.isEmpty() ? Map.of() : Arrays.stream(query.split("&"))
        .map(each -> each.split("=", 2)).collect(Collectors.toMap(each -> each[0],
            each -> URLDecoder.decode(each[1], UTF_8), (one, _) -> one));
    BlockHeader head = control.head();
    BlockHeader at = control.block(BlockRef.number(parameters.containsKey("at_block")
        ? Long.parseLong(parameters.get("at_block")) : Math.max(contract.startBlock(), head.number() - lag)));
    if (path.equals("/v1/status")) {
      return """
          {"deployment":{"chain_id":31337,"family":"account-ledger","contracts":["%s"],"start_block":1,
           "decoder_version":2,"partitions":16},"as_of":%s,"following":{"state":"following","behind":false},"guard":[],
           "quarantined_owners":0,"blocks":{"next_seq":1,"branch":0},"partitions":[]}"""
          .formatted(contract.address().checksummed(), asOf(at));
    }
    if (path.equals("/v1/services")) {
      return """
          {"as_of":%s,"services":[{"service":"inference-v1.0","lock_seconds":86400}],"has_more":false}"""
          .formatted(asOf(at));
    }
    if (path.endsWith("/entries")) {
      List<Transfer> shown = transfers(at.number());
      String entries = shown.stream().filter(each -> !parameters.containsKey("transaction")
          || each.hash().value().equals(parameters.get("transaction"))).map(this::entry)
          .collect(Collectors.joining(","));
      return """
          {"as_of":%s,"quarantined":false,"owner":"%s","entries":[%s],"has_more":false}"""
          .formatted(asOf(at), owner, entries);
    }
    return ledger(at);
  }

  private static String asOf(BlockHeader at) {
    return """
        {"block":%d,"block_hash":"%s","block_time":"%s","finalized":false,"behind":false}"""
        .formatted(at.number(), at.hash(), at.time());
  }

  private String entry(Transfer transfer) {
    return """
        {"id":"3-%d","type":"funds-transferred.v1","provider":"%s","service":"inference-v1.0","amount":"%s",
         "details":{},"postings":[],"recorded_at":"%s","block_time":"%s","retracted":false,
         "position":{"block":%d,"transaction":0,"step":0}}""".formatted(transfer.block().number(), owner,
        transfer.amount(), transfer.block().time(), transfer.block().time(), transfer.block().number());
  }

  private String ledger(BlockHeader at) {
    BlockRef block = BlockRef.hash(at.hash());
    LedgerAt ledger = contract.views().ledger(owner, block);
    String accounts = contract.views().subAccountsOf(owner, block).stream().filter(SubAccountAt::open)
        .map(each -> subAccount(each, at)).collect(Collectors.joining(","));
    return """
        {"as_of":%s,"quarantined":false,"owner":"%s","state":"%s","available":"%s","locked":"%s","total":"%s",
         "detail":{"sums":{},"services":[],"sub_accounts":[%s]}}""".formatted(asOf(at), owner,
        ledger.open() ? "open" : "closed", ledger.available(), ledger.locked(), ledger.total(), accounts);
  }

  private static String subAccount(SubAccountAt account, BlockHeader at) {
    return """
        {"provider":"%s","service":"%s","balance":"%s","pending_refund":"%s","free":"0","used":"0","settled":"0",
         "written_off":"0","unsettled":"0","unreported":"0","spendable":"0","shortfall":"0","acknowledged":true,
         "refunds":[%s]}""".formatted(account.id().provider(), account.id().service(), account.balance(),
        account.pendingRefund(), account.refunds().stream().map(each -> refund(each, at))
            .collect(Collectors.joining(",")));
  }

  private static String refund(RefundAt refund, BlockHeader at) {
    boolean claimable =
        !refund.requestedAt().plus(AccountLedgerContract.DEFAULT_LOCK_PERIOD).isAfter(at.time());
    return """
        {"id":"9-0-0-0-0","amount":"%s","requested_at":"%s","unlocks_at":"%s","state":"%s","remaining_seconds":1}"""
        .formatted(refund.amount(), refund.requestedAt(),
            refund.requestedAt().plus(AccountLedgerContract.DEFAULT_LOCK_PERIOD), claimable ? "claimable" : "waiting");
  }

  /** Those up to a block that the contract has taken, oldest first, with what went into cancelling refunds. */
  List<Transfer> transfers(long until) {
    List<Transfer> transfers = new ArrayList<>();
    for (long number = contract.startBlock(); number <= until; number++) {
      BlockHeader block = control.block(BlockRef.number(number));
      block.transactions().forEach(hash -> known
          .computeIfAbsent(hash, _ -> transfer(hash))
          .ifPresent(each -> transfers.add(new Transfer(hash, block, each.amount()))));
    }
    return transfers;
  }

  private Optional<Transfer> transfer(Hash hash) {
    JsonNode transaction = rpc.call("eth_getTransactionByHash", hash.value());
    JsonNode receipt = rpc.call("eth_getTransactionReceipt", hash.value());
    String data = transaction.path("input").asString("0x");
    if (!data.startsWith(selector()) || !transaction.path("from").asString().equals(owner.value())
        || !receipt.path("status").asString().equals("0x1")) {
      return Optional.empty();
    }
    // The third argument follows the provider and the place of the name.
    String amount = data.substring(10 + 128, 10 + 192);
    return Optional.of(new Transfer(hash, control.block(BlockRef.number(
        Quantity.toLong(receipt.path("blockNumber").asString()))), new Neuron(new BigInteger(amount, 16))));
  }

  private static String selector() {
    return Hash.keccak256(TRANSFER.getBytes(UTF_8)).value().substring(0, 10);
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
