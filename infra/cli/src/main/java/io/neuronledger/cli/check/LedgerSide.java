package io.neuronledger.cli.check;

import io.neuronledger.cli.answer.LedgerApi;
import io.neuronledger.cli.answer.OwnerAnswer;
import io.neuronledger.client.LedgerClient;
import io.neuronledger.client.LedgerClient.Services;
import io.neuronledger.client.ProblemException;
import io.neuronledger.client.TokenSource;
import io.neuronledger.client.query.api.BalancesApi;
import io.neuronledger.client.query.api.BalancesApi.APILedgerRequest;
import io.neuronledger.contracts.value.Hash;
import io.neuronledger.contracts.value.WalletAddress;
import io.neuronledger.contracts.view.operation.IntegrityView;
import io.neuronledger.contracts.view.operation.StatusView;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;

/** Reads the ledger over its HTTP API. */
final class LedgerSide {
  private static final JsonMapper JSON = JsonMapper.builder()
      .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE).build();
  /** Includes unknown: after a start the first report may not have arrived yet. */
  private static final Set<String> CATCHING_UP_STATES = Set.of("following", "unknown");
  private static final Duration CATCH_UP_TIMEOUT = Duration.ofSeconds(15);

  /** Long: the services read whole tables. */
  private static final Duration INTEGRITY_DEADLINE = Duration.ofMinutes(10);

  private final LedgerApi api;
  private final LedgerApi command;
  private final LedgerClient client;

  /**
   * @param url ledger-query
   * @param commandUrl ledger-command
   */
  LedgerSide(String url, String commandUrl, TokenSource tokens) {
    this.api = new LedgerApi(url, tokens);
    this.command = new LedgerApi(commandUrl, tokens);
    this.client = LedgerClient.of(Services.of(url), tokens);
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
    client.lists().ledgers(UnaryOperator.identity())
        .forEach(line -> owners.put(WalletAddress.parse(line.getOwner()), line.getQuarantined()));
    return owners;
  }

  /** The hash of the block from the owner's answer; empty where the owner has no ledger. */
  Optional<Hash> hashAt(WalletAddress owner, long block) {
    return found(() -> new BalancesApi(client.query()).ledger(
        APILedgerRequest.newBuilder().owner(owner.toString()).atBlock(block).build()))
        .map(answer -> Hash.parse(answer.getAsOf().getBlockHash()));
  }

  /** The owner's journal up to this block. */
  Journal journalAt(WalletAddress owner, long block) {
    Journal journal = new Journal(block);
    found(() -> client.lists().entries(asked -> asked.owner(owner.toString())).toList())
        .ifPresent(entries -> entries.forEach(journal::add));
    return journal;
  }

  /** Empty where the owner has no ledger. */
  private static <T> Optional<T> found(Supplier<T> asked) {
    try {
      return Optional.of(asked.get());
    } catch (ProblemException e) {
      if (e.code().equals("ledger-not-found")) {
        return Optional.empty();
      }
      throw e;
    }
  }

  OwnerAnswer ownerAt(WalletAddress owner, long block) {
    return api.ownerAt(owner, block);
  }
}
