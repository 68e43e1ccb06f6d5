package io.neuronledger.wallet.chain;

import io.neuronledger.contracts.value.Hash;
import io.neuronledger.contracts.value.Neuron;
import io.neuronledger.contracts.value.WalletAddress;
import io.neuronledger.wallet.outcome.CommandFailure;
import io.neuronledger.wallet.text.Printable;
import java.io.IOException;
import java.math.BigInteger;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import okhttp3.OkHttpClient;
import org.web3j.exceptions.MessageDecodingException;
import org.web3j.protocol.Web3j;
import org.web3j.protocol.core.DefaultBlockParameter;
import org.web3j.protocol.core.DefaultBlockParameterName;
import org.web3j.protocol.core.Request;
import org.web3j.protocol.core.Response;
import org.web3j.protocol.core.methods.request.Transaction;
import org.web3j.protocol.core.methods.response.EthCall;
import org.web3j.protocol.core.methods.response.TransactionReceipt;
import org.web3j.protocol.exceptions.ClientConnectionException;
import org.web3j.protocol.http.HttpService;
import tools.jackson.core.JacksonException;

/**
 * A node, by web3j. It is not trusted: what it answers may refuse a transaction and never changes what one does. An
 * answer that cannot be understood is a {@link CommandFailure}.
 */
public final class NodeClient implements AutoCloseable {
  private static final Duration DEADLINE = Duration.ofSeconds(30);
  private static final int TEXT_MAX = 300;

  /** For sentences. */
  private final String shown;
  private final OkHttpClient http;
  private final Web3j web3j;
  private final RevertReasons reasons = new RevertReasons();

  /** What became of a mined transaction, as the node says: the contract has taken it, or reverted it. */
  public record Mined(long block, boolean reverted) {}

  /** @param url of its JSON-RPC over HTTP */
  public NodeClient(String url) {
    this.shown = Printable.origin(url);
    this.http = new OkHttpClient.Builder().connectTimeout(DEADLINE).readTimeout(DEADLINE).followRedirects(false)
        .build();
    this.web3j = Web3j.build(new HttpService(url, http));
  }

  public long chainId() {
    return longValue("eth_chainId", ask(web3j.ethChainId(), response -> response.getChainId()));
  }

  /** Whether there is a contract at the address. */
  public boolean hasCode(WalletAddress address) {
    String code = ask(web3j.ethGetCode(address.value(), DefaultBlockParameterName.LATEST),
        response -> response.getCode());
    return code.length() > "0x".length();
  }

  /** The coins of a wallet. */
  public Neuron coins(WalletAddress wallet) {
    return neuron("eth_getBalance", ask(web3j.ethGetBalance(wallet.value(), DefaultBlockParameterName.LATEST),
        response -> response.getBalance()));
  }

  /** The number of the wallet's mined transactions. */
  public BigInteger nonce(WalletAddress wallet) {
    return nonce(wallet, DefaultBlockParameterName.LATEST);
  }

  /** The same with those that wait in the node. */
  public BigInteger pendingNonce(WalletAddress wallet) {
    return nonce(wallet, DefaultBlockParameterName.PENDING);
  }

  /** The number of the wallet's transactions that are mined until this block. */
  public BigInteger nonceAt(WalletAddress wallet, long block) {
    return nonce(wallet, DefaultBlockParameter.valueOf(BigInteger.valueOf(block)));
  }

  /** Whether the node's chain has this block: a fork may have another one of its number. */
  public boolean isOnChain(long block, String hash) {
    return read("eth_getBlockByNumber", () -> Optional.ofNullable(succeeded(send(
        web3j.ethGetBlockByNumber(DefaultBlockParameter.valueOf(BigInteger.valueOf(block)), false))).getBlock())
        .filter(found -> hash.equalsIgnoreCase(found.getHash())).isPresent());
  }

  private BigInteger nonce(WalletAddress wallet, DefaultBlockParameter block) {
    return unsigned("eth_getTransactionCount", ask(web3j.ethGetTransactionCount(wallet.value(), block),
        response -> response.getTransactionCount()));
  }

  public Neuron gasPrice() {
    return neuron("eth_gasPrice", ask(web3j.ethGasPrice(), response -> response.getGasPrice()));
  }

