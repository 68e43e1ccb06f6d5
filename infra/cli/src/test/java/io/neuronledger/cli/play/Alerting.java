package io.neuronledger.cli.play;

import static io.neuronledger.cli.play.PlayedLedger.ALICE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.standardwebhooks.Webhook;
import com.standardwebhooks.exceptions.WebhookVerificationException;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.neuronledger.client.query.api.AlertsApi;
import io.neuronledger.client.query.api.AlertsApi.APIAlertsRequest;
import io.neuronledger.client.query.api.AlertsApi.APIDeleteAlertRuleRequest;
import io.neuronledger.client.query.api.AlertsApi.APIMakeAlertRuleRequest;
import io.neuronledger.client.query.api.BalancesApi.APILedgerRequest;
import io.neuronledger.client.query.api.WebhooksApi;
import io.neuronledger.client.query.api.WebhooksApi.APIDeleteWebhookRequest;
import io.neuronledger.client.query.api.WebhooksApi.APIMakeWebhookRequest;
import io.neuronledger.client.query.api.WebhooksApi.APIWebhookMessagesRequest;
import io.neuronledger.client.query.model.Alert;
import io.neuronledger.client.query.model.AlertKind;
import io.neuronledger.client.query.model.AlertRule;
import io.neuronledger.client.query.model.AlertType;
import io.neuronledger.client.query.model.MakeAlertRuleRequest;
import io.neuronledger.client.query.model.MakeWebhookRequest;
import io.neuronledger.client.query.model.NewWebhook;
import io.neuronledger.client.query.model.WebhookMessage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** An alert from its rule to a receiver of webhooks, who verifies it by the library of Standard Webhooks. */
@NullUnmarked
public abstract class Alerting {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final int NO_CONTENT = 204;
  private static final JsonMapper JSON = new JsonMapper();

  private final PlayedLedger played;
  private final Queue<Received> received = new ConcurrentLinkedQueue<>();

  protected Alerting(PlayedLedger played) {
    this.played = played;
  }

  private record Received(String body, Map<String, List<String>> headers) {
    JsonNode verified(String secret) {
      try {
        new Webhook(secret).verify(body, headers);
      } catch (WebhookVerificationException e) {
        throw new AssertionError("the signature is wrong", e);
      }
      return JSON.readTree(body);
    }
  }

  private void receive(HttpExchange exchange) {
    try (exchange) {
      Map<String, List<String>> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
      headers.putAll(exchange.getRequestHeaders());
      received.add(
          new Received(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8), headers));
      exchange.sendResponseHeaders(NO_CONTENT, -1);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void a_balance_below_its_threshold_is_an_alert_at_a_webhook_until_its_rule_is_deleted() throws Exception {
    HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::receive);
    server.start();
    try {
      AlertsApi alerts = new AlertsApi(played.query());
      WebhooksApi webhooks = new WebhooksApi(played.query());
      NewWebhook webhook = webhooks.makeWebhook(APIMakeWebhookRequest.newBuilder().makeWebhookRequest(
          new MakeWebhookRequest().feed(MakeWebhookRequest.FeedEnum.ALERTS).after("now").owners(List.of(ALICE))
              .url("http://127.0.0.1:" + server.getAddress().getPort() + "/alerts")).build());
      String available = played.balances().ledger(APILedgerRequest.newBuilder().owner(ALICE).build()).getAvailable();
      String threshold = new BigInteger(available).add(BigInteger.ONE).toString();

      AlertRule rule = alerts.makeAlertRule(APIMakeAlertRuleRequest.newBuilder().makeAlertRuleRequest(
          new MakeAlertRuleRequest().kind(AlertKind.BALANCE_BELOW).owners(Set.of(ALICE)).threshold(threshold)
              .balance(MakeAlertRuleRequest.BalanceEnum.AVAILABLE)).build());

      await().atMost(PATIENCE).until(() -> received.size() == 1);
      JsonNode raised = received.element().verified(webhook.getSecret()).at("/data/alert");
      Alert shown = alerts.alerts(APIAlertsRequest.newBuilder().rule(rule.getId()).build()).getAlerts().getFirst();
      assertThat(raised.path("id").asString()).isEqualTo(shown.getId().toString());
      assertThat(shown.getType()).isEqualTo(AlertType.ALERT_RAISED_V1);
      assertThat(shown.getOwner()).isEqualTo(ALICE);
      assertThat(List.of(shown.getValue(), shown.getThreshold())).containsExactly(available, threshold);
      assertThat(shown.getActive()).isTrue();

      alerts.deleteAlertRule(APIDeleteAlertRuleRequest.newBuilder().id(rule.getId()).build());

      await().atMost(PATIENCE).until(() -> received.size() == 2);
      JsonNode recovered = received.stream().skip(1).findFirst().orElseThrow().verified(webhook.getSecret())
          .at("/data/alert");
      assertThat(recovered.path("about").asString()).isEqualTo(shown.getId().toString());
      assertThat(recovered.path("by").asString()).isEqualTo("rule");
      await().atMost(PATIENCE).untilAsserted(() -> assertThat(webhooks.webhookMessages(
          APIWebhookMessagesRequest.newBuilder().id(webhook.getWebhook().getId()).build()).getMessages())
          .extracting(WebhookMessage::getState).containsExactly(WebhookMessage.StateEnum.DELIVERED,
              WebhookMessage.StateEnum.DELIVERED));
      webhooks.deleteWebhook(APIDeleteWebhookRequest.newBuilder().id(webhook.getWebhook().getId()).build());
    } finally {
      server.stop(0);
    }
  }
}
