package io.neuronledger.local;

import io.neuronledger.contracts.value.WalletAddress;
import io.neuronledger.local.answer.LedgerApi;
import io.neuronledger.local.stack.StackAddresses;
import java.io.PrintWriter;
import java.net.http.HttpResponse;
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
@Command(name = "unpark", description = "Replays what was parked because it could not be understood: of one owner, or "
    + "of all. Asks ledger-command first, then ledger-query. What still cannot be understood stays parked (exit code "
    + "1). A partition that has halted is not replayed: GET /v1/status and the readiness of both services say why.")
final class Unpark implements Callable<Integer> {
  private static final int OK = 200;
  private static final String NOT_HERE = "owner-not-quarantined";

  @Option(names = "--data", paramLabel = "DIR", description = "the folder of the running stack (default: .ledger/data)")
  private Path data = Up.defaultData();

  @Option(names = "--url", paramLabel = "URL",
      description = "a service to ask instead, where there is no such folder; repeat it for more")
  private List<String> urls = List.of();

  @Option(names = "--owner", paramLabel = "ADDRESS", description = "only what belongs to this wallet")
  private Optional<String> owner = Optional.empty();

  @Spec
  private CommandSpec command = CommandSpec.create();

  /** What a service said: of how many owners it let everything go on, and of how many nothing. */
  private record Said(int released, int still) {}

  @Override
  public Integer call() {
    String path = "/v1/admin/unpark" + owner.map(this::address).map(address -> "?owner=" + address).orElse("");
    PrintWriter out = command.commandLine().getOut();
    int released = 0;
    int still = 0;
    for (String url : urls.isEmpty() ? StackAddresses.read(data).parkingServices() : urls) {
      Said said = said(new LedgerApi(url).post(path), url, out);
      released += said.released();
      still += said.still();
    }
    out.flush();
    return still > 0 || (owner.isPresent() && released == 0) ? 1 : 0;
  }

  private static Said said(HttpResponse<String> answer, String url, PrintWriter out) {
    JsonNode told = JsonMapper.shared().readTree(answer.body());
    if (told.path("code").asString("").equals(NOT_HERE)) {
      out.println(url + ": nothing of this owner waits here");
      return new Said(0, 0);
    }
    if (answer.statusCode() != OK) {
      throw new IllegalStateException(url + " answers " + answer.statusCode() + ": " + answer.body());
    }
    JsonNode released = told.path("released");
    JsonNode still = told.path("still_quarantined");
    released.forEach(each -> out.println(url + ": " + each.path("owner").asString() + " goes on, "
        + each.path("records").asInt() + " records were replayed"));
    still.forEach(each -> out.println(url + ": " + each.path("owner").asString() + " waits at record "
        + each.path("seq").asLong() + ": " + each.path("reason").asString()));
    if (released.isEmpty() && still.isEmpty()) {
      out.println(url + ": nothing waits here");
    }
    return new Said(released.size(), still.size());
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
