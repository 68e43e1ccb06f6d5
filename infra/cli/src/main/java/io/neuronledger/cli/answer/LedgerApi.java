package io.neuronledger.cli.answer;

import io.neuronledger.client.LedgerClient;
import io.neuronledger.client.LedgerClient.Services;
import io.neuronledger.client.ProblemException;
import io.neuronledger.client.TokenSource;
import io.neuronledger.contracts.value.Hash;
import io.neuronledger.contracts.value.Neuron;
import io.neuronledger.contracts.value.ServiceName;
import io.neuronledger.contracts.value.WalletAddress;
import io.neuronledger.contracts.view.RefundView;
import io.neuronledger.testkit.devchain.rpc.BlockHeader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;
import org.springframework.core.retry.RetryException;
import org.springframework.core.retry.RetryPolicy;
import org.springframework.core.retry.RetryTemplate;
import org.springframework.core.retry.Retryable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.json.JsonMapper;

/** Answers of the services as JSON, by the Java client, for comparisons: waited for until they match. */
public final class LedgerApi {
  /** The longest wait of ledger-query for a block by default; the client asks again where that is not enough. */
  private static final int WAIT_S = 30;
  private static final int PAGE = 500;
  private static final String AS_OF_BLOCK_HASH = "Ledger-As-Of-Block-Hash";
  private static final Duration DEADLINE = Duration.ofMinutes(1);
  /** Of ledger-command and ledger-query; whoever may not read it is refused by their scopes once they are known. */
  private static final String FOR_OPERATORS = "/v1/admin/quarantine";
  private static final int FORBIDDEN = 403;
  private static final int UNAVAILABLE = 503;
  private static final int OK = 200;
  private static final int NOT_FOUND = 404;

  private static final Duration RETRY_TIMEOUT = Duration.ofMinutes(4);
  private static final Duration RETRY_DELAY = Duration.ofMillis(200);

  private final String baseUrl;
  private final TokenSource tokens;
  private final boolean retries;
  private final LedgerClient client;
  private final ObjectMapper json = JsonMapper.shared();

  /** An answer, also a problem, which is without its headers. */
  public record Answer(URI uri, int statusCode, String body, HttpHeaders headers) {}

  /** @param baseUrl without a slash at its end */
  public LedgerApi(String baseUrl, TokenSource tokens) {
    this(baseUrl, tokens, false);
  }

  private LedgerApi(String baseUrl, TokenSource tokens, boolean retries) {
    this.baseUrl = baseUrl;
    this.tokens = tokens;
    this.retries = retries;
    this.client = LedgerClient.of(new Services(Optional.of(baseUrl), Optional.of(baseUrl), Optional.empty()), tokens);
  }

  /** This service, which is ledger-query or ledger-command, by the Java client and as the same caller. */
  public LedgerClient client() {
    return client;
  }

  /** The same service, asked with a token of another caller. */
  public LedgerApi as(TokenSource other) {
    return new LedgerApi(baseUrl, other, retries);
  }

  /** The same for a service that may be down or without its database for a while: it retries for some minutes. */
  public LedgerApi retrying() {
    return new LedgerApi(baseUrl, tokens, true);
  }

  /**
   * Returns the ledger's answer for an owner at exactly this block. Waits for the block, and while the ledger still has
   * another branch with a block of that number.
   *
   * @throws IllegalStateException for any answer but the owner's state or "no such ledger"
   */
  public OwnerAnswer ownerAt(WalletAddress owner, BlockHeader block) {
    return retry(RETRY_TIMEOUT,
        () -> answerAt(owner, "at_block=" + block.number(), block.number(), Optional.of(block.hash())));
  }

  /**
   * Returns the ledger's answer for an owner at a time, {@code at_time}, at which this has to be the last block.
   *
   * @throws IllegalStateException for any answer but the owner's state or "no such ledger", or for another block
   */
  public OwnerAnswer ownerAt(WalletAddress owner, Instant time, BlockHeader block) {
    return retry(RETRY_TIMEOUT,
        () -> answerAt(owner, "at_time=" + time, block.number(), Optional.of(block.hash())));
  }

  /**
   * Returns the ledger's answer for an owner at the block of this number, on any branch. Waits for the block.
   *
   * @throws IllegalStateException for any answer but the owner's state or "no such ledger", or for another block
   */
  public OwnerAnswer ownerAt(WalletAddress owner, long block) {
    return answerAt(owner, "at_block=" + block, block, Optional.empty());
  }

