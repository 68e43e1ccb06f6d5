package io.neuronledger.query.webhook;

import io.neuronledger.contracts.value.WalletAddress;
import io.neuronledger.contracts.view.webhook.NewWebhook;
import io.neuronledger.contracts.view.webhook.NewWebhookSecret;
import io.neuronledger.contracts.view.webhook.WebhookDeliveriesPage;
import io.neuronledger.contracts.view.webhook.WebhookDeliveryView;
import io.neuronledger.contracts.view.webhook.WebhookMessageView;
import io.neuronledger.contracts.view.webhook.WebhookMessagesPage;
import io.neuronledger.contracts.view.webhook.WebhookView;
import io.neuronledger.contracts.view.webhook.WebhooksPage;
import io.neuronledger.foundation.access.caller.Caller;
import io.neuronledger.foundation.problem.JsonBody;
import io.neuronledger.foundation.problem.ProblemCode;
import io.neuronledger.foundation.problem.Refusal;
import io.neuronledger.foundation.problem.StrictJsonObject;
import io.neuronledger.query.asof.selector.PointInTime;
import io.neuronledger.query.request.Page;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Who is to be sent what, and what became of it? Without the secret of webhooks there are none. */
@RestController
class WebhookController {
  private static final int BODY_BYTES_MAX = 64 << 10;
  private static final int DESCRIPTION_MAX = 200;
  private static final int OWNERS_MAX = 1_000;
  private static final String ONE = "/v1/webhooks/{id}";

  private final Optional<Webhooks> webhooks;

  WebhookController(Optional<Webhooks> webhooks) {
    this.webhooks = webhooks;
  }

  private Webhooks on() {
    return webhooks.orElseThrow(() ->
        new Refusal(ProblemCode.WEBHOOKS_OFF, "the operator has set no NEURON_LEDGER_WEBHOOKS_SECRET"));
  }

  @PostMapping(path = "/v1/webhooks", consumes = MediaType.APPLICATION_JSON_VALUE,
      produces = MediaType.APPLICATION_JSON_VALUE)
  ResponseEntity<NewWebhook> make(HttpServletRequest request, Caller caller) {
    StrictJsonObject fields = fields("a webhook", request);
    Optional<List<WalletAddress>> owners = fields.optionalTexts("owners", WalletAddress::typed).or(() ->
        Optional.of(List.of()));
    if (owners.filter(given -> given.size() > OWNERS_MAX).isPresent()) {
      fields.addMistake("owners has more than " + OWNERS_MAX + " values");
    }
    return made(fields, owners, false, caller);
  }

  @PostMapping(path = "/v1/ledgers/{owner}/webhooks", consumes = MediaType.APPLICATION_JSON_VALUE,
      produces = MediaType.APPLICATION_JSON_VALUE)
  ResponseEntity<NewWebhook> makeOfOwner(@PathVariable WalletAddress owner, HttpServletRequest request,
      Caller caller) {
    return made(fields("a webhook", request), Optional.of(List.of(owner)), true, caller);
  }

  private ResponseEntity<NewWebhook> made(StrictJsonObject fields, Optional<List<WalletAddress>> owners,
      boolean ofOwner, Caller caller) {
    WebhookView.Feed feed = fields.optionalText("feed", WebhookController::feed).orElse(WebhookView.Feed.EVENTS);
    Optional<String> url = fields.text("url", on()::url);
    Optional<String> description = fields.optionalText("description", WebhookController::description);
    Optional<List<String>> types = types(fields, feed);
    Optional<String> after = fields.optionalText("after", text -> text);
    fields.refuseUnknown();
    fields.check();
    NewWebhook made = on().make(new Webhooks.Wanted(feed, url.orElseThrow(), description.orElse(""),
        types.orElse(List.of()), owners.orElseThrow(), ofOwner, after.orElse(EventFeed.NOW)), caller);
    return ResponseEntity.created(URI.create("/v1/webhooks/" + made.webhook().id())).body(made);
  }

  private static StrictJsonObject fields(String name, HttpServletRequest request) {
    return StrictJsonObject.of(name, JsonBody.of(request, BODY_BYTES_MAX));
  }

  private static WebhookView.Feed feed(String text) {
    return switch (text) {
      case "events" -> WebhookView.Feed.EVENTS;
      case "alerts" -> WebhookView.Feed.ALERTS;
      default -> throw new IllegalArgumentException("must be events or alerts");
    };
  }

