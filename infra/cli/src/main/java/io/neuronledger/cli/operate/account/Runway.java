package io.neuronledger.cli.operate.account;

import io.neuronledger.cli.operate.request.Answers;
import io.neuronledger.cli.operate.request.Answers.Column;
import io.neuronledger.cli.operate.request.Requests;
import io.neuronledger.cli.operate.request.ServiceOptions;
import io.neuronledger.client.query.api.BalancesApi;
import io.neuronledger.client.query.api.BalancesApi.APIRunwayRequest;
import io.neuronledger.client.query.model.RunwayAnswer;
import io.neuronledger.wallet.option.OutputOptions;
import io.neuronledger.wallet.option.Surroundings;
import io.neuronledger.wallet.text.Printable;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code ./ledger runway}. */
@Command(name = "runway", description = "When each of an owner's sub-accounts will be refused if its use goes on as in "
    + "the last days, with the range that this is uncertain by.")
public final class Runway implements Callable<Integer> {
  private static final Column[] COLUMNS = {
      Column.of("Provider", "/provider"), Column.of("Service", "/service"), Column.of("State", "/state"),
      Column.amount("Spendable", "/spendable"), Column.amount("Minimum Locked", "/minimum_locked"),
      Column.amount("Burn Per Day", "/burn_per_day"), Column.of("Of Days", "/days"),
      Column.of("Refused At", "/refused_at"), Column.of("Earliest", "/earliest"), Column.of("Latest", "/latest")};

  @Mixin
  private final ServiceOptions services = new ServiceOptions();

  @Mixin
  private final OutputOptions output = new OutputOptions();

  @Parameters(paramLabel = "OWNER", description = "the wallet whose money it is")
  private String owner = "";

  private final Surroundings surroundings;

  public Runway(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() {
    RunwayAnswer answer = Requests.read(() -> new BalancesApi(services.client(surroundings).query())
        .runway(APIRunwayRequest.newBuilder().owner(owner).build()));
    if (output.json()) {
      Answers.json(output, answer);
    } else {
      Answers.table(output, "Runway of " + Printable.of(owner) + " at block " + answer.getAsOf().getBlock(),
          answer.getSubAccounts(), COLUMNS);
    }
    return 0;
  }
}
