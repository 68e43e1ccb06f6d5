package io.neuronledger.cli.check;

import io.neuronledger.cli.stack.Stack;
import io.neuronledger.cli.stack.StackAddresses;
import io.neuronledger.client.ProblemException;
import io.neuronledger.client.TokenSource;
import io.neuronledger.indexer.rpc.call.RpcFailure;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code ./ledger check}. */
@Command(name = "check", description = "Compares every ledger, sub-account and refund of the running stack with the "
    + "contracts' views at the same block, the contracts' native balance with the sum of the ledgers, every balance "
    + "with the sum of its journal entries, and the stored rows with each other: settlements with their entries "
    + "and requests, sums of usage with requests, fees with units and prices, sequence numbers of streams. Prints "
    + "the differences and faulty rows. Exit code 0: equal. 1: different. 2: unknown, because the ledger is behind "
    + "the chain or no longer follows it, or because the ledger or the node does not answer.")
public final class Check implements Callable<Integer> {
  private static final Logger log = LoggerFactory.getLogger(Check.class);

  @Option(names = "--data", paramLabel = "DIR", description = "the folder of the running stack (default: .ledger/data)")
  private Path data = Path.of(System.getProperty("neuron-ledger.home", "."), ".ledger", "data");

  @Option(names = "--url", paramLabel = "URL", description = "the URL of ledger-query, where there is no such folder")
  private Optional<String> url = Optional.empty();

  @Option(names = "--command-url", paramLabel = "URL", description = "the URL of ledger-command, likewise")
  private Optional<String> commandUrl = Optional.empty();

  @Option(names = "--rpc-url", paramLabel = "URL", description = "a node that still holds the block's state "
      + "(default: the stack's own)")
  private Optional<String> rpcUrl = Optional.empty();

  @Option(names = "--block", paramLabel = "N", description = "the block to compare at (default: the last one "
      + "that every partition has sealed)")
  private Optional<Long> block = Optional.empty();

  @Option(names = "--json", description = "prints the result as JSON")
  private boolean asJson;

  @Spec
  private CommandSpec command = CommandSpec.create();

  @Override
  public Integer call() {
    if (block.filter(number -> number < 0).isPresent()) {
      throw wrong("--block must be 0 or more, not " + block.get());
    }
    if (url.isPresent() && (rpcUrl.isEmpty() || commandUrl.isEmpty())) {
      throw wrong("--url needs --command-url and --rpc-url: ledger-command, and a node of the followed chain");
    }
    if (url.isEmpty() && commandUrl.isPresent()) {
      throw wrong("--command-url goes with --url");
    }
    Optional<StackAddresses> stack = url.isPresent() ? Optional.empty() : Optional.of(addresses());
    URI node = address(rpcUrl.or(() -> stack.map(StackAddresses::rpc)).orElseThrow());
    PrintWriter out = command.commandLine().getOut();
    try {
      CheckResult result = run(new LedgerSide(url.or(() -> stack.map(StackAddresses::query)).orElseThrow(),
          commandUrl.or(() -> stack.map(StackAddresses::command)).orElseThrow(),
          stack.map(_ -> StackAddresses.tokens(data)).orElseGet(TokenSource::environment)), node, block);
      if (asJson) {
        out.println(CheckJson.of(result));
      } else {
        result.print(out);
      }
      return result.outcome().exitCode();
    } catch (RpcFailure | IllegalStateException | UncheckedIOException | ProblemException e) {
      log.warn("not compared", e);
      out.println(asJson ? CheckJson.unknown(String.valueOf(e.getMessage())) : "UNKNOWN: " + e.getMessage());
      return CheckResult.Outcome.UNKNOWN.exitCode();
    } finally {
      out.flush();
    }
  }

  /**
   * Compares a running stack with the contracts.
   *
   * @param node the URL of a node of the followed chain
   * @param block the block; absent for the last one that every partition has sealed
   */
  public static CheckResult run(Stack stack, URI node, Optional<Long> block) {
    return run(new LedgerSide(stack.query().url(), stack.command().url(), stack.tokens()), node, block);
  }

  private static CheckResult run(LedgerSide ledger, URI node, Optional<Long> block) {
    try (ContractSide contracts = ContractSide.at(node, ledger.deployment())) {
      return CheckRun.of(ledger, contracts, block);
    }
  }

  private StackAddresses addresses() {
    try {
      return StackAddresses.read(data);
    } catch (IllegalStateException e) {
      throw wrong(String.valueOf(e.getMessage()));
    }
  }

  private URI address(String text) {
    try {
      URI address = URI.create(text);
      if (address.getHost() != null) {
        return address;
      }
    } catch (IllegalArgumentException e) {
      // reported below
    }
    throw wrong("--rpc-url is not the URL of a node: " + text);
  }

  private ParameterException wrong(String message) {
    return new ParameterException(command.commandLine(), message);
  }
}
