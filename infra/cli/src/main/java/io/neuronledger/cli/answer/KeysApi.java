package io.neuronledger.cli.answer;

import io.neuronledger.client.LedgerClient;
import io.neuronledger.client.command.api.KeysApi.APIMakeApiKeyRequest;
import io.neuronledger.client.command.api.KeysApi.APIRevokeApiKeyRequest;
import io.neuronledger.client.command.model.ApiKey;
import io.neuronledger.client.command.model.MakeApiKeyRequest;
import io.neuronledger.contracts.value.WalletAddress;
import io.neuronledger.foundation.access.caller.Scope;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/** A client for operators over HTTP: makes API keys. */
public final class KeysApi {
  private final LedgerApi command;
  private final LedgerClient client;
  private final InstantSource clock;

  /** @param command ledger-command, asked as an operator */
  public KeysApi(LedgerApi command, InstantSource clock) {
    this.command = command;
    this.client = command.client();
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
    client.lists().apiKeys(UnaryOperator.identity())
        .filter(key -> key.getName().equals(name) && key.getState() == ApiKey.StateEnum.ACTIVE)
        .forEach(key -> operations().revokeApiKey(APIRevokeApiKeyRequest.newBuilder().id(key.getId()).build()));
  }

  /**
   * Makes a key.
   *
   * @return its secret, which some services may not know yet
   */
  public String make(String name, Set<Scope> scopes, Optional<WalletAddress> provider, Duration validity) {
    MakeApiKeyRequest asked = new MakeApiKeyRequest().name(name)
        .expiresAt(clock.instant().plus(validity).truncatedTo(ChronoUnit.SECONDS).atOffset(ZoneOffset.UTC));
    scopes.stream().map(Scope::tag).map(io.neuronledger.client.command.model.Scope::fromValue)
        .forEach(asked::addScopesItem);
    provider.map(WalletAddress::toString).ifPresent(asked::provider);
    return operations().makeApiKey(APIMakeApiKeyRequest.newBuilder().makeApiKeyRequest(asked).build()).getSecret();
  }

  private io.neuronledger.client.command.api.KeysApi operations() {
    return new io.neuronledger.client.command.api.KeysApi(client.command());
  }
}