  private static String description(String text) {
    if (text.length() > DESCRIPTION_MAX || text.indexOf('\0') >= 0
        || !StandardCharsets.UTF_8.newEncoder().canEncode(text)) {
      throw new IllegalArgumentException("must be text of at most " + DESCRIPTION_MAX + " characters");
    }
    return text;
  }

  /** Empty if they are not given, or after a mistake. */
  private Optional<List<String>> types(StrictJsonObject fields, WebhookView.Feed feed) {
    return fields.optionalTexts("types", text -> on().type(feed, text));
  }

  @GetMapping(path = "/v1/webhooks", produces = MediaType.APPLICATION_JSON_VALUE)
  WebhooksPage page(Page page, Caller caller) {
    return on().page(page, caller);
  }

  @GetMapping(path = ONE, produces = MediaType.APPLICATION_JSON_VALUE)
  WebhookView webhook(@PathVariable UUID id, Caller caller) {
    return on().webhook(id, caller);
  }

  @PatchMapping(path = ONE, consumes = MediaType.APPLICATION_JSON_VALUE, produces = MediaType.APPLICATION_JSON_VALUE)
  WebhookView change(@PathVariable UUID id, HttpServletRequest request, Caller caller) {
    StrictJsonObject fields = fields("a change of a webhook", request);
    return on().change(id, feed -> {
      Optional<String> url = fields.optionalText("url", on()::url);
      Optional<String> description = fields.optionalText("description", WebhookController::description);
      Optional<List<String>> types = types(fields, feed);
      Optional<Boolean> enabled = fields.optionalFlag("enabled");
      fields.refuseUnknown();
      fields.check();
      return new Webhooks.Change(url, description, types, enabled);
    }, caller);
  }

  // It answers nothing, or a problem: clients that are generated ask for problems alone.
  @DeleteMapping(path = ONE,
      produces = {MediaType.APPLICATION_JSON_VALUE, MediaType.APPLICATION_PROBLEM_JSON_VALUE})
  ResponseEntity<Void> remove(@PathVariable UUID id, Caller caller) {
    on().remove(id, caller);
    return ResponseEntity.noContent().build();
  }

  @PostMapping(path = ONE + "/secret/rotations", produces = MediaType.APPLICATION_JSON_VALUE)
  @ResponseStatus(HttpStatus.CREATED)
  NewWebhookSecret rotate(@PathVariable UUID id, Caller caller) {
    return on().rotate(id, caller);
  }

  @PostMapping(path = ONE + "/test", produces = MediaType.APPLICATION_JSON_VALUE)
  WebhookDeliveryView test(@PathVariable UUID id, Caller caller) {
    return on().test(id, caller);
  }

  @PostMapping(path = ONE + "/replays", consumes = MediaType.APPLICATION_JSON_VALUE,
      produces = MediaType.APPLICATION_JSON_VALUE)
  @ResponseStatus(HttpStatus.ACCEPTED)
  WebhookView replay(@PathVariable UUID id, HttpServletRequest request, Caller caller) {
    StrictJsonObject fields = fields("a replay", request);
    Optional<String> after = fields.optionalText("after", text -> text);
    Optional<PointInTime> from = fields.optionalText("from", PointInTime::parse);
    fields.refuseUnknown();
    fields.check();
    if (after.isPresent() == from.isPresent()) {
      throw new Refusal(ProblemCode.MALFORMED_REQUEST, "a replay has either after, a position, or from, a time");
    }
    return after.isPresent() ? on().replay(id, after.get(), caller)
        : on().replay(id, from.orElseThrow().time(), caller);
  }

  @GetMapping(path = ONE + "/messages", produces = MediaType.APPLICATION_JSON_VALUE)
  WebhookMessagesPage messages(@PathVariable UUID id, MessagesFilter filter, Page page, Caller caller) {
    return on().messages(id, filter, page, caller);
  }

  @PostMapping(path = ONE + "/messages/{message}/retries", produces = MediaType.APPLICATION_JSON_VALUE)
  @ResponseStatus(HttpStatus.ACCEPTED)
  WebhookMessageView retry(@PathVariable UUID id, @PathVariable String message, Caller caller) {
    return on().retry(id, message, caller);
  }

  @GetMapping(path = ONE + "/deliveries", produces = MediaType.APPLICATION_JSON_VALUE)
  WebhookDeliveriesPage deliveries(@PathVariable UUID id, Page page, Caller caller) {
    return on().deliveries(id, page, caller);
  }
}