  /**
   * Makes the call without a transaction.
   *
   * @return why the contract would refuse it; empty where the node answers that it would not
   */
  public Optional<String> refusal(WalletAddress from, WalletCall call) {
    EthCall answer = read("eth_call",
        () -> send(web3j.ethCall(request(from, call), DefaultBlockParameterName.LATEST)));
    if (!answer.hasError()) {
      return Optional.empty();
    }
    String data = answer.getError().getData() == null ? "" : answer.getError().getData().replace("\"", "");
    return Optional.of(data.isEmpty() ? text(answer.getError().getMessage()) : reasons.of(data));
  }

  public BigInteger gas(WalletAddress from, WalletCall call) {
    return unsigned("eth_estimateGas", ask(web3j.ethEstimateGas(request(from, call)),
        response -> response.getAmountUsed()));
  }

  /** Sends a signed transaction. Its hash is known without the node. */
  public void send(SignedTransaction transaction) {
    var _ = ask(web3j.ethSendRawTransaction(transaction.bytes()), response -> response.getTransactionHash());
  }

  /** The number of the newest block. */
  public long newestBlock() {
    return longValue("eth_blockNumber", ask(web3j.ethBlockNumber(), response -> response.getBlockNumber()));
  }

  /**
   * Empty until it is mined.
   *
   * @throws CommandFailure also for a status that is neither success nor failure
   */
  public Optional<Mined> mined(Hash transaction) {
    return read("eth_getTransactionReceipt", () -> succeeded(send(web3j.ethGetTransactionReceipt(transaction.value())))
        .getTransactionReceipt().map(receipt -> new Mined(
            longValue("eth_getTransactionReceipt", receipt.getBlockNumber()), isReverted(receipt))));
  }

  /** Whether the node has it, mined or not. */
  public boolean holds(Hash transaction) {
    return read("eth_getTransactionByHash", () -> succeeded(send(web3j.ethGetTransactionByHash(transaction.value())))
        .getTransaction().isPresent());
  }

  private static boolean isReverted(TransactionReceipt receipt) {
    return switch (receipt.getStatus()) {
      case "0x0" -> true;
      case "0x1" -> false;
      default -> throw new IllegalArgumentException("no status of a receipt");
    };
  }

  private static Transaction request(WalletAddress from, WalletCall call) {
    return Transaction.createFunctionCallTransaction(from.value(), null, null, null, call.to().value(),
        call.value().value(), call.data());
  }

  private <R extends Response<?>, T> T ask(Request<?, R> request, Function<R, T> result) {
    return read(request.getMethod(), () -> {
      T value = result.apply(succeeded(send(request)));
      if (value == null) {
        throw CommandFailure.failed("The node " + shown + " answers " + request.getMethod() + " with nothing.");
      }
      return value;
    });
  }

  /** web3j's types fail in several ways on an answer that is malformed. */
  private <T> T read(String method, Supplier<T> answer) {
    try {
      return answer.get();
    } catch (JacksonException | MessageDecodingException | UnsupportedOperationException | IllegalArgumentException
        | NullPointerException e) {
      throw unreadable(method, e);
    }
  }

  private <R extends Response<?>> R succeeded(R response) {
    if (response.hasError()) {
      throw CommandFailure.failed("The node " + shown + " refuses: " + text(response.getError().getMessage()) + ".");
    }
    return response;
  }

  private <R extends Response<?>> R send(Request<?, R> request) {
    try {
      return request.send();
    } catch (ClientConnectionException | IOException e) {
      throw CommandFailure.failed("The node " + shown + " does not answer " + request.getMethod() + ": "
          + text(String.valueOf(e.getMessage())) + ".", e);
    }
  }

  private long longValue(String method, BigInteger value) {
    if (value.signum() < 0 || value.bitLength() >= Long.SIZE) {
      throw unreadable(method, new ArithmeticException(value.toString(16)));
    }
    return value.longValueExact();
  }

  private Neuron neuron(String method, BigInteger value) {
    return new Neuron(unsigned(method, value));
  }

  private BigInteger unsigned(String method, BigInteger value) {
    if (value.signum() < 0 || value.compareTo(Neuron.MAX.value()) > 0) {
      throw unreadable(method, new ArithmeticException("out of range"));
    }
    return value;
  }

  private CommandFailure unreadable(String method, RuntimeException cause) {
    return CommandFailure.failed("The node " + shown + " answers " + method
        + " with what is no answer to it.", cause);
  }

  private static String text(String fromNode) {
    return Printable.of(fromNode.length() > TEXT_MAX ? fromNode.substring(0, TEXT_MAX) + "…" : fromNode);
  }

  @Override
  public void close() {
    web3j.shutdown();
    http.dispatcher().executorService().shutdown();
    http.connectionPool().evictAll();
  }
}