  /** @param selector the parameter that selects the block */
  private OwnerAnswer answerAt(WalletAddress owner, String selector, long block, Optional<Hash> branch) {
    String path = "/v1/ledgers/" + owner;
    String at = "?" + selector + "&wait=" + WAIT_S;
    Answer ledger = get(path + at);
    branch.ifPresent(hash -> requireBranch(hash, ledger));
    if (ledger.statusCode() == NOT_FOUND && read(ledger).path("code").asString("").equals("ledger-not-found")) {
      return OwnerAnswer.closed(owner);
    }
    JsonNode state = answerAt(block, ledger);
    Answer listed = get(path + "/sub-accounts" + at);
    branch.ifPresent(hash -> requireBranch(hash, listed));
    JsonNode subAccounts = answerAt(block, listed).get("sub_accounts");
    return new OwnerAnswer(owner, state.get("state").asString().equals("open"), neuron(state, "available"),
        neuron(state, "locked"), neuron(state, "total"),
        subAccounts.valueStream().map(LedgerApi::subAccount).toList());
  }

  /**
   * Returns a part of all settlements as of exactly this block, newest first. Waits for the block as
   * {@link #ownerAt(WalletAddress, BlockHeader)} does.
   *
   * @param cursor of the page before, empty for the first page
   * @throws IllegalStateException for any answer but a page
   */
  public JsonNode settlementsAt(BlockHeader block, Optional<String> cursor) {
    return retry(RETRY_TIMEOUT, () -> {
      Answer page = get("/v1/settlements?limit=" + PAGE + "&at_block=" + block.number()
          + "&wait=" + WAIT_S + cursor.map(each -> "&cursor=" + each).orElse(""));
      JsonNode settlements = ok(page);
      requireBranch(block.hash(), page);
      return settlements;
    });
  }

  /**
   * Returns the accounting journal of all owners as of exactly this block. Waits for the block as
   * {@link #ownerAt(WalletAddress, BlockHeader)} does.
   *
   * @throws IllegalStateException for any answer but a journal
   */
  public String journalAt(BlockHeader block) {
    return retry(RETRY_TIMEOUT, () -> {
      Answer journal =
          get("/v1/reports/journal?at_block=" + block.number() + "&wait=" + WAIT_S);
      requireOk(journal);
      requireBranch(block.hash(), journal.headers().firstValue(AS_OF_BLOCK_HASH).orElse(""), journal);
      return journal.body();
    });
  }

  private void requireBranch(Hash expected, Answer response) {
    requireBranch(expected, read(response).at("/as_of/block_hash").asString(""), response);
  }

  private static void requireBranch(Hash expected, String found, Answer response) {
    if (!found.equals(expected.toString())) {
      throw new NotYet(response.uri() + " is at block " + found + " of another branch than " + expected);
    }
  }

  private static SubAccountAnswer subAccount(JsonNode node) {
    List<RefundAnswer> refunds = node.get("refunds").valueStream().map(LedgerApi::refund).toList();
    return new SubAccountAnswer(WalletAddress.parse(node.get("provider").asString()),
        ServiceName.of(node.get("service").asString()), neuron(node, "balance"), neuron(node, "pending_refund"),
        node.get("acknowledged").asBoolean(), refunds);
  }

  private static RefundAnswer refund(JsonNode node) {
    return new RefundAnswer(neuron(node, "amount"), Instant.parse(node.get("requested_at").asString()),
        RefundView.State.of(node.get("state").asString()) == RefundView.State.CLAIMABLE);
  }

  private static Neuron neuron(JsonNode node, String field) {
    return Neuron.parse(node.get(field).asString());
  }

  /** Requires a successful answer for this block; anything else is not comparable. */
  private JsonNode answerAt(long block, Answer response) {
    JsonNode answer = ok(response);
    if (answer.at("/as_of/block").asLong(-1) != block) {
      throw new IllegalStateException(response.uri() + " does not answer for block " + block + ": "
          + response.body());
    }
    return answer;
  }

  private JsonNode read(Answer response) {
    return json.readTree(response.body());
  }

  /**
   * Waits until the service knows the caller's credential: a new API key is known to all services within seconds.
   *
   * @return this
   */
  public LedgerApi awaitKnown() {
    return retry(RETRY_TIMEOUT, () -> {
      Answer answer = sendOnce(request(FOR_OPERATORS, DEADLINE).GET().build());
      if (answer.statusCode() != OK && answer.statusCode() != FORBIDDEN) {
        throw new NotYet(answer.uri() + " answers " + answer.statusCode() + ": " + answer.body());
      }
      return this;
    });
  }

  /** Sends a GET, with a deadline. */
  public Answer get(String pathAndQuery) {
    return get(pathAndQuery, DEADLINE);
  }

