package io.neuronledger.cli.operate;

import io.neuronledger.cli.operate.request.Answers;
import io.neuronledger.cli.operate.request.Answers.Column;
import io.neuronledger.cli.operate.request.Answers.Lines;
import io.neuronledger.cli.operate.request.Requests;
import io.neuronledger.cli.operate.request.ServiceOptions;
import io.neuronledger.cli.operate.request.TypedValues;
import io.neuronledger.client.LedgerClient;
import io.neuronledger.client.command.model.QuarantinedOwner;
import io.neuronledger.client.indexer.api.ReconciliationApi;
import io.neuronledger.client.query.api.ServiceApi;
import io.neuronledger.client.query.model.Quarantine;
import io.neuronledger.client.query.model.ReconciliationRun;
import io.neuronledger.client.query.model.StatusFollowing;
import io.neuronledger.wallet.option.OutputOptions;
import io.neuronledger.wallet.option.Surroundings;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.UnaryOperator;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.databind.node.ObjectNode;

/** {@code ./ledger status}. */
@Command(name = "status", description = "How far the ledger is. Exit code 1 where something needs attention: the chain "
    + "is not followed, the ledger lags, a partition has stopped, or an owner is in quarantine.")
final class Status implements Callable<Integer> {
  private static final Column[] COLUMNS = {
      Column.of("Chain id", "/deployment/chain_id"), Column.of("Contracts", "/deployment/contracts"),
      Column.of("Following", "/following/state"), Column.of("Why", "/following/why"),
      Column.of("Since", "/following/since"), Column.of("Head", "/following/head"),
      Column.of("Behind", "/following/behind"), Column.of("As of block", "/as_of/block"),
      Column.of("Block time", "/as_of/block_time"), Column.of("Guard", "/as_of/guard"),
      Column.of("Quarantined owners", "/quarantined_owners"), Column.of("Blocks stopped", "/blocks/stopped")};
  private static final Column[] PARTITION = {
      Column.of("Partition", "/partition"), Column.of("Next seq", "/next_seq"), Column.of("Branch", "/branch"),
      Column.of("As of block", "/as_of/block"), Column.of("Stopped", "/stopped")};

  @Mixin
  private final ServiceOptions services = new ServiceOptions();

  @Mixin
  private final OutputOptions output = new OutputOptions();

  private final Surroundings surroundings;

  Status(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() {
    var status = Requests.read(() -> new ServiceApi(services.client(surroundings).query()).status());
    Answers.one(output, "Status", status, COLUMNS);
    if (!output.json()) {
      Answers.table(output, "Partitions", status.getPartitions(), PARTITION);
    }
    boolean isWell = status.getFollowing().getState() == StatusFollowing.StateEnum.FOLLOWING
        && !Boolean.TRUE.equals(status.getFollowing().getBehind()) && status.getQuarantinedOwners() == 0
        && status.getBlocks().getStopped() == null
        && status.getPartitions().stream().allMatch(partition -> partition.getStopped() == null);
    return isWell ? 0 : 1;
  }

  @Command(mixinStandardHelpOptions = true,
      description = "The owners in quarantine, by both services that can put one there; exit code 1 if there are "
      + "any. `./ledger unpark` replays their records.")
  int quarantine(@Mixin ServiceOptions asked, @Mixin OutputOptions out) {
    LedgerClient client = asked.client(surroundings);
    Quarantine byQuery = Requests.read(() -> new ServiceApi(client.query()).quarantine());
    List<QuarantinedOwner> byCommand = Requests.read(() ->
        new io.neuronledger.client.command.api.ServiceApi(client.command()).listQuarantined());
    if (out.json()) {
      ObjectNode both = Answers.object();
      both.set("ledger_query", Answers.tree(byQuery.getOwners()));
      both.set("ledger_command", Answers.tree(byCommand));
      Answers.json(out, both);
    } else {
      Answers.table(out, "ledger-query", byQuery.getOwners(), Column.of("Owner", "/owner"),
          Column.of("Found by", "/found_by"), Column.of("Block", "/block"), Column.of("Parked", "/parked"),
          Column.of("Partition", "/partition"), Column.of("Seq", "/seq"), Column.of("Reason", "/reason"));
      Answers.table(out, "ledger-command", byCommand, Column.of("Owner", "/owner"),
          Column.of("Partition", "/partition"), Column.of("Reason", "/reason"));
    }
    return byQuery.getOwners().isEmpty() && byCommand.isEmpty() ? 0 : 1;
  }

  @Command(mixinStandardHelpOptions = true,
      description = "The comparisons of all owners with the contracts, newest first.")
  int reconciliations(@Mixin ServiceOptions asked, @Mixin OutputOptions out,
      @Option(names = "--limit", paramLabel = "N", defaultValue = "20",
          description = "at most so many (default: ${DEFAULT-VALUE})") int limit) {
    Lines<ReconciliationRun> runs = Requests.read(() -> Lines.first(TypedValues.limit(limit),
        asked.client(surroundings).lists().reconciliations(UnaryOperator.identity())));
    Answers.list(out, "reconciliations", runs, Column.of("Run", "/run"), Column.of("Block", "/block"),
        Column.of("Block time", "/block_time"), Column.of("Owners", "/owners"), Column.of("Equal", "/equal"),
        Column.of("Different", "/different"), Column.amount("Held", "/held"), Column.amount("Owed", "/owed"),
        Column.of("Covered", "/covered"), Column.of("Retracted", "/retracted"));
    return 0;
  }

  @Command(mixinStandardHelpOptions = true,
      description = "Has chain-indexer compare all owners with the contracts at the head, beside its schedule.")
  int reconcile(@Mixin ServiceOptions asked, @Mixin OutputOptions out) {
    Requests.change(() -> new ReconciliationApi(asked.client(surroundings).indexer()).reconcile());
    Answers.done(out, "Requested: `./ledger status reconciliations` shows it once it is done.");
    return 0;
  }
}
