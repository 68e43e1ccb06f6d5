package io.neuronledger.command.signin;

import io.neuronledger.contracts.value.Hash;
import io.neuronledger.contracts.value.WalletAddress;
import io.neuronledger.foundation.access.interval.Interval;
import io.neuronledger.foundation.evm.AbiWriter;
import io.neuronledger.foundation.evm.Quantity;
import io.neuronledger.foundation.evm.Signature;
import java.math.BigInteger;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Asks a node whether a contract accepts a signature as its own (EIP-1271), at the newest block. The contract is the
 * caller's choice, so what it may cost is limited: the gas, the time, the bytes of the answer, and how many are asked
 * at the same time.
 */
final class ContractSignatures {
  private static final Logger log = LoggerFactory.getLogger(ContractSignatures.class);
  private static final JsonMapper JSON = JsonMapper.shared();
  private static final String SIGNATURE = "isValidSignature(bytes32,bytes)";
  /** The answer of a contract that accepts: the function's selector as bytes4, in one word. */
  private static final String ACCEPTED = Signature.selector(SIGNATURE) + "0".repeat(56);
  private static final long ANSWER_BYTES_MAX = 64 << 10;
  /** Calls of one instance at the same time; another one is not made. */
  static final int CALLS_MAX = 8;
  /** Anybody can cause failures, so that not each of them is in the service's log. */
  private static final Duration WARNING_INTERVAL = Duration.ofMinutes(1);
  private static final int OK = 200;
  private static final int HEX = 16;
  /** The code of an execution that failed, as most nodes have it; others have only a message that says so. */
  private static final int EXECUTION_FAILED = 3;
  private static final Pattern FAILED_MESSAGE =
      Pattern.compile("(?i)revert|out ?of ?gas|invalid opcode|stack (?:und|ov)erflow|invalid jump|EVM error");

  private final URI node;
  private final Duration deadline;
  private final long gas;
  private final HttpClient http;
  private final Semaphore places = new Semaphore(CALLS_MAX);
  private final Interval warnings;

  /** @param gas the most that the contract may use */
  ContractSignatures(URI node, Duration deadline, long gas, InstantSource clock) {
    this.node = node;
    this.deadline = deadline;
    this.gas = gas;
    this.warnings = new Interval(WARNING_INTERVAL, clock);
    this.http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(deadline).build();
  }

  /**
   * Whether the contract at the address accepts the signature of the hash; empty if that cannot be known, because the
   * node does not answer in time, or with something else than a verdict, or as many calls as may be are being made.
   */
  Optional<Boolean> isAccepted(WalletAddress contract, Hash hash, byte[] signature) {
    String input = new AbiWriter().uint(new BigInteger(hash.value().substring(2), HEX)).bytes(signature)
        .call(SIGNATURE);
    String request = JSON.writeValueAsString(Map.of("jsonrpc", "2.0", "id", 1, "method", "eth_call", "params",
        List.of(Map.of("to", contract.value(), "data", input, "gas", Quantity.of(gas)), "latest")));
    if (!places.tryAcquire()) {
      return Optional.empty();
    }
    try {
      return answer(request).flatMap(ContractSignatures::verdict);
    } finally {
      places.release();
    }
  }

  private static Optional<Boolean> verdict(JsonNode answer) {
    JsonNode error = answer.path("error");
    if (error.isObject()) {
      boolean isOfContract = error.path("code").asInt(0) == EXECUTION_FAILED
          || FAILED_MESSAGE.matcher(error.path("message").asString("")).find();
      return isOfContract ? Optional.of(false) : Optional.empty();
    }
    return answer.path("result").isString()
        ? Optional.of(answer.path("result").stringValue().equals(ACCEPTED)) : Optional.empty();
  }

  /** The deadline is that of the whole answer, which a node could draw out byte by byte. */
  private Optional<JsonNode> answer(String request) {
    CompletableFuture<HttpResponse<byte[]>> answering = http.sendAsync(HttpRequest.newBuilder(node)
        .header("Content-Type", "application/json").POST(HttpRequest.BodyPublishers.ofString(request)).build(),
        BodyHandlers.limiting(BodyHandlers.ofByteArray(), ANSWER_BYTES_MAX));
    try {
      HttpResponse<byte[]> answer = answering.get(deadline.toMillis(), TimeUnit.MILLISECONDS);
      return answer.statusCode() == OK ? Optional.of(JSON.readTree(answer.body())) : Optional.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    } catch (ExecutionException | TimeoutException | JacksonException e) {
      warn(e);
      return Optional.empty();
    } finally {
      boolean _ = answering.cancel(true);
    }
  }

  private void warn(Exception failure) {
    if (warnings.begin()) {
      log.warn("the node of sign-in does not answer: {}", failure.toString());
    }
  }
}
