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

/** {@code ./ledger unpark}. */
@Command(name = "unpark", description = "Replays what was parked because it could not be understood: of one owner, or of "
    + "all. Asks ledger-command first, then ledger-query. What still cannot be understood stays parked (exit code 1).")
final class Unpark implements Callable<Integer> {
  private static final int OK = 200;

  @Option(names = "--data", paramLabel = "DIR", description = "the folder of the running stack (default: .ledger/data)")
  private Path data = Up.defaultData();

  @Option(names = "--url", paramLabel = "URL",
      description = "a service to ask instead, where there is no such folder; repeat it for more")
  private List<String> urls = List.of();

  @Option(names = "--owner", paramLabel = "ADDRESS", description = "only what belongs to this wallet")
  private Optional<String> owner = Optional.empty();

  @Spec
  private CommandSpec command = CommandSpec.create();

  @Override
  public Integer call() {
    String path = "/v1/admin/unpark" + owner.map(this::address).map(address -> "?owner=" + address).orElse("");
    PrintWriter out = command.commandLine().getOut();
    boolean allWell = true;
    for (String url : urls.isEmpty() ? StackAddresses.read(data).parkingServices() : urls) {
      HttpResponse<String> answer = new LedgerApi(url).post(path);
      out.println(url + ": " + answer.body());
      allWell &= answer.statusCode() == OK;
    }
    out.flush();
    return allWell ? 0 : 1;
  }

  private WalletAddress address(String text) {
    try {
      return WalletAddress.parse(text);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(command.commandLine(), "--owner is no address: " + text);
    }
  }
}
