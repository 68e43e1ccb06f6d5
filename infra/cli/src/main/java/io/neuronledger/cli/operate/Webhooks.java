package io.neuronledger.cli.operate;

import io.neuronledger.cli.operate.request.Answers;
import io.neuronledger.cli.operate.request.Answers.Column;
import io.neuronledger.cli.operate.request.Answers.Lines;
import io.neuronledger.cli.operate.request.ConfirmOption;
import io.neuronledger.cli.operate.request.LimitOption;
import io.neuronledger.cli.operate.request.Requests;
import io.neuronledger.cli.operate.request.ServiceOptions;
import io.neuronledger.cli.operate.request.TypedValues;
import io.neuronledger.client.query.api.WebhooksApi;
import io.neuronledger.client.query.api.WebhooksApi.APIChangeWebhookRequest;
import io.neuronledger.client.query.api.WebhooksApi.APIDeleteWebhookRequest;
import io.neuronledger.client.query.api.WebhooksApi.APIMakeWebhookOfOwnerRequest;
import io.neuronledger.client.query.api.WebhooksApi.APIMakeWebhookRequest;
import io.neuronledger.client.query.api.WebhooksApi.APIReplayWebhookRequest;
import io.neuronledger.client.query.api.WebhooksApi.APIRetryWebhookMessageRequest;
import io.neuronledger.client.query.api.WebhooksApi.APIRotateWebhookSecretRequest;
import io.neuronledger.client.query.api.WebhooksApi.APITestWebhookRequest;
import io.neuronledger.client.query.api.WebhooksApi.APIWebhookRequest;
import io.neuronledger.client.query.model.ChangeWebhookRequest;
import io.neuronledger.client.query.model.MakeWebhookOfOwnerRequest;
import io.neuronledger.client.query.model.MakeWebhookRequest;
import io.neuronledger.client.query.model.NewWebhook;
import io.neuronledger.client.query.model.NewWebhookSecret;
import io.neuronledger.client.query.model.ReplayWebhookRequest;
import io.neuronledger.client.query.model.Webhook;
import io.neuronledger.client.query.model.WebhookDelivery;
import io.neuronledger.client.query.model.WebhookMessage;
import io.neuronledger.wallet.option.OutputOptions;
import io.neuronledger.wallet.option.Surroundings;
import io.neuronledger.wallet.outcome.CommandFailure;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code ./ledger webhooks}. */
@Command(name = "webhooks", description = "Webhooks of the caller: what is sent where, what became of it, and sending "
    + "it again.")
final class Webhooks {
  private static final Column[] COLUMNS = {
      Column.of("Webhook", "/id"), Column.of("Feed", "/feed"), Column.of("URL", "/url"),
      Column.of("Description", "/description"), Column.of("Enabled", "/enabled"),
      Column.of("Disabled because", "/disabled/reason"), Column.of("Undelivered", "/undelivered"),
      Column.of("Delivered", "/delivered_at"), Column.of("Failing since", "/failing_since"),
      Column.of("Types", "/types"), Column.of("Owners", "/owners")};
  private static final Column[] DELIVERY = {
      Column.of("Message", "/message"), Column.of("Type", "/type"), Column.of("Attempt", "/attempt"),
      Column.of("At", "/at"), Column.of("Took ms", "/took_ms"), Column.of("Outcome", "/outcome"),
      Column.of("Status", "/status")};
  private static final Column[] MESSAGE = {
      Column.of("Message", "/id"), Column.of("Type", "/type"), Column.of("Owner", "/owner"),
      Column.of("State", "/state"), Column.of("Attempts", "/attempts"), Column.of("Created", "/created_at"),
      Column.of("Next attempt", "/next_attempt_at"), Column.of("Ended", "/ended_at")};

  private final Surroundings surroundings;

