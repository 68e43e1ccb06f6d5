package io.neuronledger.command.signin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import io.neuronledger.contracts.value.Hash;
import io.neuronledger.contracts.value.WalletAddress;
import io.neuronledger.testkit.devchain.Anvil;
import io.neuronledger.testkit.servers.FreePort;
import io.neuronledger.testkit.servers.ManualClock;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** Contracts that accept, refuse and misbehave, on a real node; and nodes that misbehave. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
@ExtendWith(OutputCaptureExtension.class)
class ContractSignaturesIT {
  private static final Clock CLOCK = Clock.systemUTC();
  private static final WalletAddress WALLET = WalletAddress.parse("0x00000000000000000000000000000000000c0de0");
  private static final Hash HASH = Hash.keccak256("a message");
  private static final byte[] SIGNATURE = HexFormat.of().parseHex(HASH.value().substring(2));
  private static final String ACCEPTS = "{\"result\":\"0x1626ba7e" + "0".repeat(56) + "\"}";
  private static Anvil node;

  @BeforeAll
  static void start() {
    node = Anvil.start();
  }

  @AfterAll
  static void stop() {
    node.close();
  }

  private static Optional<Boolean> asked(String code, byte[] signature) {
    node.rpc().call("anvil_setCode", WALLET.value(), code);
    return new ContractSignatures(URI.create(node.rpcUrl()), Duration.ofSeconds(20), 500_000, CLOCK)
        .isAccepted(WALLET, HASH, signature);
  }

  @ParameterizedTest
  @CsvSource({
      // PUSH4 the word, shift it to the left, return it.
      "0x631626ba7e60e01b60005260206000f3, true",
      "0x63ffffffff60e01b60005260206000f3, false",
      "0x631626ba7f60e01b60005260206000f3, false",
      // The four bytes to the right, a true, the four bytes alone, nothing.
      "0x631626ba7e60005260206000f3, false",
      "0x600160005260206000f3, false",
      "0x631626ba7e60e01b60005260046000f3, false",
      "0x00, false",
      "0x, false",
      // Reverts; an invalid instruction; jumps for ever; needs more gas than there is; takes from an empty stack.
      "0x60006000fd, false",
      "0xfe, false",
      "0x5b600056, false",
      "0x6020640010000000f3, false",
      "0x01, false"})
  void the_answer_of_the_contract_decides(String code, boolean isAccepted) {
    assertThat(asked(code, SIGNATURE)).contains(isAccepted);
  }

  /** It accepts a signature that is equal to the hash, at the places where the ABI has both. */
  @Test
  void the_contract_is_given_the_hash_and_the_signature() {
    String code = "0x6004356064351463" + "1626ba7e" + "0260e01b60005260206000f3";
    assertThat(asked(code, SIGNATURE)).contains(true);
    assertThat(asked(code, new byte[32])).contains(false);
    byte[] longer = Arrays.copyOf(SIGNATURE, 4_096);
    assertThat(asked(code, longer)).contains(true);
  }

  @Test
  void what_a_contract_may_use_is_limited() {
    // 2,000 rounds of 26 gas, then it accepts.
    String code = "0x6107d05b600190038060035763" + "1626ba7e" + "60e01b60005260206000f3";
    assertThat(asked(code, SIGNATURE)).contains(true);
    assertThat(new ContractSignatures(URI.create(node.rpcUrl()), Duration.ofSeconds(20), 50_000, CLOCK)
        .isAccepted(WALLET, HASH, SIGNATURE)).contains(false);
  }

  /** More than a node has to say: the contract returns 256 kB. */
  @Test
  void the_length_of_the_answer_is_limited() {
    assertThat(asked("0x620400006000f3", SIGNATURE)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "x", "[]", "{}", "null", "1", "{\"result\":null}", "{\"result\":1}", "{\"error\":{}}",
      "{\"error\":{\"code\":-32005,\"message\":\"limit exceeded\"}}", "{\"error\":\"reverted\"}"})
  void anything_else_that_a_node_answers_is_no_verdict(String answer) throws IOException {
    assertThat(askedOf(200, answer)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"200, true", "201, ", "429, ", "500, ", "301, "})
  void only_an_answer_with_the_status_200_is_one(int status, Boolean isAccepted) throws IOException {
    assertThat(askedOf(status, ACCEPTS)).isEqualTo(Optional.ofNullable(isAccepted));
  }

  @ParameterizedTest
  @ValueSource(strings = {"{\"code\":3,\"message\":\"\"}", "{\"code\":-32000,\"message\":\"execution reverted\"}",
      "{\"code\":-32000,\"message\":\"out of gas\"}", "{\"code\":-32015,\"message\":\"VM execution error: Reverted\"}"})
  void an_execution_that_failed_is_a_refusal(String error) throws IOException {
    assertThat(askedOf(200, "{\"error\":" + error + "}")).contains(false);
  }

