package io.neuronledger.cli.operate;

import io.neuronledger.cli.operate.request.Answers;
import io.neuronledger.cli.operate.request.Answers.Column;
import io.neuronledger.cli.operate.request.Answers.Lines;
import io.neuronledger.cli.operate.request.ConfirmOption;
import io.neuronledger.cli.operate.request.LimitOption;
import io.neuronledger.cli.operate.request.Requests;
import io.neuronledger.cli.operate.request.ServiceOptions;
import io.neuronledger.cli.operate.request.TypedValues;
import io.neuronledger.client.query.ApiClient;
import io.neuronledger.client.query.api.AlertsApi;
import io.neuronledger.client.query.api.AlertsApi.APIAlertRuleRequest;
import io.neuronledger.client.query.api.AlertsApi.APIChangeAlertRuleRequest;
import io.neuronledger.client.query.api.AlertsApi.APIDeleteAlertRuleRequest;
import io.neuronledger.client.query.api.AlertsApi.APIMakeAlertRuleRequest;
import io.neuronledger.client.query.api.AlertsApi.APITestAlertRuleRequest;
import io.neuronledger.client.query.model.Alert;
import io.neuronledger.client.query.model.AlertKind;
import io.neuronledger.client.query.model.AlertRule;
import io.neuronledger.client.query.model.ChangeAlertRuleRequest;
import io.neuronledger.client.query.model.MakeAlertRuleRequest;
import io.neuronledger.client.query.model.MakeAlertRuleRequest.BalanceEnum;
import io.neuronledger.wallet.option.OutputOptions;
import io.neuronledger.wallet.option.Surroundings;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code ./ledger alerts rules}. */
@Command(name = "rules", description = "Which alerts are wanted.")
final class AlertRules {
  private static final Column[] COLUMNS = {
      Column.of("Rule", "/id"), Column.of("Kind", "/kind"), Column.of("Enabled", "/enabled"),
      Column.of("Muted until", "/muted_until"), Column.of("Owners", "/owners"), Column.of("Provider", "/provider"),
      Column.of("Service", "/service"), Column.of("Balance", "/balance"), Column.amount("Threshold", "/threshold"),
      Column.amount("Recovers at", "/recover_at"), Column.of("For seconds", "/for_seconds"),
      Column.of("Blocks", "/blocks"), Column.of("Made by", "/made_by")};

  private final Surroundings surroundings;