  Webhooks(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Command(mixinStandardHelpOptions = true,
      description = "The caller's own webhooks, newest first; of an administrator, everybody's.")
  int list(@Mixin ServiceOptions services, @Mixin OutputOptions output, @Mixin LimitOption limit) {
    Lines<Webhook> webhooks = Requests.read(() -> Lines.first(limit.lines(),
        services.client(surroundings).lists().webhooks(UnaryOperator.identity())));
    Answers.list(output, "webhooks", webhooks, COLUMNS);
    return 0;
  }

  @Command(mixinStandardHelpOptions = true,
      description = "One webhook, and how it is doing.")
  int show(@Mixin ServiceOptions services, @Mixin OutputOptions output,
      @Parameters(paramLabel = "WEBHOOK", description = "its id") UUID id) {
    return shown(output, Requests.read(() -> operations(services)
        .webhook(APIWebhookRequest.newBuilder().id(id).build())));
  }

  @Command(mixinStandardHelpOptions = true,
      description = "Has events or alerts sent to a URL, and shows the secret that signs them this once.")
  int make(@Mixin ServiceOptions services, @Mixin OutputOptions output,
      @Parameters(paramLabel = "URL", description = "of the receiver") String url,
      @Option(names = "--feed", paramLabel = "FEED", description = "events or alerts (default: events)")
          Optional<String> feed,
      @Option(names = "--description", paramLabel = "TEXT", description = "for people") Optional<String> description,
      @Option(names = "--type", paramLabel = "TYPE", split = ",", description = "these types, not all; repeatable")
          @Nullable List<String> types,
      @Option(names = "--owner", paramLabel = "ADDRESS", split = ",",
          description = "these owners, not all; repeatable") @Nullable List<String> owners,
      @Option(names = "--of-owner", paramLabel = "ADDRESS", description = "in place of --owner: a webhook in the "
          + "order of this one owner's events") Optional<String> ofOwner,
      @Option(names = "--after", paramLabel = "WHERE",
          description = "now, beginning, or the id of the last event that is known") Optional<String> after,
      @Option(names = "--secret-file", paramLabel = "FILE",
          description = SecretFile.DESCRIPTION) Optional<Path> secretFile) {
    if (ofOwner.isPresent() && owners != null) {
      throw CommandFailure.refused("either --owner or --of-owner");
    }
    MakeWebhookRequest wanted = new MakeWebhookRequest().url(url).description(description.orElse(null)).types(types)
        .owners(owners).after(after.orElse(null))
        .feed(feed.map(each -> TypedValues.word("--feed", each, MakeWebhookRequest.FeedEnum::fromValue)).orElse(null));
    try (SecretFile file = SecretFile.reserve(secretFile)) {
      NewWebhook made = Requests.change(() -> ofOwner.isEmpty()
          ? operations(services).makeWebhook(APIMakeWebhookRequest.newBuilder().makeWebhookRequest(wanted).build())
          : operations(services).makeWebhookOfOwner(APIMakeWebhookOfOwnerRequest.newBuilder().owner(ofOwner.get())
              .makeWebhookOfOwnerRequest(ofOwner(wanted)).build()));
      file.show(output, made, made.getSecret());
      if (!output.json()) {
        Answers.one(output, "Webhook", made.getWebhook(), COLUMNS);
      }
    }
    return 0;
  }

  private static MakeWebhookOfOwnerRequest ofOwner(MakeWebhookRequest wanted) {
    return new MakeWebhookOfOwnerRequest().url(wanted.getUrl()).description(wanted.getDescription())
        .types(wanted.getTypes()).after(wanted.getAfter()).feed(Optional.ofNullable(wanted.getFeed())
            .map(feed -> MakeWebhookOfOwnerRequest.FeedEnum.fromValue(feed.getValue())).orElse(null));
  }

  @Command(mixinStandardHelpOptions = true,
      description = "Changes a webhook, disables it, or enables it again.")
  int change(@Mixin ServiceOptions services, @Mixin OutputOptions output,
      @Parameters(paramLabel = "WEBHOOK", description = "its id") UUID id,
      @Option(names = "--to", paramLabel = "URL", description = "another receiver") Optional<String> url,
      @Option(names = "--description", paramLabel = "TEXT", description = "for people") Optional<String> description,
      @Option(names = "--type", paramLabel = "TYPE", split = ",", description = "these types; repeatable")
          @Nullable List<String> types,
      @Option(names = "--enabled", arity = "1", paramLabel = "true|false", description = "whether it is sent to")
          Optional<Boolean> enabled) {
    ChangeWebhookRequest change = new ChangeWebhookRequest().url(url.orElse(null))
        .description(description.orElse(null)).types(types).enabled(enabled.orElse(null));
    return shown(output, Requests.change(() -> operations(services)
        .changeWebhook(APIChangeWebhookRequest.newBuilder().id(id).changeWebhookRequest(change).build())));
  }

  @Command(name = "rotate-secret", mixinStandardHelpOptions = true,
      description = "Makes a new secret, and shows it this once; the one before signs for "
      + "24 hours more.")
  int rotateSecret(@Mixin ServiceOptions services, @Mixin OutputOptions output,
      @Parameters(paramLabel = "WEBHOOK", description = "its id") UUID id,
      @Option(names = "--secret-file", paramLabel = "FILE",
          description = SecretFile.DESCRIPTION) Optional<Path> secretFile) {
    try (SecretFile file = SecretFile.reserve(secretFile)) {
      NewWebhookSecret made = Requests.change(() -> operations(services)
          .rotateWebhookSecret(APIRotateWebhookSecretRequest.newBuilder().id(id).build()));
      file.show(output, made, made.getSecret());
      if (!output.json()) {
        Answers.one(output, "Before", made, Column.of("Signs until", "/previous_expires_at"));
      }
    }
    return 0;
  }

  @Command(mixinStandardHelpOptions = true,
      description = "Sends a test message now, and shows what became of it; exit code 1 unless it was delivered.")
  int test(@Mixin ServiceOptions services, @Mixin OutputOptions output,
      @Parameters(paramLabel = "WEBHOOK", description = "its id") UUID id) {
    WebhookDelivery delivery = Requests.change(() -> operations(services)
        .testWebhook(APITestWebhookRequest.newBuilder().id(id).build()));
    Answers.one(output, "Delivery", delivery, DELIVERY);
    return delivery.getOutcome() == WebhookDelivery.OutcomeEnum.DELIVERED ? 0 : 1;
  }

  @Command(mixinStandardHelpOptions = true,
      description = "Sends again what comes after an event, or from a time on.")
  int replay(@Mixin ServiceOptions services, @Mixin OutputOptions output,
      @Parameters(paramLabel = "WEBHOOK", description = "its id") UUID id,
      @Option(names = "--after", paramLabel = "WHERE", description = "beginning, or the id of an event")
          Optional<String> after,
      @Option(names = "--from", paramLabel = "TIME", description = "in place of --after") Optional<String> from) {
    if (after.isPresent() == from.isPresent()) {
      throw CommandFailure.refused("either --after or --from");
    }
    ReplayWebhookRequest replay = new ReplayWebhookRequest().after(after.orElse(null))
        .from(from.map(each -> TypedValues.time("--from", each)).orElse(null));
    return shown(output, Requests.change(() -> operations(services)
        .replayWebhook(APIReplayWebhookRequest.newBuilder().id(id).replayWebhookRequest(replay).build())));
  }

  @Command(mixinStandardHelpOptions = true,
      description = "The messages of a webhook, newest first; --state dead, those that were given up.")
  int messages(@Mixin ServiceOptions services, @Mixin OutputOptions output, @Mixin LimitOption limit,
      @Parameters(paramLabel = "WEBHOOK", description = "its id") UUID id,
      @Option(names = "--state", paramLabel = "STATE", description = "pending, delivered or dead")
          Optional<String> state) {
    Lines<WebhookMessage> messages = Requests.read(() -> Lines.first(limit.lines(),
        services.client(surroundings).lists()
            .messagesOfWebhook(filter -> filter.id(id).state(state.map(List::of).orElse(null)))));
    Answers.list(output, "messages", messages, MESSAGE);
    return 0;
  }

  @Command(mixinStandardHelpOptions = true,
      description = "Sends a message again that was given up.")
  int retry(@Mixin ServiceOptions services, @Mixin OutputOptions output,
      @Parameters(paramLabel = "WEBHOOK", description = "its id") UUID id,
      @Parameters(paramLabel = "MESSAGE", description = "the message's id") String message) {
    WebhookMessage again = Requests.change(() -> operations(services)
        .retryWebhookMessage(APIRetryWebhookMessageRequest.newBuilder().id(id).message(message).build()));
    Answers.one(output, "Message", again, MESSAGE);
    return 0;
  }

  @Command(mixinStandardHelpOptions = true,
      description = "Every attempt to deliver a message, newest first.")
  int deliveries(@Mixin ServiceOptions services, @Mixin OutputOptions output, @Mixin LimitOption limit,
      @Parameters(paramLabel = "WEBHOOK", description = "its id") UUID id) {
    Lines<WebhookDelivery> deliveries = Requests.read(() -> Lines.first(limit.lines(),
        services.client(surroundings).lists().deliveriesOfWebhook(filter -> filter.id(id))));
    Answers.list(output, "deliveries", deliveries, DELIVERY);
    return 0;
  }

  @Command(mixinStandardHelpOptions = true,
      description = "Removes a webhook, its messages and its log.")
  int delete(@Mixin ServiceOptions services, @Mixin OutputOptions output, @Mixin ConfirmOption confirm,
      @Parameters(paramLabel = "WEBHOOK", description = "its id") UUID id) {
    confirm.require(surroundings, output, () -> show(services, output, id),
        "Nothing more is sent there. What was not delivered, and the log of what was, are gone for ever.");
    Requests.change(() -> operations(services)
        .deleteWebhook(APIDeleteWebhookRequest.newBuilder().id(id).build()));
    Answers.done(output, "Deleted webhook " + id);
    return 0;
  }

  private static int shown(OutputOptions output, Webhook webhook) {
    Answers.one(output, "Webhook", webhook, COLUMNS);
    return 0;
  }

  private WebhooksApi operations(ServiceOptions services) {
    return new WebhooksApi(services.client(surroundings).query());
  }
}
