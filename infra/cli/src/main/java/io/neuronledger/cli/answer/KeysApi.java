package io.neuronledger.cli.answer;

import io.neuronledger.contracts.value.WalletAddress;
import io.neuronledger.foundation.access.caller.Scope;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** A client for operators over HTTP: makes API keys. */
public final class KeysApi {
  private static final JsonMapper JSON = JsonMapper.shared();
  private static final String PATH = "/v1/keys";
  private static final int PAGE = 500;
  private static final int OK = 200;
  private static final int CREATED = 201;

  private final LedgerApi command;
  private final InstantSource clock;

  /** @param command ledger-command, asked as an operator */
  public KeysApi(LedgerApi command, InstantSource clock) {
    this.command = command;
    this.clock = clock;
  }

  /**
   * Makes a key, and waits until the service knows it.
   *
   * @param service that is asked with the key
   * @param name for people
   * @param provider to whom {@code usage:write} is bound
   * @param validity how long it is good; at most 366 days
   * @return the service, asked with the key
   */
  public LedgerApi withKey(LedgerApi service, String name, Set<Scope> scopes, Optional<WalletAddress> provider,
      Duration validity) {
    String secret = make(name, scopes, provider, validity);
    return service.as(() -> Optional.of(secret)).awaitKnown();
  }

  /** ledger-command, asked by the broker of a provider: with a key that is bound to it. */
  public LedgerApi broker(WalletAddress provider, Duration validity) {
    return withKey(command, "broker of " + provider, EnumSet.of(Scope.USAGE_WRITE), Optional.of(provider), validity);
  }

  /** Revokes the keys of that name. */
  public void revoke(String name) {
    Optional<String> cursor = Optional.of("");
    while (cursor.isPresent()) {
      JsonNode page = command.getOk(PATH + "?limit=" + PAGE + cursor.get());
      page.path("keys").valueStream()
          .filter(key -> key.path("name").asString().equals(name) && key.path("state").asString().equals("active"))
          .forEach(key -> require(OK, command.delete(PATH + "/" + key.path("id").asString())));
      cursor = page.path("next_cursor").asStringOpt().map(next -> "&cursor=" + next);
    }
  }

  /**
   * Makes a key.
   *
   * @return its secret, which some services may not know yet
   */
  public String make(String name, Set<Scope> scopes, Optional<WalletAddress> provider, Duration validity) {
    Instant until = clock.instant().plus(validity).truncatedTo(ChronoUnit.SECONDS);
    ObjectNode asked = JSON.createObjectNode().put("name", name).put("expires_at", until.toString());
    scopes.stream().map(Scope::tag).sorted().forEach(asked.withArray("scopes")::add);
    provider.ifPresent(bound -> asked.put("provider", bound.toString()));
    HttpResponse<String> answer = command.post(PATH, asked.toString());
    require(CREATED, answer);
    return JSON.readTree(answer.body()).path("secret").asString();
  }

  private static void require(int status, HttpResponse<String> answer) {
    if (answer.statusCode() != status) {
      throw new IllegalStateException(answer.uri() + " answers " + answer.statusCode() + ": " + answer.body());
    }
  }
}
