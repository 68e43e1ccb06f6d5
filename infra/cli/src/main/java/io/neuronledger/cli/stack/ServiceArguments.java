package io.neuronledger.cli.stack;

import io.neuronledger.cli.stack.chain.ChainSource;
import io.neuronledger.cli.stack.issuer.StackDashboard;
import io.neuronledger.cli.stack.secret.BrokerAccess;
import io.neuronledger.cli.stack.secret.Secrets;
import io.neuronledger.cli.stack.secret.WalletSignIn;
import io.neuronledger.contracts.topic.KafkaPrincipal;
import io.neuronledger.contracts.topic.Partitions;
import io.neuronledger.testkit.servers.database.ServiceDatabase;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The settings of each service as command line arguments, which override environment and files.
 *
 * @param kafka the broker
 * @param settings further settings for all services, by configuration key
 */
public record ServiceArguments(BrokerAccess kafka, Partitions partitions, Map<String, String> settings) {
  /** The services hash API keys by the same secret: that of the folder, so that keys outlive a restart. */
  public ServiceArguments {
    Map<String, String> complete = new TreeMap<>(settings);
    complete.computeIfAbsent("neuron-ledger.access.api-keys.secret",
        _ -> secret(kafka.secrets().orElseGet(Secrets::temporary), "api-keys"));
    settings = Map.copyOf(complete);
  }

  private static String secret(Secrets secrets, String name) {
    return Base64.getEncoder().encodeToString(secrets.of(name).getBytes(StandardCharsets.US_ASCII));
  }

  /** Without the settings, of which some are secret. */
  @Override
  public String toString() {
    return "ServiceArguments[" + kafka + ", " + partitions + "]";
  }

  /** @param port the port on 127.0.0.1; 0 for a free one */
  public List<String> query(int port, ServiceDatabase database) {
    Map<String, String> own = new TreeMap<>(database.settings());
    own.putAll(webhooks());
    return arguments(KafkaPrincipal.LEDGER_QUERY, port, own);
  }

  /** Receivers of this machine may be sent to, without TLS. */
  private Map<String, String> webhooks() {
    return Map.of("neuron-ledger.webhooks.secret", secret(kafka.secrets().orElseGet(Secrets::temporary), "webhooks"),
        "neuron-ledger.webhooks.previous-secret", "", "neuron-ledger.webhooks.allow-http", "true",
        "neuron-ledger.webhooks.allowed-networks", "127.0.0.0/8,::1/128");
  }

  /** @param port the port on 127.0.0.1; 0 for a free one */
  public List<String> command(int port, ServiceDatabase database) {
    return arguments(KafkaPrincipal.LEDGER_COMMAND, port, database.settings());
  }

  /** @param port the port on 127.0.0.1; 0 for a free one */
  public List<String> indexer(int port, ChainSource.Given chain) {
    return arguments(KafkaPrincipal.CHAIN_INDEXER, port, chain.settings());
  }

  private List<String> arguments(KafkaPrincipal principal, int port, Map<String, String> serviceSettings) {
    Map<String, String> all = new TreeMap<>(serviceSettings);
    all.putAll(kafka.settings(principal));
    all.put("neuron-ledger.partitions", String.valueOf(partitions.count()));
    all.put("server.address", "127.0.0.1");
    all.put("neuron-ledger.access.open", "true");
    // Whatever the environment has for services that are not open.
    all.put("neuron-ledger.access.issuer", "");
    all.put("neuron-ledger.access.audience", "");
    all.put("neuron-ledger.access.api-keys.previous-secret", "");
    all.putAll(WalletSignIn.off());
    all.putAll(StackDashboard.off());
    // Everybody on this machine is one caller here, and the bench's as fast as it can be: the limits bind nobody.
    all.put("neuron-ledger.rate.per-minute", "6000000");
    all.put("neuron-ledger.rate.burst", "100000");
    all.put("neuron-ledger.rate.at-once", "1000");
    all.put("neuron-ledger.rate.failures-per-minute", "0");
    all.put("server.port", String.valueOf(port));
    all.putAll(settings);
    return all.entrySet().stream().map(each -> "--" + each.getKey() + "=" + each.getValue()).toList();
  }

  /** The arguments that every user of the machine may see in the list of processes: those without a secret. */
  public static List<String> visible(List<String> arguments) {
    return arguments.stream().filter(each -> !isSecret(each)).toList();
  }

  /** The environment variables that stand for the other arguments: only a process's owner may read them. */
  public static Map<String, String> environment(List<String> arguments) {
    return arguments.stream().filter(ServiceArguments::isSecret).map(each -> each.substring(2).split("=", 2))
        .collect(Collectors.toMap(each -> each[0].toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_'),
            each -> each[1]));
  }

  private static boolean isSecret(String argument) {
    String key = argument.split("=", 2)[0];
    return key.endsWith("password") || key.endsWith("secret") || key.endsWith("sign-in.key");
  }
}
