package io.neuronledger.cli.operate;

import io.neuronledger.cli.operate.request.Answers;
import io.neuronledger.cli.operate.request.Answers.Column;
import io.neuronledger.cli.operate.request.Answers.Lines;
import io.neuronledger.cli.operate.request.ProposalOption;
import io.neuronledger.cli.operate.request.Requests;
import io.neuronledger.cli.operate.request.ServiceOptions;
import io.neuronledger.client.LedgerClient;
import io.neuronledger.client.command.api.SettlementsApi;
import io.neuronledger.client.command.api.SettlementsApi.APIApproveClosingRequest;
import io.neuronledger.client.command.api.SettlementsApi.APIApproveReopeningRequest;
import io.neuronledger.client.command.api.SettlementsApi.APIProposeClosingRequest;
import io.neuronledger.client.command.api.SettlementsApi.APIProposeReopeningRequest;
import io.neuronledger.client.command.api.SettlementsApi.APIRevokeProposalRequest;
import io.neuronledger.client.command.model.ApproveClosingRequest;
import io.neuronledger.client.command.model.ApproveReopeningRequest;
import io.neuronledger.client.command.model.FrozenReport;
import io.neuronledger.client.command.model.PeriodDecision;
import io.neuronledger.client.command.model.ProposeClosingRequest;
import io.neuronledger.client.command.model.ProposeReopeningRequest;
import io.neuronledger.client.query.ApiClient;
import io.neuronledger.client.query.api.SettlementsApi.APIFreezeReportRequest;
import io.neuronledger.client.query.api.SettlementsApi.APIPeriodRequest;
import io.neuronledger.client.query.api.SettlementsApi.APIPeriodsRequest;
import io.neuronledger.client.query.model.FrozenReportAnswer;
import io.neuronledger.client.query.model.Period;
import io.neuronledger.client.query.model.PeriodDecision.KindEnum;
import io.neuronledger.contracts.period.ReportHash;
import io.neuronledger.wallet.option.OutputOptions;
import io.neuronledger.wallet.option.Surroundings;
import io.neuronledger.wallet.outcome.CommandFailure;
import io.neuronledger.wallet.text.Printable;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** {@code ./ledger close}. */
@Command(name = "close", description = "Closes a month: one of finance freezes its report and proposes to close the "
    + "month by it, another one approves (--as preparer, --as approver). docs/month-end.md has it step by step.")
final class Closing {
  private static final Column[] DECISION = {
      Column.of("Period", "/period"), Column.of("State", "/state"), Column.of("Report", "/report"),
      Column.of("Proposal", "/number"), Column.of("Reason", "/reason"), Column.of("Proposed by", "/proposed_by"),
      Column.of("By", "/by"), Column.of("At", "/at")};

  private final Surroundings surroundings;

