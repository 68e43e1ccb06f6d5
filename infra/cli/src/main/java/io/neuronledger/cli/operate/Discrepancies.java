package io.neuronledger.cli.operate;

import io.neuronledger.cli.operate.request.Answers;
import io.neuronledger.cli.operate.request.Answers.Column;
import io.neuronledger.cli.operate.request.Answers.Lines;
import io.neuronledger.cli.operate.request.LimitOption;
import io.neuronledger.cli.operate.request.Requests;
import io.neuronledger.cli.operate.request.ServiceOptions;
import io.neuronledger.cli.operate.request.TypedValues;
import io.neuronledger.client.command.api.SettlementsApi;
import io.neuronledger.client.command.api.SettlementsApi.APIApproveResolutionRequest;
import io.neuronledger.client.command.api.SettlementsApi.APIResolveDiscrepancyRequest;
import io.neuronledger.client.command.api.SettlementsApi.APIRevokeResolutionRequest;
import io.neuronledger.client.command.api.UsageApi;
import io.neuronledger.client.command.api.UsageApi.APICorrectUsageRequest;
import io.neuronledger.client.command.model.ApproveResolutionRequest;
import io.neuronledger.client.command.model.CorrectUsageRequest;
import io.neuronledger.client.command.model.DiscrepancyResolution;
import io.neuronledger.client.command.model.ResolveDiscrepancyRequest;
import io.neuronledger.client.command.model.RevokeResolutionRequest;
import io.neuronledger.client.command.model.UsageCorrection;
import io.neuronledger.client.query.model.Discrepancy;
import io.neuronledger.client.query.model.DiscrepancyState;
import io.neuronledger.wallet.option.OutputOptions;
import io.neuronledger.wallet.option.Surroundings;
import io.neuronledger.wallet.outcome.CommandFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.core.JacksonException;

/** {@code ./ledger discrepancies}. */
@Command(name = "discrepancies", description = "What does not agree, decisions about it with a reason, and corrections "
    + "of usage reports. A large difference takes two persons: --as preparer, --as approver.")
final class Discrepancies {
  private static final Column[] RESOLUTION = {
      Column.of("Discrepancy", "/key"), Column.of("State", "/state"), Column.of("Proposal", "/number"),
      Column.amount("Amount", "/amount"), Column.of("Reason", "/reason"), Column.of("By", "/by"),
      Column.of("At", "/at")};

  private final Surroundings surroundings;