  AlertRules(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Command(mixinStandardHelpOptions = true,
      description = "All rules, the oldest first.")
  int list(@Mixin ServiceOptions services, @Mixin OutputOptions output, @Mixin LimitOption limit) {
    Lines<AlertRule> rules = Requests.read(() -> Lines.first(limit.lines(),
        services.client(surroundings).lists().alertRules(UnaryOperator.identity())));
    Answers.list(output, "rules", rules, COLUMNS);
    return 0;
  }

  @Command(mixinStandardHelpOptions = true,
      description = "One rule.")
  int show(@Mixin ServiceOptions services, @Mixin OutputOptions output,
      @Parameters(paramLabel = "RULE", description = "its id") UUID id) {
    return shown(output, Requests.read(() -> operations(services)
        .alertRule(APIAlertRuleRequest.newBuilder().id(id).build())));
  }

  @Command(mixinStandardHelpOptions = true,
      description = "Makes a rule. Which options a kind takes is in docs/subscribe.md, and the service says which "
      + "it lacks.")
  int make(@Mixin ServiceOptions services, @Mixin OutputOptions output,
      @Option(names = "--kind", paramLabel = "KIND", required = true,
          description = "what to look for, as balance-below") String kind,
      @Option(names = "--owner", paramLabel = "ADDRESS", split = ",",
          description = "these owners, not all; repeatable") @Nullable List<String> owners,
      @Option(names = "--balance", paramLabel = "WHICH", description = "available or total") Optional<String> balance,
      @Option(names = "--threshold", paramLabel = "AMOUNT", description = "in --unit") Optional<String> threshold,
      @Option(names = "--recover-at", paramLabel = "AMOUNT", description = "in --unit") Optional<String> recoverAt,
      @Option(names = "--provider", paramLabel = "ADDRESS", description = "one provider") Optional<String> provider,
      @Option(names = "--service", paramLabel = "NAME", description = "one service") Optional<String> service,
      @Option(names = "--for-seconds", paramLabel = "N",
          description = "after it has held for so long") Optional<Long> seconds,
      @Option(names = "--blocks", paramLabel = "N", description = "after so many blocks") Optional<Long> blocks,
      @Option(names = "--disabled", description = "made, and not judged yet") boolean disabled) {
    MakeAlertRuleRequest rule = new MakeAlertRuleRequest()
        .kind(TypedValues.word("--kind", kind, AlertKind::fromValue))
        .balance(balance.map(each -> TypedValues.word("--balance", each, BalanceEnum::fromValue)).orElse(null))
        .threshold(threshold.map(each -> TypedValues.amount("--threshold", each, output)).orElse(null))
        .recoverAt(recoverAt.map(each -> TypedValues.amount("--recover-at", each, output)).orElse(null))
        .provider(provider.orElse(null)).service(service.orElse(null)).forSeconds(seconds.orElse(null))
        .blocks(blocks.orElse(null)).enabled(!disabled);
    Optional.ofNullable(owners).orElse(List.of()).forEach(rule::addOwnersItem);
    return shown(output, Requests.change(() -> operations(services)
        .makeAlertRule(APIMakeAlertRuleRequest.newBuilder().makeAlertRuleRequest(rule).build())));
  }

  @Command(mixinStandardHelpOptions = true,
      description = "Switches a rule on.")
  int enable(@Mixin ServiceOptions services, @Mixin OutputOptions output,
      @Parameters(paramLabel = "RULE", description = "its id") UUID id) {
    return change(services, output, id, new ChangeAlertRuleRequest().enabled(true));
  }

  @Command(mixinStandardHelpOptions = true,
      description = "Switches a rule off: it is not judged, and what it has raised recovers.")
  int disable(@Mixin ServiceOptions services, @Mixin OutputOptions output,
      @Parameters(paramLabel = "RULE", description = "its id") UUID id) {
    return change(services, output, id, new ChangeAlertRuleRequest().enabled(false));
  }

  @Command(mixinStandardHelpOptions = true,
      description = "Mutes a rule: its alerts are recorded, and not sent.")
  int mute(@Mixin ServiceOptions services, @Mixin OutputOptions output,
      @Parameters(paramLabel = "RULE", description = "its id") UUID id,
      @Option(names = "--until", paramLabel = "TIME", required = true,
          description = "a time, or a duration from now on") String until) {
    return change(services, output, id, new ChangeAlertRuleRequest()
        .mutedUntil(TypedValues.until("--until", until, surroundings.clock().instant())));
  }

  /** The generated client leaves out a value of null, by which a rule is not muted any more. */
  @Command(mixinStandardHelpOptions = true,
      description = "Has the alerts of a muted rule sent again.")
  int unmute(@Mixin ServiceOptions services, @Mixin OutputOptions output,
      @Parameters(paramLabel = "RULE", description = "its id") UUID id) {
    ApiClient query = services.client(surroundings).query();
    byte[] changed = Requests.change(() -> Requests.bytes(query.getHttpClient(),
        Requests.to(query.getBaseUri(), "/v1/alert-rules/" + id).header("Content-Type", "application/json")
            .header("Accept", "application/json")
            .method("PATCH", BodyPublishers.ofString("{\"muted_until\":null}")).build()));
    return shown(output, Answers.read(changed, AlertRule.class));
  }

  @Command(mixinStandardHelpOptions = true,
      description = "Deletes a rule; what it has raised recovers.")
  int delete(@Mixin ServiceOptions services, @Mixin OutputOptions output, @Mixin ConfirmOption confirm,
      @Parameters(paramLabel = "RULE", description = "its id") UUID id) {
    confirm.require(surroundings, output, () -> show(services, output, id),
        "Nobody is alerted by this rule from then on. What it has raised recovers.");
    Requests.change(() -> operations(services)
        .deleteAlertRule(APIDeleteAlertRuleRequest.newBuilder().id(id).build()));
    Answers.done(output, "Deleted rule " + id);
    return 0;
  }

  @Command(mixinStandardHelpOptions = true,
      description = "Sends an alert that says that it is a test, also where the rule is muted.")
  int test(@Mixin ServiceOptions services, @Mixin OutputOptions output,
      @Parameters(paramLabel = "RULE", description = "its id") UUID id) {
    Alert sent = Requests.change(() -> operations(services)
        .testAlertRule(APITestAlertRuleRequest.newBuilder().id(id).build()));
    Answers.one(output, "Alert", sent, Alerts.COLUMNS);
    return 0;
  }

  private int change(ServiceOptions services, OutputOptions output, UUID id, ChangeAlertRuleRequest change) {
    return shown(output, Requests.change(() -> operations(services).changeAlertRule(
        APIChangeAlertRuleRequest.newBuilder().id(id).changeAlertRuleRequest(change).build())));
  }

  private static int shown(OutputOptions output, AlertRule rule) {
    Answers.one(output, "Rule", rule, COLUMNS);
    return 0;
  }

  private AlertsApi operations(ServiceOptions services) {
    return new AlertsApi(services.client(surroundings).query());
  }
}
