package io.neuronledger.cli.operate;

import io.neuronledger.cli.operate.request.Answers;
import io.neuronledger.cli.operate.request.Answers.Column;
import io.neuronledger.cli.operate.request.Answers.Lines;
import io.neuronledger.cli.operate.request.ConfirmOption;
import io.neuronledger.cli.operate.request.LimitOption;
import io.neuronledger.cli.operate.request.Requests;
import io.neuronledger.cli.operate.request.ServiceOptions;
import io.neuronledger.cli.operate.request.TypedValues;
import io.neuronledger.client.command.api.KeysApi;
import io.neuronledger.client.command.api.KeysApi.APIMakeApiKeyRequest;
import io.neuronledger.client.command.api.KeysApi.APIRevokeApiKeyRequest;
import io.neuronledger.client.command.api.KeysApi.APIRotateApiKeyRequest;
import io.neuronledger.client.command.api.KeysApi.APIShowApiKeyRequest;
import io.neuronledger.client.command.model.ApiKey;
import io.neuronledger.client.command.model.MakeApiKeyRequest;
import io.neuronledger.client.command.model.NewApiKey;
import io.neuronledger.client.command.model.RotateApiKeyRequest;
import io.neuronledger.client.command.model.Scope;
import io.neuronledger.wallet.option.OutputOptions;
import io.neuronledger.wallet.option.Surroundings;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code ./ledger keys}. */
@Command(name = "keys", description = "API keys of services: makes, lists, rotates and revokes them. A secret is "
    + "shown once.")
final class Keys {
  private static final Column[] COLUMNS = {
      Column.of("Key", "/id"), Column.of("Name", "/name"), Column.of("State", "/state"),
      Column.of("Scopes", "/scopes"), Column.of("Owner", "/owner"), Column.of("Provider", "/provider"),
      Column.of("Expires", "/expires_at"), Column.of("Old secret expires", "/previous_expires_at"),
      Column.of("Made by", "/made/by"), Column.of("Last used", "/last_used/at")};

  private final Surroundings surroundings;

  Keys(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Command(mixinStandardHelpOptions = true,
      description = "All keys, also those that have ended, in the order in which they were made.")
  int list(@Mixin ServiceOptions services, @Mixin OutputOptions output, @Mixin LimitOption limit) {
    Lines<ApiKey> keys = Requests.read(() -> Lines.first(limit.lines(),
        services.client(surroundings).lists().apiKeys(UnaryOperator.identity())));
    Answers.list(output, "keys", keys, COLUMNS);
    return 0;
  }

  @Command(mixinStandardHelpOptions = true,
      description = "One key.")
  int show(@Mixin ServiceOptions services, @Mixin OutputOptions output,
      @Parameters(paramLabel = "KEY", description = "its id, the part of the key after nlk_") String id) {
    ApiKey key = Requests.read(() -> operations(services)
        .showApiKey(APIShowApiKeyRequest.newBuilder().id(id).build()));
    Answers.one(output, "Key", key, COLUMNS);
    return 0;
  }

  @Command(mixinStandardHelpOptions = true,
      description = "Makes a key, and shows its secret this once.")
  int make(@Mixin ServiceOptions services, @Mixin OutputOptions output,
      @Option(names = "--name", paramLabel = "NAME", required = true, description = "for people") String name,
      @Option(names = "--scope", paramLabel = "SCOPE", required = true, split = ",",
          description = "what it may do, as finance:read; repeatable") List<String> scopes,
      @Option(names = "--expires", paramLabel = "TIME", defaultValue = "P90D",
          description = "a time, or a duration from now on (default: ${DEFAULT-VALUE})") String expires,
      @Option(names = "--owner", paramLabel = "ADDRESS",
          description = "whose ledger alone, for ledger:read:own") Optional<String> owner,
      @Option(names = "--provider", paramLabel = "ADDRESS",
          description = "whose usage alone, for usage:write") Optional<String> provider,
      @Option(names = "--secret-file", paramLabel = "FILE",
          description = SecretFile.DESCRIPTION) Optional<Path> secretFile) {
    Instant now = surroundings.clock().instant();
    MakeApiKeyRequest asked = new MakeApiKeyRequest().name(name).owner(owner.orElse(null))
        .provider(provider.orElse(null)).expiresAt(TypedValues.until("--expires", expires, now));
    scopes.forEach(each -> asked.addScopesItem(TypedValues.word("--scope", each, Scope::fromValue)));
    try (SecretFile file = SecretFile.reserve(secretFile)) {
      NewApiKey made = Requests.change(() -> operations(services)
          .makeApiKey(APIMakeApiKeyRequest.newBuilder().makeApiKeyRequest(asked).build()));
      show(output, made, file);
    }
    return 0;
  }

  @Command(mixinStandardHelpOptions = true,
      description = "Gives a key a new secret, and shows it this once. The one before stays good for a while.")
  int rotate(@Mixin ServiceOptions services, @Mixin OutputOptions output,
      @Parameters(paramLabel = "KEY", description = "its id") String id,
      @Option(names = "--old-until", paramLabel = "TIME", defaultValue = "P1D", description = "until when the secret "
          + "before stays good: a time, or a duration from now on (default: ${DEFAULT-VALUE})") String oldUntil,
      @Option(names = "--expires", paramLabel = "TIME",
          description = "extends the key: a time, or a duration from now on") Optional<String> expires,
      @Option(names = "--secret-file", paramLabel = "FILE",
          description = SecretFile.DESCRIPTION) Optional<Path> secretFile) {
    Instant now = surroundings.clock().instant();
    RotateApiKeyRequest asked = new RotateApiKeyRequest()
        .previousExpiresAt(TypedValues.until("--old-until", oldUntil, now))
        .expiresAt(expires.map(each -> TypedValues.until("--expires", each, now)).orElse(null));
    try (SecretFile file = SecretFile.reserve(secretFile)) {
      NewApiKey rotated = Requests.change(() -> operations(services)
          .rotateApiKey(APIRotateApiKeyRequest.newBuilder().id(id).rotateApiKeyRequest(asked).build()));
      show(output, rotated, file);
    }
    return 0;
  }

  @Command(mixinStandardHelpOptions = true,
      description = "Revokes a key for ever, within 5 seconds in all services.")
  int revoke(@Mixin ServiceOptions services, @Mixin OutputOptions output, @Mixin ConfirmOption confirm,
      @Parameters(paramLabel = "KEY", description = "its id") String id) {
    confirm.require(surroundings, output, () -> show(services, output, id),
        "Whoever uses this key is refused from then on, and nothing makes it good again.");
    ApiKey revoked = Requests.change(() -> operations(services)
        .revokeApiKey(APIRevokeApiKeyRequest.newBuilder().id(id).build()));
    Answers.one(output, "Revoked", revoked, COLUMNS);
    return 0;
  }

  private static void show(OutputOptions output, NewApiKey key, SecretFile file) {
    file.show(output, key, key.getSecret());
    if (!output.json()) {
      Answers.one(output, "Key", key.getKey(), COLUMNS);
    }
  }

  private KeysApi operations(ServiceOptions services) {
    return new KeysApi(services.client(surroundings).command());
  }
}
