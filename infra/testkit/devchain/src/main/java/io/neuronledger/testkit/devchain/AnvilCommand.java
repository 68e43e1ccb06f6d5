package io.neuronledger.testkit.devchain;

import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The node's command line. */
final class AnvilCommand {
  private static final int MILLIS = 3;

  private AnvilCommand() {}

  static List<String> line(Path binary, AnvilOptions options) {
    List<String> line = new ArrayList<>(List.of(binary.toString(), "--quiet", "--host", "127.0.0.1",
        "--port", Integer.toString(options.port()), "--chain-id", Long.toString(options.chainId()),
        "--slots-in-an-epoch", Integer.toString(options.slotsInAnEpoch()),
        "--prune-history", Integer.toString(options.statesKept()),
        // A fixed hard fork; large blocks, with transactions in order of arrival.
        "--hardfork", "prague", "--gas-limit", "30000000000", "--order", "fifo", "--no-request-size-limit"));
    line.addAll(mining(options.mining()));
    options.state().ifPresent(file -> line.addAll(List.of("--state", file.toString())));
    if (options.pastStates()) {
      line.add("--preserve-historical-states");
    }
    options.stateInterval()
        .ifPresent(interval -> line.addAll(List.of("--state-interval", Long.toString(interval.toSeconds()))));
    options.genesisTime()
        .ifPresent(time -> line.addAll(List.of("--timestamp", Long.toString(time.getEpochSecond()))));
    return line;
  }

  private static List<String> mining(Mining mining) {
    return switch (mining) {
      case Mining.Automatic _ -> List.of();
      case Mining.OnRequest _ -> List.of("--no-mining");
      case Mining.Every every -> List.of("--block-time", seconds(every.period()));
    };
  }

  private static String seconds(Duration period) {
    return BigDecimal.valueOf(period.toMillis(), MILLIS).toPlainString();
  }
}
