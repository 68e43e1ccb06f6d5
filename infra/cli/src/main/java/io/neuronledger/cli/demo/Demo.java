package io.neuronledger.cli.demo;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.neuronledger.cli.answer.ContractAnswers;
import io.neuronledger.cli.answer.FinanceApi;
import io.neuronledger.cli.answer.LedgerApi;
import io.neuronledger.cli.answer.OwnerAnswer;
import io.neuronledger.cli.stack.Stack;
import io.neuronledger.cli.stack.StackOptions;
import io.neuronledger.cli.stack.chain.DevChain;
import io.neuronledger.client.LedgerClient;
import io.neuronledger.client.LedgerClient.Services;
import io.neuronledger.client.Lists;
import io.neuronledger.contracts.value.WalletAddress;
import io.neuronledger.testkit.devchain.rpc.BlockHeader;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** {@code ./ledger demo}. */
@Command(name = "demo", description = "Plays the life cycle of an account with real transactions and shows, after each "
    + "step, the ledger's answers beside the contract's. Exit code 0 only if every number is equal.")
public final class Demo implements Callable<Integer> {
  private static final JsonMapper JSON = JsonMapper.builder()
      .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE).enable(SerializationFeature.INDENT_OUTPUT)
      .changeDefaultPropertyInclusion(all -> all.withValueInclusion(JsonInclude.Include.NON_ABSENT)).build();

  @Option(names = "--json", paramLabel = "FILE",
      description = "write the steps as data: an array of {name, block, expected, ledger, chain, equal}, of usage with "
          + "books or quotes too")
  private Optional<Path> json = Optional.empty();

  @Spec
  private CommandSpec command = CommandSpec.create();

  @Override
  public Integer call() throws IOException {
    PrintWriter out = command.commandLine().getOut();
    out.println("Starting PostgreSQL, Kafka, a dev chain and the three services ...");
    out.flush();
    List<Comparison> steps = new ArrayList<>();
    try (Stack stack = Stack.start(StackOptions.temporary().withLock())) {
      new Presentation(stack, out, steps).play();
    }
    if (json.isPresent()) {
      Files.writeString(json.get(), JSON.writeValueAsString(steps) + "\n");
    }
    long different = steps.stream().filter(step -> !step.equal()).count();
    out.printf("%n%d steps, %d equal, %d different%n", steps.size(), steps.size() - different, different);
    return different == 0 ? 0 : 1;
  }

  /** Plays on a running stack; compares after each step and prints the comparison. */
  private static final class Presentation implements Marketplace.Observer {
    private final DevChain chain;
    private final LedgerApi ledger;
    private final FinanceApi finance;
    private final Lists lists;
    private final ContractAnswers contract;
    private final PrintWriter out;
    private final ComparisonTable table;
    private final List<Comparison> steps;

    Presentation(Stack stack, PrintWriter out, List<Comparison> steps) {
      this.chain = stack.devChain().orElseThrow();
      this.ledger = stack.api();
      this.finance = new FinanceApi(stack::broker, ledger);
      this.lists = LedgerClient.of(Services.of(stack.query().url()), stack.tokens()).lists();
      this.contract = new ContractAnswers(chain.contract().views());
      this.out = out;
      this.steps = steps;
      Map<WalletAddress, String> names = new HashMap<>(LifeCycle.names());
      names.putAll(Marketplace.names());
      this.table = new ComparisonTable(out, names);
      out.printf("The contract is %s; ledger-query is at %s%n", chain.contract().address(), stack.query().url());
    }

    void play() {
      new LifeCycle(chain.node().control(), chain.contract(), this::balances).play();
      new Marketplace(chain.node().control(), chain.contract(), finance, this).play();
      FinanceApi.Report report = finance.report(chain.node().control().head().number());
      table.report(report.block(), report.rows(), report.checksum());
    }

    @Override
    public void balances(String name, BlockHeader block, List<OwnerAnswer> expected) {
      Comparison step = compare(name, block, expected);
      steps.add(step);
      table.balances(steps.size(), step);
    }

    @Override
    public void providerRows(String name, BlockHeader block, List<OwnerAnswer> owners,
        Comparison.ProviderRows rows) {
      Comparison step = compare(name, block, owners).with(rows);
      steps.add(step);
      table.providerRows(steps.size(), step, rows);
      rows.expected().forEach(row -> out.printf("      settlements of %s: %s%n",
          Marketplace.names().get(row.provider()), settlementStates(row.provider())));
    }

    @Override
    public void quotes(String name, BlockHeader block, List<OwnerAnswer> owners, Comparison.Quotes quotes) {
      Comparison step = compare(name, block, owners).with(quotes);
      steps.add(step);
      table.quotes(steps.size(), step, quotes);
    }

    /** The number of a provider's settlements by state. */
    private SortedMap<String, Integer> settlementStates(WalletAddress provider) {
      SortedMap<String, Integer> states = new TreeMap<>();
      lists.settlements(asked -> asked.provider(List.of(provider.toString())))
          .forEach(each -> states.merge(each.getState().getValue(), 1, Integer::sum));
      return states;
    }

    private Comparison compare(String name, BlockHeader block, List<OwnerAnswer> expected) {
      return Comparison.of(name, block.number(), expected,
          expected.stream().map(owner -> ledger.ownerAt(owner.owner(), block.number())).toList(),
          expected.stream().map(owner -> contract.ownerAt(owner.owner(), block)).toList());
    }
  }
}
