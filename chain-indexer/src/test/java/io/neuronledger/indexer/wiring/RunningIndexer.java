package io.neuronledger.indexer.wiring;

import io.neuronledger.indexer.ChainIndexer;
import io.neuronledger.indexer.fixture.ScriptedScene;
import io.neuronledger.testkit.servers.issuer.TokenIssuer;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;

/** The service as Spring Boot starts it, with a scripted chain, on a free port. */
final class RunningIndexer implements AutoCloseable {
  final ConfigurableApplicationContext context;
  final int port;

  /** @param more further settings, each {@code key=value} */
  RunningIndexer(ScriptedScene scene, String... more) {
    Map<String, Object> settings = new LinkedHashMap<>(Map.of(
        "server.port", 0,
        "neuron-ledger.access.open", true,
        "neuron-ledger.kafka.bootstrap-servers", scene.options.bootstrapServers,
        "neuron-ledger.rpc.urls", scene.node.url(),
        "neuron-ledger.contract", ScriptedScene.CONTRACT,
        "neuron-ledger.start-block", 1,
        "neuron-ledger.partitions", scene.options.partitions,
        "neuron-ledger.follow.polling-interval", "PT0.05S"));
    settings.put("neuron-ledger.rate.burst", 100_000);
    settings.put("neuron-ledger.rate.failures-per-minute", 100_000);
    for (String setting : Stream.concat(Stream.of(TokenIssuer.API_KEYS_SETTING), Stream.of(more)).toList()) {
      String[] parts = setting.split("=", 2);
      settings.put(parts[0], parts[1]);
    }
    context = ChainIndexer.application()
        .run(settings.entrySet().stream().map(entry -> "--" + entry).toArray(String[]::new));
    port = Objects.requireNonNull(((WebServerApplicationContext) context).getWebServer()).getPort();
  }

  @Override
  public void close() {
    context.close();
  }
}
