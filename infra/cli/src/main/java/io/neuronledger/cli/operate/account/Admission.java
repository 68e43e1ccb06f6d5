package io.neuronledger.cli.operate.account;

import io.neuronledger.cli.operate.request.Answers;
import io.neuronledger.cli.operate.request.Answers.Column;
import io.neuronledger.cli.operate.request.Requests;
import io.neuronledger.cli.operate.request.ServiceOptions;
import io.neuronledger.cli.operate.request.TypedValues;
import io.neuronledger.client.query.api.BalancesApi;
import io.neuronledger.client.query.api.BalancesApi.APIAdmissionRequest;
import io.neuronledger.wallet.option.OutputOptions;
import io.neuronledger.wallet.option.Surroundings;
import io.neuronledger.wallet.text.Printable;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** {@code ./ledger admission}. */
@Command(name = "admission", description = "Would a provider serve an owner's next request, and if not: why, and "
    + "exactly what does the owner do about it?")
public final class Admission implements Callable<Integer> {
  private static final Column[] ANSWER = {
      Column.of("Provider", "/provider"), Column.of("Service", "/service"), Column.amount("Cost", "/cost"),
      Column.of("Admitted", "/admitted"), Column.of("Block", "/as_of/block")};
  private static final Column[] CONDITIONS = {
      Column.of("Condition", "/name"), Column.of("State", "/state"), Column.amount("Required", "/required"),
      Column.amount("Present", "/present"), Column.amount("Missing", "/missing")};
  private static final Column[] STEPS = {Column.of("Step", "/action"), Column.amount("Amount", "/amount")};
  private static final Column[] CANCELLED = {
      Column.of("Step", "/action"), Column.of("Refund", "/refund"), Column.amount("Cancelled", "/amount"),
      Column.amount("Remaining", "/remaining")};

  @Mixin
  private final ServiceOptions services = new ServiceOptions();

  @Mixin
  private final OutputOptions output = new OutputOptions();

  @Parameters(paramLabel = "OWNER", description = "the wallet whose money it is")
  private String owner = "";

  @Option(names = "--provider", paramLabel = "ADDRESS", required = true, description = "the provider of the request")
  private String provider = "";

  @Option(names = "--service", paramLabel = "NAME", required = true,
      description = "its service, as inference-v1.0")
  private String service = "";

  @Option(names = "--cost", paramLabel = "AMOUNT", description = "what the request costs (default: 0)")
  private Optional<String> cost = Optional.empty();

  private final Surroundings surroundings;

  public Admission(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() {
    Optional<String> neuron = cost.map(typed -> TypedValues.amount("--cost", typed, output));
    JsonNode answer = Answers.tree(Requests.read(() -> new BalancesApi(services.client(surroundings).query())
        .admission(APIAdmissionRequest.newBuilder().owner(owner).provider(provider).service(service)
            .cost(neuron.orElse(null)).build())));
    Answers.one(output, "Admission of " + Printable.of(owner), answer, ANSWER);
    if (!output.json()) {
      Answers.table(output, "Conditions", answer.path("conditions").valueStream().toList(), CONDITIONS);
      List<JsonNode> steps = answer.path("steps").valueStream().toList();
      Answers.table(output, "What the owner does", steps, STEPS);
      List<ObjectNode> cancelled = Answers.within(steps.stream(), "cancels", "action");
      if (!cancelled.isEmpty()) {
        Answers.table(output, "Refunds that this cancels", cancelled, CANCELLED);
      }
    }
    return 0;
  }
}
