package io.neuronledger.cli.operate;

import io.neuronledger.cli.operate.request.Answers;
import io.neuronledger.cli.operate.request.Requests;
import io.neuronledger.cli.operate.request.ServiceOptions;
import io.neuronledger.cli.operate.request.TypedValues;
import io.neuronledger.client.LedgerClient;
import io.neuronledger.client.query.api.ServiceApi;
import io.neuronledger.client.query.api.ServiceApi.APIAccessLogRequest;
import io.neuronledger.client.query.model.AccessLogLine;
import io.neuronledger.client.query.model.AccessLogPage;
import io.neuronledger.contracts.access.AccessEntry;
import io.neuronledger.contracts.access.AccessRecord;
import io.neuronledger.contracts.topic.AccessLogPartition;
import io.neuronledger.contracts.value.Hash;
import io.neuronledger.foundation.access.log.AccessLogCheck;
import io.neuronledger.wallet.option.OutputOptions;
import io.neuronledger.wallet.option.Surroundings;
import io.neuronledger.wallet.outcome.CommandFailure;
import java.nio.charset.StandardCharsets;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** {@code ./ledger logs}. */
@Command(name = "logs", description = "The access log: who has asked for what belongs to finance and to "
    + "administrators, and whether the log of it is whole.")
final class Logs {
  private static final int PAGE = 500;

  private final Surroundings surroundings;

