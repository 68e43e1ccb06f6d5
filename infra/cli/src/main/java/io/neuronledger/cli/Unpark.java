package io.neuronledger.cli;

import io.neuronledger.cli.answer.LedgerApi;
import io.neuronledger.cli.stack.StackAddresses;
import io.neuronledger.client.TokenSource;
import io.neuronledger.contracts.value.WalletAddress;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** {@code ./ledger unpark}. */
@Command(name = "unpark", description = "Replays parked records, which could not be processed before: of one owner, or "
    + "of all. Calls ledger-command first, then ledger-query. Records that still cannot be processed stay parked "
    + "(exit code 1). A halted partition is not replayed: GET /v1/status and the readiness of both services report "
    + "why.")
final class Unpark implements Callable<Integer> {
  private static final int OK = 200;
  private static final String NOT_QUARANTINED = "owner-not-quarantined";

  @Option(names = "--data", paramLabel = "DIR", description = "the folder of the running stack (default: .ledger/data)")
  private Path data = StackAddresses.defaultData();

  @Option(names = "--url", paramLabel = "URL",
      description = "a service to call instead, where there is no such folder; repeatable")
  private List<String> urls = List.of();

  @Option(names = "--owner", paramLabel = "ADDRESS", description = "only records of this wallet")
  private Optional<String> owner = Optional.empty();

  @Spec
  private CommandSpec command = CommandSpec.create();

  /** A service's result: the number of released and of still quarantined owners. */
  private record Outcome(int released, int still) {}

  @Override
  public Integer call() {
    String path = "/v1/admin/unpark" + owner.map(this::address).map(address -> "?owner=" + address).orElse("");
    PrintWriter out = command.commandLine().getOut();
    int released = 0;
    int still = 0;
    TokenSource tokens = urls.isEmpty() ? StackAddresses.tokens(data) : TokenSource.environment();
    for (String url : urls.isEmpty() ? StackAddresses.read(data).parkingServices() : urls) {
      Outcome outcome = report(new LedgerApi(url, tokens).post(path), url, out);
      released += outcome.released();
      still += outcome.still();
    }
    out.flush();
    return still > 0 || (owner.isPresent() && released == 0) ? 1 : 0;
  }

  private static Outcome report(LedgerApi.Answer answer, String url, PrintWriter out) {
    JsonNode body = JsonMapper.shared().readTree(answer.body());
    if (body.path("code").asString("").equals(NOT_QUARANTINED)) {
      out.println(url + ": no parked records of this owner");
      return new Outcome(0, 0);
    }
    if (answer.statusCode() != OK) {
      throw new IllegalStateException(url + " answers " + answer.statusCode() + ": " + answer.body());
    }
    JsonNode released = body.path("released");
    JsonNode still = body.path("still_quarantined");
    released.forEach(each -> out.println(url + ": " + each.path("owner").asString() + " released, "
        + each.path("records").asInt() + " records replayed"));
    still.forEach(each -> out.println(url + ": " + each.path("owner").asString() + " is still parked at record "
        + each.path("seq").asLong() + ": " + each.path("reason").asString()));
    if (released.isEmpty() && still.isEmpty()) {
      out.println(url + ": no parked records");
    }
    return new Outcome(released.size(), still.size());
  }

  private WalletAddress address(String text) {
    try {
      return WalletAddress.typed(text);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(command.commandLine(), "--owner is no address: " + text + " (" + e.getMessage()
          + ")");
    }
  }
}
