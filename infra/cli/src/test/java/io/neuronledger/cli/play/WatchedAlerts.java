package io.neuronledger.cli.play;

import io.neuronledger.cli.answer.WebhookReceiver;
import io.neuronledger.client.query.ApiException;
import io.neuronledger.client.query.api.AlertsApi;
import io.neuronledger.client.query.api.AlertsApi.APIDeleteAlertRuleRequest;
import io.neuronledger.client.query.api.AlertsApi.APIMakeAlertRuleRequest;
import io.neuronledger.client.query.api.WebhooksApi;
import io.neuronledger.client.query.api.WebhooksApi.APIDeleteWebhookRequest;
import io.neuronledger.client.query.api.WebhooksApi.APIMakeWebhookRequest;
import io.neuronledger.client.query.model.MakeAlertRuleRequest;
import io.neuronledger.client.query.model.MakeWebhookRequest;
import io.neuronledger.client.query.model.NewWebhook;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.jspecify.annotations.NullUnmarked;
import tools.jackson.databind.JsonNode;

/** Rules whose alerts a webhook receives. Closing it deletes both. */
@NullUnmarked
final class WatchedAlerts implements AutoCloseable {
  static final String RAISED = "alert-raised.v1";
  static final String RECOVERED = "alert-recovered.v1";
  static final String WITHDRAWN = "alert-withdrawn.v1";
  /** That the chain is not followed is known once it has not been for {@code NEURON_LEDGER_FOLLOW_STALL_MAX}. */
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private final AlertsApi alerts;
  private final WebhooksApi webhooks;
  private final WebhookReceiver receiver = new WebhookReceiver();
  private final WebhookReceiver.Inbox inbox;
  private final List<UUID> made = new ArrayList<>();
  private final List<UUID> rules = new ArrayList<>();

  /** @param owners whose alerts are watched; none: all */
  WatchedAlerts(PlayedLedger played, String... owners) throws ApiException {
    alerts = new AlertsApi(played.query());
    webhooks = new WebhooksApi(played.query());
    inbox = inbox(new MakeWebhookRequest().feed(MakeWebhookRequest.FeedEnum.ALERTS).after("now")
        .owners(List.of(owners)));
  }

  /** One more webhook, beside that for the alerts. */
  WebhookReceiver.Inbox inbox(MakeWebhookRequest request) throws ApiException {
    WebhookReceiver.Inbox added = receiver.inbox();
    NewWebhook webhook = webhooks.makeWebhook(
        APIMakeWebhookRequest.newBuilder().makeWebhookRequest(request.url(added.url())).build());
    made.add(webhook.getWebhook().getId());
    added.signedBy(webhook.getSecret());
    return added;
  }

  UUID rule(MakeAlertRuleRequest rule) throws ApiException {
    UUID id = alerts.makeAlertRule(APIMakeAlertRuleRequest.newBuilder().makeAlertRuleRequest(rule).build()).getId();
    rules.add(id);
    return id;
  }

  void deleteRule(UUID rule) throws ApiException {
    alerts.deleteAlertRule(APIDeleteAlertRuleRequest.newBuilder().id(rule).build());
    rules.remove(rule);
  }

  /** The webhook's id. */
  UUID webhook() {
    return made.getFirst();
  }

  /**
   * Waits until the webhook has received alerts of these types of the rule, and no others.
   *
   * @return the alerts
   */
  List<JsonNode> await(UUID rule, String... types) {
    return Awaitility.await().atMost(PATIENCE).until(() -> received(rule),
        received -> received.stream().map(each -> each.path("type").asString()).toList().equals(List.of(types)));
  }

  /** Each once, in the order of their first receipts. */
  private List<JsonNode> received(UUID rule) {
    Map<String, JsonNode> byId = new LinkedHashMap<>();
    inbox.messages().forEach(each -> byId.putIfAbsent(each.id(), each.json().at("/data/alert")));
    return byId.values().stream().filter(each -> each.path("rule").asString().equals(rule.toString())).toList();
  }

  @Override
  public void close() throws ApiException {
    for (UUID rule : List.copyOf(rules)) {
      deleteRule(rule);
    }
    for (UUID webhook : made) {
      webhooks.deleteWebhook(APIDeleteWebhookRequest.newBuilder().id(webhook).build());
    }
    receiver.close();
  }
}