  Closing(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Command(mixinStandardHelpOptions = true,
      description = "Which periods are closed, newest first.")
  int list(@Mixin ServiceOptions services, @Mixin OutputOptions output) {
    List<Period> periods = Requests.read(() -> queries(services.client(surroundings))
        .periods(APIPeriodsRequest.newBuilder().build())).getPeriods();
    Answers.list(output, "periods", new Lines<>(periods, false), Column.of("Period", "/period"),
        Column.of("State", "/state"), Column.of("Report", "/report/hash"), Column.of("Kept", "/kept"),
        Column.of("Frozen", "/frozen"));
    return 0;
  }

  @Command(mixinStandardHelpOptions = true,
      description = "One period, and what was decided about it.")
  int show(@Mixin ServiceOptions services, @Mixin OutputOptions output,
      @Parameters(paramLabel = "PERIOD", description = "as 2026-10") String month) {
    Period period = period(services.client(surroundings), month);
    Answers.one(output, "Period", period, Column.of("Period", "/period"), Column.of("State", "/state"),
        Column.of("Report", "/report/hash"), Column.of("Kept", "/kept"), Column.of("Frozen", "/frozen"));
    if (!output.json()) {
      Answers.table(output, "Decisions", period.getDecisions(), Column.of("Number", "/number"),
          Column.of("Kind", "/kind"), Column.of("Report", "/report"), Column.of("Reason", "/reason"),
          Column.of("By", "/by"), Column.of("At", "/at"));
    }
    return 0;
  }

  @Command(mixinStandardHelpOptions = true,
      description = "Freezes the report of a period, so that it can be closed by it, and shows its hash.")
  int freeze(@Mixin ServiceOptions services, @Mixin OutputOptions output,
      @Parameters(paramLabel = "PERIOD", description = "as 2026-10") String month) {
    FrozenReportAnswer frozen = Requests.change(() -> queries(services.client(surroundings))
        .freezeReport(APIFreezeReportRequest.newBuilder().period(month).build()));
    Answers.one(output, "Frozen", frozen, Column.of("Period", "/period"), Column.of("Report", "/report/hash"),
        Column.of("Block", "/report/block"), Column.of("Finalized", "/report/finalized"),
        Column.of("Frozen by", "/frozen_by"), Column.of("At", "/frozen_at"));
    return 0;
  }

  @Command(mixinStandardHelpOptions = true,
      description = "Prints a frozen report, byte for byte, if its bytes have this hash.")
  int report(@Mixin ServiceOptions services, @Mixin OutputOptions output,
      @Parameters(paramLabel = "PERIOD", description = "as 2026-10") String month,
      @Option(names = "--report", paramLabel = "HASH", required = true, description = "its SHA-256") String hash) {
    byte[] bytes = bytes(services.client(surroundings), month, hash);
    if (output.json()) {
      output.line(new String(bytes, StandardCharsets.UTF_8));
      return 0;
    }
    JsonNode report = content(bytes);
    Answers.one(output, "Report " + hash, report, Column.of("Period", "/period"), Column.of("As of block",
        "/as_of/block"), Column.of("Finalized", "/as_of/finalized"), Column.of("Previous report", "/previous"),
        Column.of("Rows", "/row_count"), Column.of("Checksum of the CSV", "/checksum"));
    Answers.table(output, "Rows", report.path("rows").valueStream().toList(), Column.of("Provider", "/provider"),
        Column.of("Owner", "/owner"), Column.of("Service", "/service"), Column.amount("Opening", "/opening"),
        Column.amount("Adjusted", "/adjusted"), Column.amount("Used", "/used"), Column.amount("Settled", "/settled"),
        Column.amount("Written off", "/written_off"), Column.amount("Closing", "/closing"));
    return 0;
  }

  @Command(mixinStandardHelpOptions = true,
      description = "Proposes to close a period by a frozen report, whose bytes are compared with its hash first.")
  int propose(@Mixin ServiceOptions services, @Mixin OutputOptions output,
      @Parameters(paramLabel = "PERIOD", description = "as 2026-10") String month,
      @Option(names = "--report", paramLabel = "HASH", required = true, description = "its SHA-256") String hash) {
    LedgerClient client = services.client(surroundings);
    ProposeClosingRequest asked = new ProposeClosingRequest().report(frozen(hash, bytes(client, month, hash)));
    return proposed(output, "approve", Requests.change(() -> decisions(client).proposeClosing(
        APIProposeClosingRequest.newBuilder().period(month).proposeClosingRequest(asked).build())));
  }

  @Command(mixinStandardHelpOptions = true,
      description = "Approves the closing of a period by this report: not the person who has proposed it.")
  int approve(@Mixin ServiceOptions services, @Mixin OutputOptions output,
      @Parameters(paramLabel = "PERIOD", description = "as 2026-10") String month,
      @Option(names = "--report", paramLabel = "HASH", required = true, description = "its SHA-256") String hash,
      @Mixin ProposalOption proposal) {
    LedgerClient client = proposal.seeing(services.client(surroundings));
    ApproveClosingRequest asked = new ApproveClosingRequest().report(hash)
        .proposal(waiting(period(client, month), KindEnum.CLOSING_PROPOSED, hash));
    return decided(output, Requests.change(() -> decisions(client).approveClosing(
        APIApproveClosingRequest.newBuilder().period(month).approveClosingRequest(asked).build())));
  }

  @Command(mixinStandardHelpOptions = true,
      description = "Proposes to reopen the last closed period.")
  int reopen(@Mixin ServiceOptions services, @Mixin OutputOptions output,
      @Parameters(paramLabel = "PERIOD", description = "as 2026-10") String month,
      @Option(names = "--reason", paramLabel = "TEXT", required = true, description = "why") String reason) {
    LedgerClient client = services.client(surroundings);
    ProposeReopeningRequest asked = new ProposeReopeningRequest().reason(reason);
    return proposed(output, "approve-reopening", Requests.change(() -> decisions(client).proposeReopening(
        APIProposeReopeningRequest.newBuilder().period(month).proposeReopeningRequest(asked).build())));
  }

  @Command(name = "approve-reopening", mixinStandardHelpOptions = true,
      description = "Approves the reopening of a period that was closed by this "
      + "report: not the person who has proposed it.")
  int approveReopening(@Mixin ServiceOptions services, @Mixin OutputOptions output,
      @Parameters(paramLabel = "PERIOD", description = "as 2026-10") String month,
      @Option(names = "--report", paramLabel = "HASH", required = true, description = "its SHA-256") String hash,
      @Mixin ProposalOption proposal) {
    LedgerClient client = proposal.seeing(services.client(surroundings));
    ApproveReopeningRequest asked = new ApproveReopeningRequest().report(hash)
        .proposal(waiting(period(client, month), KindEnum.REOPENING_PROPOSED, hash));
    return decided(output, Requests.change(() -> decisions(client).approveReopening(
        APIApproveReopeningRequest.newBuilder().period(month).approveReopeningRequest(asked).build())));
  }

  @Command(mixinStandardHelpOptions = true,
      description = "Revokes the proposal that waits for its approval.")
  int revoke(@Mixin ServiceOptions services, @Mixin OutputOptions output,
      @Parameters(paramLabel = "PERIOD", description = "as 2026-10") String month,
      @Option(names = "--reason", paramLabel = "TEXT", required = true, description = "why") String reason) {
    LedgerClient client = services.client(surroundings);
    ProposeReopeningRequest asked = new ProposeReopeningRequest().reason(reason);
    return decided(output, Requests.change(() -> decisions(client).revokeProposal(
        APIRevokeProposalRequest.newBuilder().period(month).proposeReopeningRequest(asked).build())));
  }

  private static int decided(OutputOptions output, PeriodDecision decision) {
    Answers.one(output, "Decided", decision, DECISION);
    return 0;
  }

  /** With what the other person types, whose read then sees the proposal. */
  private static int proposed(OutputOptions output, String approval, PeriodDecision decision) {
    Answers.one(output, "Decided", decision, DECISION);
    if (!output.json()) {
      output.line("Another person approves it: ./ledger close " + approval + " " + Printable.of(decision.getPeriod())
          + " --report " + Printable.of(String.valueOf(decision.getReport())) + " --min-token "
          + Printable.of(decision.getToken()));
    }
    return 0;
  }

  /** The number of the proposal that waits, which has to be of this kind and by this report. */
  private static long waiting(Period period, KindEnum kind, String hash) {
    return Optional.of(period.getDecisions()).filter(decisions -> !decisions.isEmpty())
        .map(decisions -> decisions.getLast())
        .filter(last -> last.getKind() == kind && hash.equals(last.getReport()))
        .orElseThrow(() -> CommandFailure.refused("no " + (kind == KindEnum.CLOSING_PROPOSED ? "closing" : "reopening")
            + " of " + Printable.of(period.getPeriod()) + " by report " + Printable.of(hash)
            + " waits for its approval: `./ledger close show` shows what was decided"))
        .getNumber();
  }

  private static Period period(LedgerClient client, String month) {
    return Requests.read(() -> queries(client).period(APIPeriodRequest.newBuilder().period(month).build()));
  }

  private static byte[] bytes(LedgerClient client, String month, String hash) {
    if (!month.matches("\\d{4}-\\d{2}")) {
      throw CommandFailure.refused("a period is a month, as 2026-10, not " + Printable.of(month));
    }
    if (!hash.matches("[0-9a-f]{64}")) {
      throw CommandFailure.refused("--report is a SHA-256 of 64 hexadecimal digits, not " + Printable.of(hash));
    }
    ApiClient query = client.query();
    byte[] bytes = Requests.read(() -> Requests.bytes(query.getHttpClient(),
        Requests.to(query.getBaseUri(), "/v1/periods/" + month + "/reports/" + hash)
            .header("Accept", "application/json").build()));
    MessageDigest digest = ReportHash.digest();
    digest.update(bytes);
    String found = ReportHash.of(digest).value();
    if (!found.equals(hash)) {
      throw CommandFailure.failed("the report that the service answers has the SHA-256 " + found + ", not " + hash);
    }
    return bytes;
  }

  /** What names the report, from its own bytes. */
  private static FrozenReport frozen(String hash, byte[] bytes) {
    JsonNode report = content(bytes);
    var named = Answers.object().put("hash", hash);
    report.path("previous").asStringOpt().ifPresent(previous -> named.put("previous", previous));
    for (String field : List.of("block", "block_hash", "block_time", "finalized")) {
      named.set(field, report.path("as_of").path(field));
    }
    named.set("positions", report.path("positions"));
    return Answers.read(named.toString().getBytes(StandardCharsets.UTF_8), FrozenReport.class);
  }

  private static JsonNode content(byte[] bytes) {
    try {
      return Answers.read(bytes, JsonNode.class);
    } catch (JacksonException e) {
      throw CommandFailure.failed("the report is not JSON", e);
    }
  }

  private static io.neuronledger.client.query.api.SettlementsApi queries(LedgerClient client) {
    return new io.neuronledger.client.query.api.SettlementsApi(client.query());
  }

  private static SettlementsApi decisions(LedgerClient client) {
    return new SettlementsApi(client.command());
  }
}
