package io.neuronledger.local.demo;

import io.neuronledger.local.answer.ContractAnswers;
import io.neuronledger.local.answer.LedgerApi;
import io.neuronledger.local.stack.DevChain;
import io.neuronledger.local.stack.Stack;
import io.neuronledger.local.stack.StackOptions;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** {@code ./ledger demo}. */
@Command(name = "demo", description = "Plays the life of an account with real transactions and shows, after each step, "
    + "what the ledger answers beside what the contract answers. Exit code 0 only if every number is equal.")
public final class Demo implements Callable<Integer> {
  private static final JsonMapper JSON = JsonMapper.builder()
      .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE).enable(SerializationFeature.INDENT_OUTPUT).build();

  @Option(names = "--json", paramLabel = "FILE",
      description = "write the steps as data: an array of {name, block, expected, ledger, chain, equal}")
  private Optional<Path> json = Optional.empty();

  @Spec
  private CommandSpec command = CommandSpec.create();

  @Override
  public Integer call() throws IOException {
    PrintWriter out = command.commandLine().getOut();
    out.println("Starting PostgreSQL, Kafka, a dev chain and the three services ...");
    out.flush();
    List<Comparison> steps = new ArrayList<>();
    try (Stack stack = Stack.start(StackOptions.temporary())) {
      play(stack, out, steps);
    }
    if (json.isPresent()) {
      Files.writeString(json.get(), JSON.writeValueAsString(steps) + "\n");
    }
    long different = steps.stream().filter(step -> !step.equal()).count();
    out.printf("%n%d steps, %d equal, %d different%n", steps.size(), steps.size() - different, different);
    return different == 0 ? 0 : 1;
  }

  private static void play(Stack stack, PrintWriter out, List<Comparison> steps) {
    DevChain chain = stack.devChain().orElseThrow();
    LedgerApi ledger = stack.api();
    ContractAnswers contract = new ContractAnswers(chain.contract().views());
    out.printf("The contract is %s; ledger-query answers at %s%n", chain.contract().address(),
        stack.query().url());
    ComparisonTable table = new ComparisonTable(out, LifeCycle.names());
    new LifeCycle(chain.node().control(), chain.contract(), (name, block, expected) -> {
      Comparison step = Comparison.of(name, block.number(), expected,
          expected.stream().map(owner -> ledger.ownerAt(owner.owner(), block.number())).toList(),
          expected.stream().map(owner -> contract.ownerAt(owner.owner(), block)).toList());
      steps.add(step);
      table.print(steps.size(), step);
    }).play();
  }
}
