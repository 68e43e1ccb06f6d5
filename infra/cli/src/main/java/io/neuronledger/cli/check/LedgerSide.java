package io.neuronledger.cli.check;

import io.neuronledger.cli.answer.LedgerApi;
import io.neuronledger.cli.answer.OwnerAnswer;
import io.neuronledger.client.TokenSource;
import io.neuronledger.contracts.value.Hash;
import io.neuronledger.contracts.value.WalletAddress;
import io.neuronledger.contracts.view.operation.IntegrityView;
import io.neuronledger.contracts.view.operation.StatusView;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;

/** Reads the ledger over its HTTP API. */
final class LedgerSide {
  private static final JsonMapper JSON = JsonMapper.builder()
      .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE).build();
  private static final int OK = 200;
  private static final int PAGE = 500;
  /** Includes unknown: after a start the first report may not have arrived yet. */
  private static final Set<String> CATCHING_UP_STATES = Set.of("following", "unknown");
  private static final Duration CATCH_UP_TIMEOUT = Duration.ofSeconds(15);

  /** Long: the services read whole tables. */
  private static final Duration INTEGRITY_DEADLINE = Duration.ofMinutes(10);

  private final LedgerApi api;
  private final LedgerApi command;

  /**
   * @param url ledger-query
   * @param commandUrl ledger-command
   */
  LedgerSide(String url, String commandUrl, TokenSource tokens) {
    this.api = new LedgerApi(url, tokens);
    this.command = new LedgerApi(commandUrl, tokens);
  }

  /** The integrity of the rows of event store and read model. */
  List<IntegrityView> integrity() {
    return Stream.of(command, api).map(service -> JSON.treeToValue(
        service.getOk("/v1/admin/integrity", INTEGRITY_DEADLINE), IntegrityView.class)).toList();
  }

  /** The deployment that the ledger follows. */
  StatusView.Deployment deployment() {
    JsonNode deployment = api.getOk("/v1/status").path("deployment");
    if (!deployment.isObject()) {
      throw new IllegalStateException("the ledger does not follow a deployment yet");
    }
    return JSON.treeToValue(deployment, StatusView.Deployment.class);
  }

  /**
   * Returns why the newest answers lag the chain; empty where they do not. Waits for a ledger that is catching up.
   */
  Optional<String> behind() {
    JsonNode following = api.getUntil("/v1/status", CATCH_UP_TIMEOUT, status -> {
      JsonNode state = status.path("following");
      return !state.path("behind").asBoolean(true) || !CATCHING_UP_STATES.contains(state.path("state").asString());
    }).path("following");
    if (!following.path("behind").asBoolean(true)) {
      return Optional.empty();
    }
    String state = following.path("state").asString();
    return Optional.of(state.equals("following")
        ? "the ledger is behind the chain, whose newest block is " + following.path("head").asString()
        : "following the chain is " + state + ": " + following.path("why").asString());
  }

  /** The last block that every partition has sealed. */
  long sealedBlock() {
    JsonNode block = api.getOk("/v1/status").at("/as_of/block");
    if (!block.isNumber()) {
      throw new IllegalStateException("the ledger has not sealed a block in every partition yet");
    }
    return block.asLong();
  }

  /** All owners that ever had a ledger, and whether each is quarantined. */
  SortedMap<WalletAddress, Boolean> quarantinedByOwner() {
    SortedMap<WalletAddress, Boolean> owners = new TreeMap<>();
    String next = "/v1/ledgers?limit=" + PAGE;
    while (!next.isEmpty()) {
      JsonNode page = api.getOk(next);
      page.get("ledgers").forEach(line -> owners.put(WalletAddress.parse(line.get("owner").asString()),
          line.get("quarantined").asBoolean()));
      next = page.hasNonNull("next_cursor")
          ? "/v1/ledgers?limit=" + PAGE + "&cursor=" + page.get("next_cursor").asString() : "";
    }
    return owners;
  }

  /** The hash of the block from the owner's answer; empty where the owner has no ledger. */
  Optional<Hash> hashAt(WalletAddress owner, long block) {
    HttpResponse<String> answer = api.get("/v1/ledgers/" + owner + "?at_block=" + block);
    return answer.statusCode() == OK
        ? Optional.of(Hash.parse(JSON.readTree(answer.body()).at("/as_of/block_hash").asString())) : Optional.empty();
  }

  /** The owner's journal up to this block. */
  Journal journalAt(WalletAddress owner, long block) {
    Journal journal = new Journal(block);
    String path = "/v1/ledgers/" + owner + "/entries?limit=" + PAGE;
    String next = path;
    while (!next.isEmpty()) {
      Optional<JsonNode> page = api.find(next);
      page.ifPresent(found -> found.get("entries").forEach(journal::add));
      next = page.filter(found -> found.hasNonNull("next_cursor"))
          .map(found -> path + "&cursor=" + found.get("next_cursor").asString()).orElse("");
    }
    return journal;
  }

  OwnerAnswer ownerAt(WalletAddress owner, long block) {
    return api.ownerAt(owner, block);
  }
}
