package io.neuronledger.local.check;

import io.neuronledger.contracts.event.Deployment;
import io.neuronledger.contracts.value.Hash;
import io.neuronledger.contracts.value.WalletAddress;
import io.neuronledger.contracts.view.IntegrityView;
import io.neuronledger.local.answer.LedgerApi;
import io.neuronledger.local.answer.OwnerAnswer;
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

/** The ledger, asked over HTTP as anybody can. */
final class LedgerSide {
  private static final JsonMapper JSON = JsonMapper.builder()
      .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE).build();
  private static final int OK = 200;
  private static final int PAGE = 500;
  /** Unknown too: after a start the first report may not have come yet. */
  private static final Set<String> CATCHES_UP = Set.of("following", "unknown");
  private static final Duration CATCHING_UP = Duration.ofSeconds(15);

  /** Whole tables are read. */
  private static final Duration INTEGRITY_DEADLINE = Duration.ofMinutes(10);

  private final LedgerApi api;
  private final LedgerApi command;

  /**
   * @param url ledger-query
   * @param commandUrl ledger-command
   */
  LedgerSide(String url, String commandUrl) {
    this.api = new LedgerApi(url);
    this.command = new LedgerApi(commandUrl);
  }

  /** Whether the rows of event store and read model agree with each other. */
  List<IntegrityView> integrity() {
    return Stream.of(command, api).map(service -> JSON.treeToValue(
        service.getOk("/v1/admin/integrity", INTEGRITY_DEADLINE), IntegrityView.class)).toList();
  }

  /** What is followed. */
  Deployment deployment() {
    JsonNode deployment = api.getOk("/v1/status").path("deployment");
    if (!deployment.isObject()) {
      throw new IllegalStateException("the ledger does not follow anything yet");
    }
    return JSON.treeToValue(deployment, Deployment.class);
  }

  /**
   * Why the newest answers may be behind the chain; empty where they are not. A ledger that is catching up is waited
   * for.
   */
  Optional<String> behind() {
    JsonNode following = api.getUntil("/v1/status", CATCHING_UP, status -> {
      JsonNode state = status.path("following");
      return !state.path("behind").asBoolean(true) || !CATCHES_UP.contains(state.path("state").asString());
    }).path("following");
    if (!following.path("behind").asBoolean(true)) {
      return Optional.empty();
    }
    String state = following.path("state").asString();
    return Optional.of(state.equals("following")
        ? "the ledger is behind the chain, whose newest block is " + following.path("head").asString()
        : "following the chain is " + state + ": " + following.path("why").asString());
  }

  /** The last block that is sealed in every partition. */
  long sealedBlock() {
    JsonNode block = api.getOk("/v1/status").at("/as_of/block");
    if (!block.isNumber()) {
      throw new IllegalStateException("the ledger has not sealed a block in every partition yet");
    }
    return block.asLong();
  }

  /** Everybody who ever had a ledger, and whether the answers for them stand still. */
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

  /** The hash of the block, as the owner's answer names it; empty where there is no such ledger. */
  Optional<Hash> hashAt(WalletAddress owner, long block) {
    HttpResponse<String> answer = api.get("/v1/ledgers/" + owner + "?at_block=" + block);
    return answer.statusCode() == OK
        ? Optional.of(Hash.parse(JSON.readTree(answer.body()).at("/as_of/block_hash").asString())) : Optional.empty();
  }

  /** All that is written down of the owner up to this block. */
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