  private Answer get(String pathAndQuery, Duration deadline) {
    return send(request(pathAndQuery, deadline).GET().build());
  }

  /**
   * Repeats the request until the answer matches, for some minutes.
   *
   * @return the last answer, matching or not
   */
  public JsonNode getUntil(String pathAndQuery, Predicate<JsonNode> condition) {
    return getUntil(pathAndQuery, RETRY_TIMEOUT, condition);
  }

  /**
   * Repeats the request until the answer matches, for about {@code timeout}.
   *
   * @return the last answer, matching or not
   */
  public JsonNode getUntil(String pathAndQuery, Duration timeout, Predicate<JsonNode> condition) {
    AtomicReference<JsonNode> last = new AtomicReference<>(json.createObjectNode());
    try {
      return retry(timeout, () -> {
        last.set(getOk(pathAndQuery));
        if (!condition.test(last.get())) {
          throw new NotYet(pathAndQuery);
        }
        return last.get();
      });
    } catch (NotYet e) {
      return last.get();
    }
  }

  /** @throws IllegalStateException for any answer but 200 */
  public JsonNode getOk(String pathAndQuery) {
    return ok(get(pathAndQuery));
  }

  /** The same with another deadline. */
  public JsonNode getOk(String pathAndQuery, Duration deadline) {
    return ok(get(pathAndQuery, deadline));
  }

  /**
   * Returns the answer; empty for 404.
   *
   * @throws IllegalStateException for any answer but 200 and 404
   */
  public Optional<JsonNode> find(String pathAndQuery) {
    Answer response = get(pathAndQuery);
    return response.statusCode() == NOT_FOUND ? Optional.empty() : Optional.of(ok(response));
  }

  private JsonNode ok(Answer response) {
    requireOk(response);
    return read(response);
  }

  private static void requireOk(Answer response) {
    if (response.statusCode() != OK) {
      throw new IllegalStateException(response.uri() + " answers " + response.statusCode() + ": " + response.body());
    }
  }

  /** Sends a POST of JSON, with a deadline. */
  public Answer post(String pathAndQuery, String body) {
    return send(request(pathAndQuery, DEADLINE).header("Content-Type", "application/json")
        .POST(HttpRequest.BodyPublishers.ofString(body)).build());
  }

  /** @throws IllegalStateException for any answer but 200 */
  public JsonNode postOk(String pathAndQuery, String body) {
    return ok(post(pathAndQuery, body));
  }

  /** Sends a POST without a body, with a deadline. */
  public Answer post(String pathAndQuery) {
    return send(request(pathAndQuery, DEADLINE).POST(HttpRequest.BodyPublishers.noBody()).build());
  }

  /** Sends a DELETE, with a deadline. */
  public Answer delete(String pathAndQuery) {
    return send(request(pathAndQuery, DEADLINE).DELETE().build());
  }

  private HttpRequest.Builder request(String pathAndQuery, Duration deadline) {
    return HttpRequest.newBuilder(URI.create(baseUrl + pathAndQuery)).timeout(deadline);
  }

  private Answer send(HttpRequest request) {
    return retries ? retry(RETRY_TIMEOUT, () -> sendOnce(request)) : sendOnce(request);
  }

  private static <T> T retry(Duration timeout, Retryable<T> request) {
    RetryPolicy policy = RetryPolicy.builder().maxRetries(timeout.dividedBy(RETRY_DELAY))
        .delay(RETRY_DELAY).includes(NotYet.class, UncheckedIOException.class).build();
    try {
      return new RetryTemplate(policy).execute(request);
    } catch (RetryException e) {
      throw e.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(e.getCause());
    }
  }

  private Answer sendOnce(HttpRequest request) {
    try {
      HttpResponse<String> response = client.query().getHttpClient().send(request, BodyHandlers.ofString());
      return new Answer(response.uri(), response.statusCode(), response.body(), response.headers());
    } catch (ProblemException e) {
      if (retries && e.status() == UNAVAILABLE) {
        throw new NotYet(request.uri() + " answers " + e.body());
      }
      return new Answer(request.uri(), e.status(), e.body(), HttpHeaders.of(Map.of(), (_, _) -> true));
    } catch (IOException e) {
      throw new UncheckedIOException(request.uri() + " does not answer", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while waiting for " + request.uri(), e);
    }
  }

  /** The answer does not match yet; a retry may succeed. */
  private static final class NotYet extends RuntimeException {
    private static final long serialVersionUID = 1L;

    NotYet(String message) {
      super(message);
    }
  }
}