  Discrepancies(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Command(mixinStandardHelpOptions = true,
      description = "Discrepancies, by owner, provider, service and kind.")
  int list(@Mixin ServiceOptions services, @Mixin OutputOptions output, @Mixin LimitOption limit,
      @Option(names = "--state", paramLabel = "STATE", split = ",",
          description = "open, resolved or retracted; repeatable") @Nullable List<String> states,
      @Option(names = "--owner", paramLabel = "ADDRESS", description = "of this owner") Optional<String> owner,
      @Option(names = "--provider", paramLabel = "ADDRESS", split = ",", description = "of these providers")
          @Nullable List<String> providers) {
    List<DiscrepancyState> wanted = Optional.ofNullable(states).orElse(List.of()).stream()
        .map(each -> TypedValues.word("--state", each, DiscrepancyState::fromValue)).toList();
    Lines<Discrepancy> found = Requests.read(() -> Lines.first(limit.lines(),
        services.client(surroundings).lists().discrepancies(filter -> filter.owner(owner.orElse(null))
            .provider(providers).state(wanted.isEmpty() ? null : wanted))));
    Answers.list(output, "discrepancies", found, Column.of("Discrepancy", "/key"), Column.of("State", "/state"),
        Column.amount("Amount", "/amount"), Column.of("Since", "/since"),
        Column.of("Proposal", "/proposal/number"), Column.of("Proposed by", "/proposal/by"),
        Column.of("Reason", "/resolution/reason"));
    return 0;
  }

  @Command(mixinStandardHelpOptions = true,
      description = "Closes a discrepancy by a decision; above a limit it is a proposal, which another person "
      + "approves.")
  int resolve(@Mixin ServiceOptions services, @Mixin OutputOptions output,
      @Parameters(paramLabel = "KEY", description = "of the discrepancy") String key,
      @Option(names = "--reason", paramLabel = "TEXT", required = true, description = "why") String reason,
      @Option(names = "--amount", paramLabel = "AMOUNT", description = "for exactly this amount, in --unit; where the "
          + "discrepancy has one") Optional<String> amount) {
    ResolveDiscrepancyRequest asked = new ResolveDiscrepancyRequest().reason(reason)
        .amount(amount.map(each -> TypedValues.amount("--amount", each, output)).orElse(null));
    return decided(output, Requests.change(() -> decisions(services).resolveDiscrepancy(
        APIResolveDiscrepancyRequest.newBuilder().key(key).resolveDiscrepancyRequest(asked).build())));
  }

  @Command(mixinStandardHelpOptions = true,
      description = "Approves a proposal to resolve a discrepancy: not the person who has proposed it.")
  int approve(@Mixin ServiceOptions services, @Mixin OutputOptions output,
      @Parameters(paramLabel = "KEY", description = "of the discrepancy") String key,
      @Option(names = "--amount", paramLabel = "AMOUNT", required = true,
          description = "of the proposal, in --unit") String amount,
      @Option(names = "--proposal", paramLabel = "N", required = true, description = "its number") long proposal) {
    ApproveResolutionRequest asked = new ApproveResolutionRequest().proposal(proposal)
        .amount(TypedValues.amount("--amount", amount, output));
    return decided(output, Requests.change(() -> decisions(services).approveResolution(
        APIApproveResolutionRequest.newBuilder().key(key).approveResolutionRequest(asked).build())));
  }

  @Command(mixinStandardHelpOptions = true,
      description = "Revokes what was decided about a discrepancy.")
  int revoke(@Mixin ServiceOptions services, @Mixin OutputOptions output,
      @Parameters(paramLabel = "KEY", description = "of the discrepancy") String key,
      @Option(names = "--reason", paramLabel = "TEXT", required = true, description = "why") String reason) {
    RevokeResolutionRequest asked = new RevokeResolutionRequest().reason(reason);
    return decided(output, Requests.change(() -> decisions(services).revokeResolution(
        APIRevokeResolutionRequest.newBuilder().key(key).revokeResolutionRequest(asked).build())));
  }

  @Command(name = "correct-usage", mixinStandardHelpOptions = true,
      description = "Reverses a wrong usage report, or replaces it.")
  int correctUsage(@Mixin ServiceOptions services, @Mixin OutputOptions output,
      @Parameters(paramLabel = "FILE", description = "JSON as POST /v1/usage/corrections takes it: report, reason, and "
          + "replacement where there is one") Path file) {
    CorrectUsageRequest asked = read(file);
    UsageCorrection correction = Requests.change(() -> new UsageApi(services.client(surroundings).command())
        .correctUsage(APICorrectUsageRequest.newBuilder().correctUsageRequest(asked).build()));
    Answers.one(output, "Corrected", correction, Column.of("Request", "/request_id"), Column.of("Owner", "/owner"),
        Column.of("Provider", "/provider"), Column.of("Service", "/service"),
        Column.of("Replaced by", "/replaced_by"), Column.of("Reason", "/reason"), Column.of("By", "/by"),
        Column.of("At", "/at"));
    return 0;
  }

  private static CorrectUsageRequest read(Path file) {
    try {
      return Answers.read(Files.readAllBytes(file), CorrectUsageRequest.class);
    } catch (IOException e) {
      throw CommandFailure.refused("cannot read " + file + ": " + e.getMessage());
    } catch (JacksonException e) {
      throw CommandFailure.refused(file + " is not a correction: " + e.getOriginalMessage());
    }
  }

  private static int decided(OutputOptions output, DiscrepancyResolution resolution) {
    Answers.one(output, "Decided", resolution, RESOLUTION);
    return 0;
  }

  private SettlementsApi decisions(ServiceOptions services) {
    return new SettlementsApi(services.client(surroundings).command());
  }
}
