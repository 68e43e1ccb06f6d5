package io.neuronledger.cli.operate;

import io.neuronledger.cli.operate.request.Answers;
import io.neuronledger.cli.operate.request.Answers.Column;
import io.neuronledger.cli.operate.request.Answers.Lines;
import io.neuronledger.cli.operate.request.LimitOption;
import io.neuronledger.cli.operate.request.Requests;
import io.neuronledger.cli.operate.request.ServiceOptions;
import io.neuronledger.cli.operate.request.TypedValues;
import io.neuronledger.client.query.api.AlertsApi;
import io.neuronledger.client.query.api.AlertsApi.APIAlertRequest;
import io.neuronledger.client.query.model.Alert;
import io.neuronledger.client.query.model.AlertKind;
import io.neuronledger.wallet.option.OutputOptions;
import io.neuronledger.wallet.option.Surroundings;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code ./ledger alerts}. */
@Command(name = "alerts", description = "What has been raised, and by which rules: `alerts rules --help`.")
final class Alerts {
  static final Column[] COLUMNS = {
      Column.of("Alert", "/id"), Column.of("Type", "/type"), Column.of("Kind", "/kind"),
      Column.of("Active", "/active"), Column.of("Owner", "/owner"), Column.of("Provider", "/provider"),
      Column.of("Subject", "/subject"), Column.of("Value", "/value"), Column.of("Threshold", "/threshold"),
      Column.of("Recorded", "/recorded_at"), Column.of("Rule", "/rule"), Column.of("Test", "/test")};

  private final Surroundings surroundings;

  Alerts(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Command(mixinStandardHelpOptions = true,
      description = "What has been raised, has recovered or was withdrawn, the newest first.")
  int list(@Mixin ServiceOptions services, @Mixin OutputOptions output, @Mixin LimitOption limit,
      @Option(names = "--owner", paramLabel = "ADDRESS", description = "about this owner") Optional<String> owner,
      @Option(names = "--rule", paramLabel = "RULE", description = "of this rule") Optional<UUID> rule,
      @Option(names = "--kind", paramLabel = "KIND", split = ",", description = "of these kinds, as balance-below")
          @Nullable List<String> kinds,
      @Option(names = "--active", description = "only what holds now") boolean active) {
    List<AlertKind> wanted = Optional.ofNullable(kinds).orElse(List.of()).stream()
        .map(each -> TypedValues.word("--kind", each, AlertKind::fromValue)).toList();
    Lines<Alert> alerts = Requests.read(() -> Lines.first(limit.lines(),
        services.client(surroundings).lists().alerts(filter -> filter.owner(owner.orElse(null))
            .rule(rule.orElse(null)).kind(wanted.isEmpty() ? null : wanted).active(active ? true : null))));
    Answers.list(output, "alerts", alerts, COLUMNS);
    return 0;
  }

  @Command(mixinStandardHelpOptions = true,
      description = "One alert.")
  int show(@Mixin ServiceOptions services, @Mixin OutputOptions output,
      @Parameters(paramLabel = "ALERT", description = "its id") UUID id) {
    Alert alert = Requests.read(() -> new AlertsApi(services.client(surroundings).query())
        .alert(APIAlertRequest.newBuilder().id(id).build()));
    Answers.one(output, "Alert", alert, COLUMNS);
    return 0;
  }
}
