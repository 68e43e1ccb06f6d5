package io.neuronledger.cli.play;

import static io.neuronledger.cli.play.PlayedLedger.ALICE;
import static io.neuronledger.cli.play.PlayedLedger.D;
import static io.neuronledger.cli.play.WatchedAlerts.RAISED;
import static io.neuronledger.cli.play.WatchedAlerts.RECOVERED;
import static io.neuronledger.cli.play.WatchedAlerts.WITHDRAWN;
import static io.neuronledger.testkit.devchain.contract.AccountLedgerContract.FINE_TUNING;
import static io.neuronledger.testkit.devchain.contract.AccountLedgerContract.INFERENCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.neuronledger.cli.answer.WebhookReceiver;
import io.neuronledger.cli.stack.StackAddresses;
import io.neuronledger.cli.stack.secret.Secrets;
import io.neuronledger.client.command.api.SettlementsApi;
import io.neuronledger.client.command.api.SettlementsApi.APIResolveDiscrepancyRequest;
import io.neuronledger.client.command.model.ResolveDiscrepancyRequest;
import io.neuronledger.client.query.api.AlertsApi;
import io.neuronledger.client.query.api.AlertsApi.APIAlertsRequest;
import io.neuronledger.client.query.api.BalancesApi.APILedgerRequest;
import io.neuronledger.client.query.api.SettlementsApi.APIDiscrepanciesRequest;
import io.neuronledger.client.query.api.SettlementsApi.APITotalsRequest;
import io.neuronledger.client.query.api.WebhooksApi;
import io.neuronledger.client.query.api.WebhooksApi.APIWebhookMessagesRequest;
import io.neuronledger.client.query.model.Alert;
import io.neuronledger.client.query.model.AlertKind;
import io.neuronledger.client.query.model.AlertType;
import io.neuronledger.client.query.model.Discrepancy;
import io.neuronledger.client.query.model.MakeAlertRuleRequest;
import io.neuronledger.client.query.model.MakeAlertRuleRequest.BalanceEnum;
import io.neuronledger.client.query.model.MakeWebhookRequest;
import io.neuronledger.client.query.model.WebhookMessage;
import io.neuronledger.contracts.value.Neuron;
import io.neuronledger.testkit.devchain.AnvilControl;
import io.neuronledger.testkit.devchain.contract.AccountLedgerContract;
import io.neuronledger.testkit.devchain.contract.Settlement;
import io.neuronledger.testkit.devchain.transaction.DevWallet;
import io.neuronledger.testkit.servers.PostgresServer;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Alerts from their rules to a receiver of webhooks, who verifies them by the library of Standard Webhooks: each kind
 * is raised and recovers by what happens, but for a comparison with a difference, which {@code RepairIT} has.
 */
@NullUnmarked
public abstract class Alerting {
  private static final int SHOWN_WITHIN_S = 30;
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Neuron COINS = Neuron.ofZeroG("100");
  private static final DevWallet CAROL = DevWallet.funded(4);
  private static final DevWallet PROVIDER_D = DevWallet.funded(8);
  private static final Duration DAY = Duration.ofHours(24);
  private static final int DEPTH = 3;

  private final PlayedLedger played;
  private final AccountLedgerContract contract;
  private final AnvilControl chain;

  protected Alerting(PlayedLedger played) throws IOException {
    this.played = played;
    this.contract = played.contract();
    this.chain = new AnvilControl(played.chain());
  }

  private DevWallet funded(String name) {
    DevWallet wallet = DevWallet.named(name);
    chain.setBalance(wallet.address(), COINS);
    return wallet;
  }

  private static MakeAlertRuleRequest rule(AlertKind kind) {
    // The client's list is empty, not absent, which the kinds that are about no owners refuse.
    return new MakeAlertRuleRequest().kind(kind);
  }

  private static String neuron(String zeroG) {
    return Neuron.ofZeroG(zeroG).toString();
  }

  private static void assertOnce(List<JsonNode> raisedAndRecovered, String by) {
    assertThat(raisedAndRecovered.get(1).path("about").asString())
        .isEqualTo(raisedAndRecovered.get(0).path("id").asString());
    assertThat(raisedAndRecovered).extracting(each -> each.path("by").asString()).containsExactly(by, by);
  }

