package io.neuronledger.cli;

import io.neuronledger.cli.answer.LedgerApi;
import io.neuronledger.cli.stack.StackAddresses;
import io.neuronledger.client.TokenSource;
import io.neuronledger.contracts.access.AccessEntry;
import io.neuronledger.contracts.access.AccessRecord;
import io.neuronledger.contracts.topic.AccessLogPartition;
import io.neuronledger.contracts.value.Hash;
import io.neuronledger.foundation.access.log.AccessLogCheck;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;

/** {@code ./ledger access-log}. */
@Command(name = "access-log", description = "Prints who has asked for what belongs to finance and to administrators, "
    + "and verifies the hashes of the whole log of each service. Exit code 0: all chains hold. 1: a record is missing, "
    + "changed, moved or added. Keep the last line of each service: a log that was cut or made anew does not have "
    + "that record any more.")
final class AccessLogReport implements Callable<Integer> {
  private static final int PAGE = 500;

  @Option(names = "--data", paramLabel = "DIR", description = "the folder of the running stack (default: .ledger/data)")
  private Path data = Up.defaultData();

  @Option(names = "--url", paramLabel = "URL", description = "the URL of ledger-query, where there is no such folder")
  private Optional<String> url = Optional.empty();

  @Option(names = "--service", paramLabel = "NAME", description = "only the log of this service")
  private Optional<String> service = Optional.empty();

  @Option(names = "--summary", description = "verifies, and prints no records")
  private boolean isSummary;

  @Spec
  private CommandSpec command = CommandSpec.create();

  @Override
  public Integer call() {
    LedgerApi query = new LedgerApi(url.orElseGet(() -> StackAddresses.read(data).query()),
        url.isPresent() ? TokenSource.environment() : StackAddresses.tokens(data));
    PrintWriter out = command.commandLine().getOut();
    boolean holds = true;
    for (AccessLogPartition each : services()) {
      holds &= report(each, query, out);
    }
    out.flush();
    return holds ? 0 : 1;
  }

  private List<AccessLogPartition> services() {
    try {
      return service.map(name -> List.of(AccessLogPartition.of(name)))
          .orElseGet(() -> Arrays.asList(AccessLogPartition.values()));
    } catch (IllegalArgumentException e) {
      throw new ParameterException(command.commandLine(), "--service: " + e.getMessage());
    }
  }

  /** Reads up to the end that the log had at first: to read it adds to it. */
  private boolean report(AccessLogPartition partition, LedgerApi query, PrintWriter out) {
    String path = "/v1/access-log?limit=" + PAGE + "&service=" + partition.service();
    JsonNode page = query.getOk(path);
    long end = page.path("end").asLong();
    AccessLogCheck check = new AccessLogCheck(partition, page.path("beginning").asLong());
    String newest = "";
    while (true) {
      for (JsonNode line : page.path("records")) {
        newest = line.path("position").asLong() + " " + line.path("hash").asString("without a hash");
        add(line, check, partition, out);
      }
      long next = page.path("next").asLong();
      if (next >= end) {
        break;
      }
      page = query.getOk(path + "&from=" + next);
    }
    check.faults().forEach(fault ->
        print(out, partition.service() + " " + fault.position() + ": BROKEN: " + fault.what()));
    print(out, partition.service() + ": " + check.chains().size() + " chains, "
        + (check.faults().isEmpty() ? "all hold" : check.faults().size() + " faults")
        + (newest.isEmpty() ? "" : "; newest: " + newest));
    return check.faults().isEmpty();
  }

  /** Whoever may write the log can write anything, also what a terminal would obey. */
  private static void print(PrintWriter out, String line) {
    out.println(line.replaceAll("[^ -~]", "?"));
  }

  private void add(JsonNode line, AccessLogCheck check, AccessLogPartition partition, PrintWriter out) {
    long position = line.path("position").asLong();
    Optional<AccessRecord> record = check.add(position,
        line.path("hash").asStringOpt().map(Hash::parse),
        line.path("published").asString().getBytes(StandardCharsets.UTF_8));
    if (!isSummary) {
      print(out, partition.service() + " " + position + ": "
          + record.map(AccessLogReport::text).orElse("not a record"));
    }
  }

  private static String text(AccessRecord record) {
    return record.at() + " " + switch (record.entry()) {
      case AccessEntry.Started _ -> "an instance has started";
      case AccessEntry.Asked asked -> asked.who().subject() + " from " + asked.who().from() + " asks " + asked.request()
          + ": " + asked.method() + " " + asked.path() + asked.query().map(query -> "?" + query).orElse("")
          + (asked.owners().isEmpty() ? "" : " of " + String.join(", ", asked.owners()));
      case AccessEntry.Answered answered -> answered.subject() + " is answered " + answered.request() + ": "
          + answered.status();
    };
  }
}
