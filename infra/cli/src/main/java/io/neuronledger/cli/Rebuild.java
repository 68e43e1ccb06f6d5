package io.neuronledger.cli;

import io.neuronledger.cli.answer.LedgerApi;
import io.neuronledger.cli.stack.StackAddresses;
import io.neuronledger.client.TokenSource;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import me.tongfei.progressbar.DelegatingProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** {@code ./ledger rebuild}. */
@Command(name = "rebuild", description = "Rebuilds the read model from the first event beside the live one, which "
    + "answers until the new one has caught up and replaces it. Ctrl-C stops the rebuild before that; nothing has "
    + "changed then (exit code 1).")
final class Rebuild implements Callable<Integer> {
  private static final String PATH = "/v1/admin/rebuild";
  private static final Set<String> RUNNING = Set.of("building", "switched");
  private static final int ACCEPTED = 202;
  private static final long POLL_MS = 200;

  @Option(names = "--data", paramLabel = "DIR", description = "the folder of the running stack (default: .ledger/data)")
  private Path data = StackAddresses.defaultData();

  @Option(names = "--url", paramLabel = "URL", description = "the URL of ledger-query, where there is no such folder")
  private Optional<String> url = Optional.empty();

  @Spec
  private CommandSpec command = CommandSpec.create();

  private final CountDownLatch stopRequested = new CountDownLatch(1);

  /** Requests a stop, like Ctrl-C. */
  void stop() {
    stopRequested.countDown();
  }

  @Override
  public Integer call() throws InterruptedException {
    LedgerApi api = url.map(given -> new LedgerApi(given, TokenSource.environment()))
        .orElseGet(() -> new LedgerApi(StackAddresses.read(data).query(), StackAddresses.tokens(data)));
    PrintWriter out = command.commandLine().getOut();
    LedgerApi.Answer begun = api.post(PATH);
    if (begun.statusCode() != ACCEPTED) {
      command.commandLine().getErr().println("ledger: " + read(begun).path("detail").asString(begun.body()));
      return 1;
    }
    StopSignal.handle(this::stop);
    JsonNode last;
    try (ProgressBar bar = bar(out)) {
      last = watch(api, bar);
    }
    out.println();
    out.println(verdict(last));
    out.flush();
    return last.path("state").asString().equals("done") ? 0 : 1;
  }

  /** @return the last status, of the ended rebuild */
  private JsonNode watch(LedgerApi api, ProgressBar bar) throws InterruptedException {
    boolean stopping = false;
    while (true) {
      JsonNode now = api.getOk(PATH);
      bar.maxHint(now.path("events_total").asLong());
      bar.stepTo(now.path("events_done").asLong());
      if (!RUNNING.contains(now.path("state").asString())) {
        return now;
      }
      if (stopping) {
        TimeUnit.MILLISECONDS.sleep(POLL_MS);
      } else if (stopRequested.await(POLL_MS, TimeUnit.MILLISECONDS)) {
        stopping = true;
        api.delete(PATH);
      }
    }
  }

  private static JsonNode read(LedgerApi.Answer answer) {
    return JsonMapper.shared().readTree(answer.body());
  }

  /** Shows progress, rate and remaining time. */
  private static ProgressBar bar(PrintWriter out) {
    return new ProgressBarBuilder().setTaskName("events").setStyle(ProgressBarStyle.ASCII).showSpeed()
        .setConsumer(new DelegatingProgressBarConsumer(line -> {
          out.print("\r" + line);
          out.flush();
        })).build();
  }

  private static String verdict(JsonNode last) {
    long generation = last.path("live_generation").asLong();
    return switch (last.path("state").asString()) {
      case "done" -> "Done: answers come from generation " + generation + ".";
      case "stopped" -> last.path("generation").asLong() == generation
          ? "Stopped after the switch: answers come from generation " + generation
              + "; the old one is dropped by the next rebuild."
          : "Stopped: nothing has changed.";
      default -> "Failed, nothing has changed: " + last.path("trouble").asString("see the service's log");
    };
  }
}
