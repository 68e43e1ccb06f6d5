package io.neuronledger.command.scene;

import io.neuronledger.command.LedgerCommand;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.springframework.context.ConfigurableApplicationContext;

/** ledger-command as it runs, on the test's servers. */
public final class Service implements AutoCloseable {
  private final ConfigurableApplicationContext context;

  private Service(ConfigurableApplicationContext context) {
    this.context = context;
  }

  /** @param settings in the form {@code neuron-ledger.intake.workers=1}, on top of what a test always needs */
  public static Service start(String database, int partitions, String... settings) {
    return startAt(Servers.kafka(), database, partitions, settings);
  }

  /** @param kafka where its brokers are, or will be */
  public static Service startAt(String kafka, String database, int partitions, String... settings) {
    List<String> arguments = new ArrayList<>(List.of(
        "--server.port=0",
        "--neuron-ledger.kafka.bootstrap-servers=" + kafka,
        "--neuron-ledger.database.url=" + database,
        "--neuron-ledger.database.user=" + Servers.postgres().user(),
        "--neuron-ledger.database.password=" + Servers.postgres().password(),
        "--neuron-ledger.partitions=" + partitions,
        "--neuron-ledger.intake.retry-after=200ms",
        "--neuron-ledger.intake.stopped-retry-after=1s",
        "--neuron-ledger.publish.lease-time=1s"));
    Arrays.stream(settings).map(setting -> "--" + setting).forEach(arguments::add);
    return new Service(LedgerCommand.application().run(arguments.toArray(String[]::new)));
  }

  public <T> T bean(Class<T> type) {
    return context.getBean(type);
  }

  public String url(String path) {
    return "http://127.0.0.1:" + context.getEnvironment().getRequiredProperty("local.server.port") + path;
  }

  @Override
  public void close() {
    context.close();
  }
}