  Logs(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Command(mixinStandardHelpOptions = true,
      description = "Prints records of the log of each service, in order.")
  int list(@Mixin ServiceOptions services, @Mixin OutputOptions output,
      @Option(names = "--service", paramLabel = "NAME", description = "only the log of this service")
          Optional<String> service,
      @Option(names = "--caller", paramLabel = "SUBJECT", description = "who has asked") Optional<String> caller,
      @Option(names = "--owner", paramLabel = "ADDRESS", description = "about whom, also where it was about all")
          Optional<String> owner,
      @Option(names = "--since", paramLabel = "TIME", description = "from this time on") Optional<String> since,
      @Option(names = "--until", paramLabel = "TIME", description = "before this time") Optional<String> until,
      @Option(names = "--from", paramLabel = "POSITION", description = "from this position on; of one service")
          Optional<Long> from) {
    if (from.isPresent() && service.isEmpty()) {
      throw CommandFailure.refused("--from is a position in the log of one service: see --service");
    }
    Optional<OffsetDateTime> sinceTime = since.map(each -> TypedValues.time("--since", each));
    Optional<OffsetDateTime> untilTime = until.map(each -> TypedValues.time("--until", each));
    LedgerClient client = services.client(surroundings);
    ObjectNode answer = Answers.object();
    for (AccessLogPartition partition : partitions(service)) {
      ArrayNode records = answer.putArray(partition.service());
      read(client, partition, from, filter -> filter.caller(caller.orElse(null)).owner(owner.orElse(null))
          .since(sinceTime.orElse(null)).until(untilTime.orElse(null)), page -> page.getRecords().forEach(line -> {
            if (output.json()) {
              records.add(Answers.tree(line));
            } else {
              print(output, text(partition, line, new AccessLogCheck(partition, line.getPosition())));
            }
          }));
    }
    if (output.json()) {
      Answers.json(output, answer);
    }
    return 0;
  }

  @Command(mixinStandardHelpOptions = true,
      description = "Verifies the hashes of the whole log of each service. Exit code 0: all chains hold. 1: a "
      + "record is missing, changed, moved or added. Keep the last line of each service: a log that was cut or made "
      + "anew does not have that record any more.")
  int verify(@Mixin ServiceOptions services, @Mixin OutputOptions output,
      @Option(names = "--service", paramLabel = "NAME", description = "only the log of this service")
          Optional<String> service,
      @Option(names = "--records", description = "prints the records too") boolean records) {
    LedgerClient client = services.client(surroundings);
    ObjectNode answer = Answers.object();
    ArrayNode logs = answer.putArray("logs");
    boolean holds = true;
    for (AccessLogPartition partition : partitions(service)) {
      ObjectNode log = verified(client, partition, output, records);
      logs.add(log);
      holds &= log.path("faults").isEmpty();
    }
    if (output.json()) {
      Answers.json(output, answer.put("holds", holds));
    }
    return holds ? 0 : 1;
  }

  /** How far a log is verified. */
  private static final class Verification {
    private final AccessLogPartition partition;
    private Optional<AccessLogCheck> check = Optional.empty();
    private String newest = "";

    Verification(AccessLogPartition partition) {
      this.partition = partition;
    }

    /** The check, which begins where the log does on its first page. */
    AccessLogCheck from(long beginning) {
      AccessLogCheck begun = check.orElseGet(() -> new AccessLogCheck(partition, beginning));
      check = Optional.of(begun);
      return begun;
    }
  }

  private static ObjectNode verified(LedgerClient client, AccessLogPartition partition, OutputOptions output,
      boolean records) {
    Verification verification = new Verification(partition);
    read(client, partition, Optional.empty(), UnaryOperator.identity(), page -> {
      AccessLogCheck check = verification.from(page.getBeginning());
      for (AccessLogLine line : page.getRecords()) {
        verification.newest = line.getPosition() + " " + Optional.ofNullable(line.getHash()).orElse("without a hash");
        String text = text(partition, line, check);
        if (records && !output.json()) {
          print(output, text);
        }
      }
    });
    AccessLogCheck check = verification.from(0);
    String newest = verification.newest;
    ObjectNode log = Answers.object().put("service", partition.service()).put("chains", check.chains().size())
        .put("newest", newest);
    ArrayNode faults = log.putArray("faults");
    check.faults().forEach(fault ->
        faults.add(Answers.object().put("position", fault.position()).put("what", fault.what())));
    if (!output.json()) {
      check.faults().forEach(fault ->
          print(output, partition.service() + " " + fault.position() + ": BROKEN: " + fault.what()));
      print(output, partition.service() + ": " + check.chains().size() + " chains, "
          + (faults.isEmpty() ? "all hold" : faults.size() + " faults")
          + (newest.isEmpty() ? "" : "; newest: " + newest));
    }
    return log;
  }

  /** Reads up to the end that the log had at first: to read it adds to it. */
  private static void read(LedgerClient client, AccessLogPartition partition, Optional<Long> from,
      UnaryOperator<APIAccessLogRequest.Builder> filter, Consumer<AccessLogPage> pages) {
    ServiceApi operations = new ServiceApi(client.query());
    Optional<Long> next = from;
    long end = Long.MAX_VALUE;
    do {
      Long position = next.orElse(null);
      AccessLogPage page = Requests.read(() -> operations.accessLog(filter.apply(APIAccessLogRequest.newBuilder()
          .service(partition.service()).limit(PAGE).from(position)).build()));
      end = Math.min(end, page.getEnd());
      pages.accept(page);
      if (page.getNext() < end && next.filter(before -> page.getNext() <= before).isPresent()) {
        throw CommandFailure.failed("the service answers the log of " + partition.service() + " from position "
            + page.getNext() + " on again and again");
      }
      next = Optional.of(page.getNext());
    } while (next.get() < end);
  }

  private static List<AccessLogPartition> partitions(Optional<String> service) {
    try {
      return service.map(name -> List.of(AccessLogPartition.of(name)))
          .orElseGet(() -> Arrays.asList(AccessLogPartition.values()));
    } catch (IllegalArgumentException e) {
      throw CommandFailure.refused("--service: " + e.getMessage());
    }
  }

  /** Whoever may write the log can write anything, also what a terminal would obey. */
  private static void print(OutputOptions output, String line) {
    output.line(line.replaceAll("[^ -~]", "?"));
  }

  private static String text(AccessLogPartition partition, AccessLogLine line, AccessLogCheck check) {
    return partition.service() + " " + line.getPosition() + ": " + check.add(line.getPosition(),
        Optional.ofNullable(line.getHash()).map(Hash::parse), line.getPublished().getBytes(StandardCharsets.UTF_8))
        .map(Logs::text).orElse("not a record");
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