  @Test
  void a_balance_below_its_threshold_is_an_alert_at_a_webhook_until_its_rule_is_deleted() throws Exception {
    try (WatchedAlerts watched = new WatchedAlerts(played, ALICE)) {
      AlertsApi alerts = new AlertsApi(played.query());
      String available = played.balances().ledger(APILedgerRequest.newBuilder().owner(ALICE).build()).getAvailable();
      String threshold = new BigInteger(available).add(BigInteger.ONE).toString();

      UUID rule = watched.rule(rule(AlertKind.BALANCE_BELOW).owners(Set.of(ALICE)).threshold(threshold)
          .balance(BalanceEnum.AVAILABLE));

      JsonNode raised = watched.await(rule, RAISED).getFirst();
      Alert shown = alerts.alerts(APIAlertsRequest.newBuilder().rule(rule).build()).getAlerts().getFirst();
      assertThat(raised.path("id").asString()).isEqualTo(shown.getId().toString());
      assertThat(shown.getType()).isEqualTo(AlertType.ALERT_RAISED_V1);
      assertThat(shown.getOwner()).isEqualTo(ALICE);
      assertThat(List.of(shown.getValue(), shown.getThreshold())).containsExactly(available, threshold);
      assertThat(shown.getActive()).isTrue();

      watched.deleteRule(rule);

      JsonNode recovered = watched.await(rule, RAISED, RECOVERED).getLast();
      assertThat(recovered.path("about").asString()).isEqualTo(shown.getId().toString());
      assertThat(recovered.path("by").asString()).isEqualTo("rule");
      await().atMost(PATIENCE).untilAsserted(() -> assertThat(new WebhooksApi(played.query()).webhookMessages(
          APIWebhookMessagesRequest.newBuilder().id(watched.webhook()).build()).getMessages())
          .extracting(WebhookMessage::getState).containsExactly(WebhookMessage.StateEnum.DELIVERED,
              WebhookMessage.StateEnum.DELIVERED));
    }
  }

  @Test
  void what_an_owner_moves_passes_the_thresholds_of_a_balance_and_of_what_is_spendable() throws Exception {
    DevWallet owner = funded("owner of thresholds");
    DevWallet provider = DevWallet.named("provider of thresholds");
    contract.await(contract.deposit(owner, Neuron.ofZeroG("10")));
    try (WatchedAlerts watched = new WatchedAlerts(played)) {
      Set<String> about = Set.of(owner.address().toString());
      UUID low = watched.rule(rule(AlertKind.BALANCE_BELOW).owners(about).balance(BalanceEnum.AVAILABLE)
          .threshold(neuron("5")).recoverAt(neuron("8")));
      UUID spent = watched.rule(rule(AlertKind.SPENDABLE_BELOW).owners(about).threshold(neuron("2")));

      contract.await(contract.transfer(owner, provider.address(), INFERENCE, Neuron.ofZeroG("1")));
      assertThat(watched.await(spent, RAISED).getFirst().path("value").asString()).isEqualTo(neuron("1"));
      contract.await(contract.transfer(owner, provider.address(), INFERENCE, Neuron.ofZeroG("5")));
      assertOnce(watched.await(spent, RAISED, RECOVERED), "block");
      assertThat(watched.await(low, RAISED).getFirst().path("value").asString()).isEqualTo(neuron("4"));
      contract.await(contract.deposit(owner, Neuron.ofZeroG("4")));
      assertOnce(watched.await(low, RAISED, RECOVERED), "block");
    }
  }

