package io.neuronledger.cli.stack.secret;

import io.neuronledger.contracts.topic.KafkaPrincipal;
import io.neuronledger.foundation.partitionlog.KafkaClients;
import io.neuronledger.foundation.partitionlog.KafkaSecurity;
import io.neuronledger.testkit.servers.KafkaBroker;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ScramCredentialInfo;
import org.apache.kafka.clients.admin.ScramMechanism;
import org.apache.kafka.clients.admin.UserScramCredentialAlteration;
import org.apache.kafka.clients.admin.UserScramCredentialUpsertion;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclBindingFilter;
import org.apache.kafka.common.errors.InterruptException;

/**
 * The broker of a stack: its address, and the passwords by which it is used.
 *
 * @param bootstrapServers host and port
 * @param secrets the passwords; empty for a broker without access control
 */
public record BrokerAccess(String bootstrapServers, Optional<Secrets> secrets) {
  /** The file in a data folder with the settings of a subscriber's client. */
  public static final String CLIENT_FILE = "client.properties";
  private static final int ITERATIONS = 4_096;
  private static final String BROKER = "broker";

  /** Generates the passwords that are missing: later ones could not be read by a process that has read the others. */
  public BrokerAccess {
    secrets.ifPresent(known -> {
      var _ = passwords(known);
      Arrays.stream(KafkaPrincipal.values()).forEach(principal -> password(known, principal));
    });
  }

  /** The passwords with which a locked broker starts. */
  public static KafkaBroker.Passwords passwords(Secrets secrets) {
    return new KafkaBroker.Passwords(password(secrets, BROKER), password(secrets, KafkaBroker.ADMIN));
  }

  /** The settings by which a service uses the broker, by configuration key. */
  public Map<String, String> settings(KafkaPrincipal principal) {
    Map<String, String> settings = new TreeMap<>();
    settings.put("neuron-ledger.kafka.bootstrap-servers", bootstrapServers);
    secrets.ifPresent(known -> settings.putAll(Map.of("neuron-ledger.kafka.security.protocol", "SASL_PLAINTEXT",
        "neuron-ledger.kafka.security.user", principal.id(),
        "neuron-ledger.kafka.security.password", password(known, principal))));
    return settings;
  }

  /** The properties of a principal's Kafka clients. */
  public Map<String, Object> clients(KafkaPrincipal principal) {
    return properties(secrets.map(known -> KafkaSecurity.local(principal.id(), password(known, principal))));
  }

  /** The properties of the tools' Kafka clients, for which no rule is needed. */
  public Map<String, Object> admin() {
    return properties(secrets.map(known -> KafkaSecurity.local(KafkaBroker.ADMIN, passwords(known).admin())));
  }

  private Map<String, Object> properties(Optional<KafkaSecurity> security) {
    return KafkaClients.properties(bootstrapServers, Optional.empty(),
        security.orElse(KafkaSecurity.NONE).properties());
  }

  private static String password(Secrets secrets, KafkaPrincipal principal) {
    return password(secrets, principal.id());
  }

  private static String password(Secrets secrets, String principal) {
    return secrets.of("kafka." + principal);
  }

  /**
   * Gives every principal its password and its rules, and removes all other rules. Safe to repeat.
   *
   * @throws KafkaException if the broker does not answer, or does not accept the admin's password
   */
  public void declare() {
    if (secrets.isEmpty()) {
      return;
    }
    try (Admin admin = Admin.create(admin())) {
      admin.alterUserScramCredentials(credentials(secrets.get())).all().get();
      Set<AclBinding> found = Set.copyOf(admin.describeAcls(AclBindingFilter.ANY).values().get());
      Set<AclBinding> declared = KafkaAcls.all();
      admin.createAcls(declared.stream().filter(rule -> !found.contains(rule)).toList()).all().get();
      admin.deleteAcls(found.stream().filter(rule -> !declared.contains(rule)).map(AclBinding::toFilter)
          .collect(Collectors.toSet())).all().get();
    } catch (InterruptedException e) {
      throw new InterruptException("interrupted while declaring the access to Kafka", e);
    } catch (ExecutionException e) {
      throw new KafkaException("cannot declare the access to Kafka: " + e.getCause(), e.getCause());
    }
  }

  private static List<UserScramCredentialAlteration> credentials(Secrets secrets) {
    List<UserScramCredentialAlteration> credentials = new ArrayList<>();
    for (KafkaPrincipal principal : KafkaPrincipal.values()) {
      credentials.add(new UserScramCredentialUpsertion(principal.id(),
          new ScramCredentialInfo(ScramMechanism.SCRAM_SHA_512, ITERATIONS),
          password(secrets, principal).getBytes(StandardCharsets.UTF_8)));
    }
    return credentials;
  }

  /** Writes {@link #CLIENT_FILE} for subscribers, readable by its owner only. @return its path */
  public Path writeClientFile(Path folder) {
    Properties client = new Properties();
    client.putAll(clients(KafkaPrincipal.SUBSCRIBER));
    client.put("group.id", KafkaPrincipal.SUBSCRIBER.id());
    client.put("isolation.level", "read_committed");
    Path file = folder.resolve(CLIENT_FILE);
    new PrivateFile(file).write(client, "A Kafka client that reads the ledger's events; its group ids begin with "
        + KafkaPrincipal.SUBSCRIBER.id());
    return file;
  }
}
