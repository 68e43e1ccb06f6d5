package io.neuronledger.cli.play;

import io.neuronledger.cli.answer.LedgerApi;
import io.neuronledger.cli.stack.StackAddresses;
import io.neuronledger.cli.stack.secret.DevelopmentKey;
import io.neuronledger.client.TokenSource;
import io.neuronledger.client.query.api.BalancesApi;
import io.neuronledger.client.query.api.JournalApi;
import io.neuronledger.client.query.api.PricesApi;
import io.neuronledger.client.query.api.ServiceApi;
import io.neuronledger.client.query.api.SettlementsApi;
import io.neuronledger.client.query.api.UsageApi;
import io.neuronledger.contracts.value.WalletAddress;
import io.neuronledger.foundation.evm.Quantity;
import io.neuronledger.testkit.devchain.contract.AccountLedgerContract;
import io.neuronledger.testkit.devchain.rpc.JsonRpc;
import io.neuronledger.testkit.devchain.transaction.Transactions;
import java.io.IOException;
import java.io.Reader;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Properties;
import java.util.function.Consumer;
import java.util.stream.LongStream;
import tools.jackson.databind.JsonNode;

/**
 * The played stack through the clients that are generated from the OpenAPI documents, and its chain.
 *
 * @param query ledger-query, asked with the development key
 * @param provider ledger-command, asked with the key of the play's provider
 * @param finance ledger-command, asked by the operator
 * @param indexer chain-indexer, asked by the operator
 * @param asked what the clients of ledger-query and ledger-command have asked
 * @param operator ledger-query, asked by the operator without a generated client
 * @param data the folder of the stack
 */
public record PlayedLedger(io.neuronledger.client.query.ApiClient query,
    io.neuronledger.client.command.ApiClient provider, io.neuronledger.client.command.ApiClient finance,
    io.neuronledger.client.indexer.ApiClient indexer, JsonRpc chain, Asked asked, LedgerApi operator, Path data) {
  static final String ALICE = "0x70997970C51812dc3A010C7d01b50e0d17dc79C8";
  static final String BOB = "0x3C44CdDdB6a900fa2b585dd299e03d12FA4293BC";
  static final String CAROL = "0x15d34AAf54267DB7D7c367839AAf71A00a2C6A65";
  static final String DAVE = "0x9965507D1a55bcC2695C58ba16FB37d819B0A4dc";
  static final String A = "0x90F79bf6EB2c4f870365E785982E1f101E93b906";
  static final String B = "0x976EA74026E726554dB657fA54763abd0C3a0aa9";
  static final String C = "0x14dC79964da2C08b23698B3D3cc7Ca32193d9955";
  static final String D = "0x23618e81E3f5cdF7f54C3d65f7FBc0aBf5B21E8f";
  static final String INFERENCE = "inference-v1.0";
  static final String FINE_TUNING = "fine-tuning-v1.0";

  /** @param data the folder of the running stack */
  public static PlayedLedger on(Path data) throws IOException {
    StackAddresses addresses = StackAddresses.read(data);
    TokenSource operator = StackAddresses.tokens(data);
    Asked asked = new Asked();
    return new PlayedLedger(
        new io.neuronledger.client.query.ApiClient(HttpClient.newBuilder(),
            io.neuronledger.client.query.ApiClient.createDefaultObjectMapper(), addresses.query())
            .setRequestInterceptor(asked.recorded(header(data.resolve(DevelopmentKey.READING.file())))),
        command(addresses).setRequestInterceptor(
            asked.recorded(header(data.resolve(DevelopmentKey.REPORTING.file())))),
        command(addresses).setRequestInterceptor(asked.recorded(bearer(operator))),
        new io.neuronledger.client.indexer.ApiClient(HttpClient.newBuilder(),
            io.neuronledger.client.indexer.ApiClient.createDefaultObjectMapper(), addresses.indexer())
            .setRequestInterceptor(bearer(operator)),
        new JsonRpc(addresses.rpc()), asked, new LedgerApi(addresses.query(), operator), data);
  }

  private static io.neuronledger.client.command.ApiClient command(StackAddresses addresses) {
    return new io.neuronledger.client.command.ApiClient(HttpClient.newBuilder(),
        io.neuronledger.client.command.ApiClient.createDefaultObjectMapper(), addresses.command());
  }

  private static Consumer<HttpRequest.Builder> bearer(TokenSource tokens) {
    return request -> request.setHeader("Authorization", "Bearer " + tokens.token().orElseThrow());
  }

  private static Consumer<HttpRequest.Builder> header(Path file) throws IOException {
    String[] header = Files.readString(file).strip().split(": ", 2);
    return request -> request.setHeader(header[0], header[1]);
  }

  BalancesApi balances() {
    return new BalancesApi(query);
  }

  JournalApi journal() {
    return new JournalApi(query);
  }

  PricesApi prices() {
    return new PricesApi(query);
  }

  UsageApi usage() {
    return new UsageApi(query);
  }

  SettlementsApi settlements() {
    return new SettlementsApi(query);
  }

  ServiceApi service() {
    return new ServiceApi(query);
  }

  /** The contract, to send transactions to; of each wallet by one instance at a time. */
  AccountLedgerContract contract() throws IOException {
    Properties values = new Properties();
    try (Reader file = Files.newBufferedReader(data.resolve("chain/contract.properties"))) {
      values.load(file);
    }
    return AccountLedgerContract.at(new Transactions(chain), WalletAddress.parse(values.getProperty("address")),
        Long.parseLong(values.getProperty("start-block")));
  }

  /** The time of a block, by the chain's node. */
  OffsetDateTime time(long block) {
    return Instant.ofEpochSecond(Quantity.toLong(header(block).path("timestamp").asString()))
        .atOffset(ZoneOffset.UTC);
  }

  /** The last of the blocks that have the time of this one: several can be mined in a second. */
  long lastOfTheSecondOf(long block) {
    return LongStream.iterate(block, next -> next + 1).filter(next -> time(next + 1).isAfter(time(block))).findFirst()
        .orElseThrow();
  }

  LocalDate day(long block) {
    return time(block).toLocalDate();
  }

  String hash(long block) {
    return header(block).path("hash").asString();
  }

  /** The hash of the only transaction of a block, by the chain's node. */
  String transaction(long block) {
    return header(block).at("/transactions/0").asString();
  }

  private JsonNode header(long block) {
    return chain.call("eth_getBlockByNumber", "0x" + Long.toHexString(block), false);
  }
}