  @Test
  void what_time_brings_is_raised_until_it_is_fetched_or_resolved_or_the_provider_settles() throws Exception {
    DevWallet owner = funded("owner in time");
    DevWallet provider = funded("provider in time");
    contract.await(contract.deposit(owner, Neuron.ofZeroG("10")));
    contract.await(contract.transfer(owner, provider.address(), INFERENCE, Neuron.ofZeroG("3")));
    contract.await(contract.transfer(owner, provider.address(), FINE_TUNING, Neuron.ofZeroG("2")));
    contract.await(contract.settle(PROVIDER_D,
        new Settlement(CAROL.address(), INFERENCE, Neuron.parse("1"), nextNonce())));
    // Before, a rule would be judged as of a block in which the provider has long been silent.
    var _ = played.settlements().totals(APITotalsRequest.newBuilder().minBlock(chain.head().number())
        .waitSeconds(SHOWN_WITHIN_S).build());
    try (WatchedAlerts watched = new WatchedAlerts(played)) {
      Set<String> about = Set.of(owner.address().toString());
      UUID claimable = watched.rule(rule(AlertKind.REFUND_CLAIMABLE).owners(about));
      UUID opened = watched.rule(rule(AlertKind.DISCREPANCY_OPENED).owners(about));
      UUID unmatched = watched.rule(rule(AlertKind.SETTLEMENT_UNMATCHED).owners(about).forSeconds(DAY.toSeconds()));
      UUID silent = watched.rule(rule(AlertKind.PROVIDER_SILENT).provider(D).forSeconds(DAY.toSeconds()));

      contract.await(contract.settle(provider,
          new Settlement(owner.address(), INFERENCE, Neuron.ofZeroG("1"), 1)));
      contract.await(contract.retrieve(owner, FINE_TUNING, provider.address()));
      JsonNode open = watched.await(opened, RAISED).getFirst();
      assertThat(open.path("value").asString()).isEqualTo(neuron("1"));
      chain.increaseTime(DAY);
      chain.mine();
      watched.await(claimable, RAISED);
      watched.await(unmatched, RAISED);
      watched.await(silent, RAISED);

      contract.await(contract.retrieve(owner, FINE_TUNING, provider.address()));
      assertOnce(watched.await(claimable, RAISED, RECOVERED), "block");
      contract.await(contract.settle(PROVIDER_D,
          new Settlement(CAROL.address(), INFERENCE, Neuron.parse("1"), nextNonce())));
      assertOnce(watched.await(silent, RAISED, RECOVERED), "block");
      resolve(owner, open.path("subject").asString());
      assertOnce(watched.await(opened, RAISED, RECOVERED), "block");
      assertOnce(watched.await(unmatched, RAISED, RECOVERED), "block");
    }
  }

  /** Above every one before. */
  private long nextNonce() {
    return chain.head().number();
  }

  private void resolve(DevWallet owner, String key) throws Exception {
    Discrepancy found = played.settlements().discrepancies(APIDiscrepanciesRequest.newBuilder()
        .owner(owner.address().toString()).build()).getDiscrepancies().getFirst();
    assertThat(found.getKey()).isEqualTo(key);
    new SettlementsApi(played.finance()).resolveDiscrepancy(APIResolveDiscrepancyRequest.newBuilder().key(key)
        .resolveDiscrepancyRequest(new ResolveDiscrepancyRequest().amount(found.getAmount()).reason("Agreed."))
        .build());
  }

  /** ledger-command records nothing meanwhile, while chain-indexer goes on. */
  @Test
  void answers_that_lag_the_head_are_raised_until_they_have_caught_up() throws Exception {
    DevWallet owner = funded("owner who waits");
    try (WatchedAlerts watched = new WatchedAlerts(played)) {
      UUID behind = watched.rule(rule(AlertKind.FOLLOWING_BEHIND).blocks(2L));
      try (Connection locking = DriverManager.getConnection("jdbc:postgresql://"
          + StackAddresses.read(played.data()).postgres() + "/ledger_command", PostgresServer.SUPERUSER,
          Secrets.in(played.data()).of(PostgresServer.SUPERUSER)); Statement lock = locking.createStatement()) {
        locking.setAutoCommit(false);
        lock.execute("LOCK TABLE partition IN SHARE MODE");
        // Blocks without a record for it are answered without it.
        contract.await(contract.deposit(owner, Neuron.ofZeroG("3")));
        chain.mine(2 * DEPTH);
        watched.await(behind, RAISED);
        locking.rollback();
      }
      assertOnce(watched.await(behind, RAISED, RECOVERED), "clock");
    }
  }