  private static Optional<Boolean> askedOf(int status, String answer) throws IOException {
    HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", exchange -> {
      byte[] body = answer.getBytes(StandardCharsets.UTF_8);
      exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
      exchange.getResponseBody().write(body);
      exchange.close();
    });
    server.start();
    try {
      return ofNode("http://127.0.0.1:" + server.getAddress().getPort(), Duration.ofSeconds(20));
    } finally {
      server.stop(0);
    }
  }

  private static Optional<Boolean> ofNode(String url, Duration deadline) {
    return new ContractSignatures(URI.create(url), deadline, 500_000, CLOCK).isAccepted(WALLET, HASH, SIGNATURE);
  }

  @Test
  void a_node_that_is_away_or_never_answers_is_no_verdict() throws IOException {
    assertThat(ofNode("http://127.0.0.1:" + FreePort.find(), Duration.ofSeconds(20))).isEmpty();
    try (ServerSocket silent = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
      assertThat(ofNode("http://127.0.0.1:" + silent.getLocalPort(), Duration.ofMillis(100))).isEmpty();
    }
  }

  /** A contract that is slow delays only so many, and the service's own client of the node is not filled by others. */
  @Test
  void as_many_are_asked_at_the_same_time_as_may_be() throws IOException {
    AtomicInteger asked = new AtomicInteger();
    CountDownLatch answered = new CountDownLatch(1);
    HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/", exchange -> {
      asked.incrementAndGet();
      awaitUninterruptibly(answered);
      byte[] body = ACCEPTS.getBytes(StandardCharsets.UTF_8);
      exchange.sendResponseHeaders(200, body.length);
      exchange.getResponseBody().write(body);
      exchange.close();
    });
    server.start();
    try {
      ContractSignatures contracts = new ContractSignatures(
          URI.create("http://127.0.0.1:" + server.getAddress().getPort()), Duration.ofSeconds(20), 500_000, CLOCK);
      List<CompletableFuture<Optional<Boolean>>> callers = Stream.generate(() -> CompletableFuture.supplyAsync(
          () -> contracts.isAccepted(WALLET, HASH, SIGNATURE), Thread::startVirtualThread))
          .limit(ContractSignatures.CALLS_MAX).toList();
      await().atMost(Duration.ofSeconds(20)).until(() -> asked.get() == ContractSignatures.CALLS_MAX);
      assertThat(contracts.isAccepted(WALLET, HASH, SIGNATURE)).isEmpty();
      assertThat(asked).hasValue(ContractSignatures.CALLS_MAX);
      answered.countDown();
      assertThat(callers).allSatisfy(each -> assertThat(each.join()).contains(true));
      assertThat(contracts.isAccepted(WALLET, HASH, SIGNATURE)).contains(true);
    } finally {
      server.stop(0);
    }
  }

  private static void awaitUninterruptibly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Anybody can make the node fail for its own contract. */
  @Test
  void a_node_that_is_away_is_logged_once_a_minute(CapturedOutput output) {
    ManualClock clock = new ManualClock();
    ContractSignatures contracts = new ContractSignatures(URI.create("http://127.0.0.1:" + FreePort.find()),
        Duration.ofSeconds(20), 500_000, clock);
    for (int secondsLater : List.of(0, 59, 1, 30)) {
      clock.pass(Duration.ofSeconds(secondsLater));
      assertThat(contracts.isAccepted(WALLET, HASH, SIGNATURE)).isEmpty();
    }
    assertThat(output.getOut().split("the node of sign-in does not answer", -1)).as("the times it is said").hasSize(3);
  }

  /** Headers come at once, and one blank after the other; a deadline between two bytes does not help. */
  @Test
  void a_node_that_draws_its_answer_out_is_no_verdict() throws IOException {
    try (ServerSocket dripping = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
      Thread server = Thread.ofVirtual().start(() -> drip(dripping));
      assertThat(ofNode("http://127.0.0.1:" + dripping.getLocalPort(), Duration.ofMillis(300))).isEmpty();
      server.interrupt();
    }
  }

  private static void drip(ServerSocket server) {
    try (var socket = server.accept()) {
      socket.getOutputStream().write("HTTP/1.1 200 OK\r\nContent-Length: 60000\r\n\r\n"
          .getBytes(StandardCharsets.US_ASCII));
      while (!Thread.currentThread().isInterrupted()) {
        socket.getOutputStream().write(' ');
        socket.getOutputStream().flush();
        LockSupport.parkNanos(20_000_000);
      }
    } catch (IOException e) {
      // The client has closed the connection, as it should.
    }
  }
}
