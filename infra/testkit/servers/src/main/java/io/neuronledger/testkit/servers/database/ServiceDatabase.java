package io.neuronledger.testkit.servers.database;

import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * The database of one service.
 *
 * @param url its JDBC URL
 * @param running the role that runs: it owns nothing, and the migrations grant it what the service needs
 * @param migrating the role that migrates: it owns the database and every schema in it
 */
public record ServiceDatabase(String url, Login running, Login migrating) {
  /**
   * A database of a server on the loopback address; its roles are named after it.
   *
   * @param passwords by the name of the role
   */
  public static ServiceDatabase at(int port, String name, UnaryOperator<String> passwords) {
    String migrating = name + "_migration";
    return new ServiceDatabase("jdbc:postgresql://127.0.0.1:" + port + "/" + name,
        new Login(name, passwords.apply(name)), new Login(migrating, passwords.apply(migrating)));
  }

  /** The same database at another URL, with a schema for example. */
  public ServiceDatabase at(String otherUrl) {
    return new ServiceDatabase(otherUrl, running, migrating);
  }

  /** The settings of the service, by their property names. */
  public Map<String, String> settings() {
    return Map.of("neuron-ledger.database.url", url, "neuron-ledger.database.user", running.user(),
        "neuron-ledger.database.password", running.password(),
        "neuron-ledger.database.migration-user", migrating.user(),
        "neuron-ledger.database.migration-password", migrating.password());
  }

  /** The settings as arguments, for a service in this JVM: every user of a machine sees a process's arguments. */
  public List<String> arguments() {
    return settings().entrySet().stream().map(each -> "--" + each.getKey() + "=" + each.getValue()).toList();
  }

  /** The settings as environment variables: for a service in a process of its own. */
  public Map<String, String> environment() {
    return Map.of("NEURON_LEDGER_DATABASE_URL", url, "NEURON_LEDGER_DATABASE_USER", running.user(),
        "NEURON_LEDGER_DATABASE_PASSWORD", running.password(),
        "NEURON_LEDGER_DATABASE_MIGRATION_USER", migrating.user(),
        "NEURON_LEDGER_DATABASE_MIGRATION_PASSWORD", migrating.password());
  }
}