  @Test
  void a_node_that_answers_no_more_is_raised_until_it_does() throws Exception {
    String node = Files.readString(played.data().resolve("chain/anvil.pid")).split(" ", 2)[0];
    try (WatchedAlerts watched = new WatchedAlerts(played)) {
      UUID stopped = watched.rule(rule(AlertKind.FOLLOWING_STOPPED).forSeconds(1L));
      signal(node, "STOP");
      try {
        watched.await(stopped, RAISED);
      } finally {
        signal(node, "CONT");
      }
      assertOnce(watched.await(stopped, RAISED, RECOVERED), "clock");
    }
  }

  private static void signal(String process, String signal) throws Exception {
    assertThat(new ProcessBuilder("kill", "-" + signal, process).inheritIO().start().waitFor()).isZero();
  }

  @Test
  void a_fork_of_three_blocks_takes_back_what_it_had_raised_by_webhook_and_over_http_alike() throws Exception {
    DevWallet owner = funded("owner on a fork");
    String address = owner.address().toString();
    contract.await(contract.deposit(owner, Neuron.ofZeroG("10")));
    try (WatchedAlerts watched = new WatchedAlerts(played)) {
      WebhookReceiver.Inbox events =
          watched.inbox(new MakeWebhookRequest().after("beginning").owners(List.of(address)));
      UUID rule = watched.rule(rule(AlertKind.BALANCE_BELOW).owners(Set.of(address)).balance(BalanceEnum.AVAILABLE)
          .threshold(neuron("5")).recoverAt(neuron("8")));
      long kept = chain.head().number();
      contract.await(contract.withdraw(owner, Neuron.ofZeroG("6")));
      watched.await(rule, RAISED);
      contract.await(contract.deposit(owner, Neuron.ofZeroG("1")));
      contract.await(contract.deposit(owner, Neuron.ofZeroG("4")));
      watched.await(rule, RAISED, RECOVERED);
      assertThat(chain.head().number()).isEqualTo(kept + DEPTH);

      chain.reorg(DEPTH, List.of());
      contract.transactions().forgetNonces();

      List<JsonNode> alerts = watched.await(rule, RAISED, RECOVERED, WITHDRAWN, WITHDRAWN);
      assertThat(alerts.subList(2, 4)).as("the newest first").extracting(each -> each.path("about").asString())
          .containsExactly(alerts.get(1).path("id").asString(), alerts.get(0).path("id").asString());
      assertThat(new AlertsApi(played.query()).alerts(APIAlertsRequest.newBuilder().rule(rule).active(true).build())
          .getAlerts()).isEmpty();

      contract.await(contract.withdraw(owner, Neuron.ofZeroG("7")));
      alerts = watched.await(rule, RAISED, RECOVERED, WITHDRAWN, WITHDRAWN, RAISED);
      assertThat(alerts.get(4).path("id").asString()).isNotEqualTo(alerts.get(0).path("id").asString());
      assertThat(subscribed("/v1/ledgers/" + address + "/alerts/events").map(each -> each.path("alert")))
          .containsExactlyElementsOf(alerts);
      await().atMost(PATIENCE).untilAsserted(() -> assertThat(events.messages())
          .extracting(each -> each.json().path("type").asString()).containsExactly("funds-deposited.v1",
              "funds-withdrawn.v1", "funds-deposited.v1", "funds-deposited.v1", "ledger-rewound.v1",
              "funds-withdrawn.v1"));
      assertThat(events.messages().get(4).json().at("/data/event/from_block").asLong()).isEqualTo(kept + 1);
      assertThat(subscribed("/v1/ledgers/" + address + "/events"))
          .containsExactlyElementsOf(events.messages().stream().map(each -> each.json().path("data")).toList());
    }
  }

  /** What a subscriber over HTTP is sent, from the beginning until now. */
  private Stream<JsonNode> subscribed(String path) {
    return played.operator().get(path + "?after=beginning&until=now").body().lines()
        .filter(line -> line.startsWith("data: "))
        .map(line -> JsonMapper.shared().readTree(line.substring("data: ".length())));
  }
}
