package io.neuronledger.testkit.servers;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.security.scram.ScramLoginModule;
import org.apache.kafka.common.utils.Exit;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.authorizer.StandardAuthorizer;
import org.apache.kafka.metadata.storage.Formatter;

/**
 * A real Kafka broker in KRaft mode inside this JVM: one node that is broker and controller. Topics are created by
 * declaration only, never on first use. A locked broker asks for SASL/SCRAM-SHA-512 on both of its listeners, and
 * allows what its access control lists have and nothing else.
 */
public final class KafkaBroker implements AutoCloseable {
  /** The principal of a locked broker for which no rule is needed. */
  public static final String ADMIN = "admin";

  private static final int NODE_ID = 1;
  private static final String FORMATTED = "meta.properties";
  private static final String MECHANISM = "SCRAM-SHA-512";
  /** The principal by which a locked broker connects to itself. */
  private static final String BROKER = "broker";

  private final KafkaRaftServer server;
  private final int port;
  private final Runnable onClose;
  private boolean closed;

  private KafkaBroker(KafkaRaftServer server, int port, Runnable onClose) {
    this.server = server;
    this.port = port;
    this.onClose = onClose;
  }

  /**
   * The passwords of a locked broker. A folder keeps those of its first start.
   *
   * @param broker of the broker itself
   * @param admin of {@link #ADMIN}
   */
  public record Passwords(String broker, String admin) {
    @Override
    public String toString() {
      return "Passwords";
    }
  }

  /**
   * The key of a broker that encrypts, with the certificate that signs it; for the address 127.0.0.1.
   *
   * @param file PKCS #12
   */
  public record Keystore(Path file, String password) {
    @Override
    public String toString() {
      return "Keystore[" + file + "]";
    }
  }

  /**
   * Starts without access control on a persistent data folder; existing data is kept. The folder is locked until the
   * broker stops.
   *
   * @param port 0 takes a free one
   * @throws FolderInUse if another holder has the folder
   * @throws IllegalStateException if a broker under another locale has named files of the folder
   */
  public static KafkaBroker start(Path dataDir, int port) {
    return start(dataDir, port, Optional.empty());
  }

  /** The same with access control. */
  public static KafkaBroker startLocked(Path dataDir, int port, Passwords passwords) {
    return start(dataDir, port, Optional.of(passwords));
  }

  private static KafkaBroker start(Path dataDir, int port, Optional<Passwords> passwords) {
    FolderLock lock = FolderLock.beside(dataDir);
    try {
      requireAsciiNames(dataDir);
      return start(dataDir, port, settings -> passwords.ifPresent(each -> lock(settings, each)), passwords,
          lock::close);
    } catch (RuntimeException e) {
      lock.close();
      throw e;
    }
  }

  /** Starts without access control on a folder that is deleted when the broker stops, at the latest with the JVM. */
  public static KafkaBroker startTemporary() {
    return startTemporary(Optional.empty());
  }

  /** The same with access control. */
  public static KafkaBroker startTemporaryLocked(Passwords passwords) {
    return startTemporary(Optional.of(passwords));
  }

  /** The same with access control, and encrypted: its clients need {@code SASL_SSL}. */
  public static KafkaBroker startTemporaryLocked(Passwords passwords, Keystore keystore) {
    return startTemporary(settings -> {
      lock(settings, passwords);
      encrypt(settings, keystore);
    }, Optional.of(passwords));
  }

  private static KafkaBroker startTemporary(Optional<Passwords> passwords) {
    return startTemporary(settings -> passwords.ifPresent(each -> lock(settings, each)), passwords);
  }

  private static KafkaBroker startTemporary(Consumer<Properties> locks, Optional<Passwords> passwords) {
    Path folder = TemporaryFolder.create("kafka");
    KafkaBroker broker = start(folder, 0, locks, passwords, () -> TemporaryFolder.remove(folder));
    Runtime.getRuntime().addShutdownHook(new Thread(broker::close, "temporary-kafka-stop"));
    return broker;
  }

  /**
   * Registers an action to run before a broker in this JVM halts the process. A broker halts at once, without closing
   * anything, for example when it cannot write.
   */
  public static void beforeHalt(Runnable last) {
    Exit.setHaltProcedure((status, _) -> {
      try {
        last.run();
      } finally {
        Runtime.getRuntime().halt(status);
      }
    });
  }

  private static KafkaBroker start(Path dataDir, int wantedPort, Consumer<Properties> locks,
      Optional<Passwords> passwords, Runnable onClose) {
    // Also in a JVM without this setting: with other digits the broker would not find its own files, and delete them.
    FixedLocale.set();
    int port = wantedPort == 0 ? FreePort.find() : wantedPort;
    // A wanted port is free until the broker has it: another look for a free one may find the same.
    int controllerPort = IntStream.generate(FreePort::find).filter(found -> found != port).findFirst().orElseThrow();
    Properties settings = settings(dataDir, port, controllerPort);
    locks.accept(settings);
    format(dataDir, settings, passwords);
    KafkaRaftServer server = new KafkaRaftServer(KafkaConfig.fromProps(settings), Time.SYSTEM);
    server.startup();
    return new KafkaBroker(server, port, onClose);
  }

  /** The broker does not recognise a file named with other digits, and overwrites it. */
  private static void requireAsciiNames(Path dataDir) {
    if (!Files.isDirectory(dataDir)) {
      return;
    }
    try (Stream<Path> files = Files.walk(dataDir)) {
      files.filter(file -> !file.equals(dataDir)).map(file -> file.getFileName().toString())
          .filter(name -> !US_ASCII.newEncoder().canEncode(name))
          .findFirst().ifPresent(name -> {
            throw new IllegalStateException("Kafka's folder " + dataDir + " has the file " + name
                + ", named under a locale with other digits: rename it with the digits 0 to 9 first");
          });
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read Kafka's folder " + dataDir, e);
    }
  }

  private static Properties settings(Path dataDir, int port, int controllerPort) {
    Properties settings = new Properties();
    settings.put("process.roles", "broker,controller");
    settings.put("node.id", String.valueOf(NODE_ID));
    // Voters are configured, not stored in the folder: the controller's port may differ at the next start.
    settings.put("controller.quorum.voters", NODE_ID + "@127.0.0.1:" + controllerPort);
    settings.put("controller.listener.names", "CONTROLLER");
    settings.put("inter.broker.listener.name", "PLAINTEXT");
    settings.put("listeners", "PLAINTEXT://127.0.0.1:" + port + ",CONTROLLER://127.0.0.1:" + controllerPort);
    settings.put("advertised.listeners", "PLAINTEXT://127.0.0.1:" + port);
    settings.put("listener.security.protocol.map", "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT");
    settings.put("log.dirs", dataDir.toString());
    settings.put("auto.create.topics.enable", "false");
    settings.put("num.partitions", "1");
    settings.put("offsets.topic.num.partitions", "4");
    settings.put("offsets.topic.replication.factor", "1");
    settings.put("transaction.state.log.num.partitions", "4");
    settings.put("transaction.state.log.replication.factor", "1");
    settings.put("transaction.state.log.min.isr", "1");
    // Each block is a transaction, which adds some 700 bytes there: a full segment is compacted, the newest one is not.
    settings.put("transaction.state.log.segment.bytes", String.valueOf(4 * 1024 * 1024));
    settings.put("share.coordinator.state.topic.replication.factor", "1");
    settings.put("share.coordinator.state.topic.min.isr", "1");
    settings.put("group.initial.rebalance.delay.ms", "0");
    // With the default of 20 ms, each of two consecutive transactions would wait that long.
    settings.put("add.partitions.to.txn.retry.backoff.ms", "1");
    settings.put("log.cleaner.dedupe.buffer.size", String.valueOf(16 * 1024 * 1024));
    settings.put("num.network.threads", "2");
    settings.put("num.io.threads", "4");
    return settings;
  }

  /** Both listeners ask for a password; nothing is allowed without a rule. */
  private static void lock(Properties settings, Passwords passwords) {
    settings.put("listener.security.protocol.map", "PLAINTEXT:SASL_PLAINTEXT,CONTROLLER:SASL_PLAINTEXT");
    settings.put("sasl.enabled.mechanisms", MECHANISM);
    settings.put("sasl.mechanism.inter.broker.protocol", MECHANISM);
    settings.put("sasl.mechanism.controller.protocol", MECHANISM);
    String login = ScramLoginModule.class.getName() + " required username=\"" + BROKER + "\" password=\""
        + passwords.broker() + "\";";
    for (String listener : List.of("plaintext", "controller")) {
      settings.put("listener.name." + listener + ".scram-sha-512.sasl.jaas.config", login);
    }
    settings.put("authorizer.class.name", StandardAuthorizer.class.getName());
    settings.put("allow.everyone.if.no.acl.found", "false");
    settings.put("super.users", "User:" + BROKER + ";User:" + ADMIN);
  }

  /** The listener of the clients; the controller's leaves this machine no more than before. */
  private static void encrypt(Properties settings, Keystore keystore) {
    settings.put("listener.security.protocol.map", "PLAINTEXT:SASL_SSL,CONTROLLER:SASL_PLAINTEXT");
    // It is its own client, too, and believes its own certificate.
    for (String store : List.of("keystore", "truststore")) {
      settings.put("ssl." + store + ".location", keystore.file().toString());
      settings.put("ssl." + store + ".password", keystore.password());
      settings.put("ssl." + store + ".type", "PKCS12");
    }
  }

  /** Assigns the folder its cluster id and the credentials without which nobody could add others, once. */
  private static void format(Path dataDir, Properties settings, Optional<Passwords> passwords) {
    if (Files.exists(dataDir.resolve(FORMATTED))) {
      return;
    }
    try {
      Files.createDirectories(dataDir);
      Formatter formatter = new Formatter();
      formatter.setClusterId(Uuid.randomUuid().toString());
      formatter.setNodeId(NODE_ID);
      formatter.setDirectories(List.of(dataDir.toString()));
      formatter.setMetadataLogDirectory(dataDir.toString());
      formatter.setControllerListenerName(settings.getProperty("controller.listener.names"));
      formatter.setPrintStream(new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8));
      formatter.setHasDynamicQuorum(false);
      formatter.setScramArguments(passwords.map(each -> List.of(credential(BROKER, each.broker()),
          credential(ADMIN, each.admin()))).orElse(List.of()));
      formatter.run();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot prepare Kafka's folder " + dataDir, e);
    } catch (Exception e) {
      throw new IllegalStateException("cannot prepare Kafka's folder " + dataDir, e);
    }
  }

  private static String credential(String user, String password) {
    return MECHANISM + "=[name=" + user + ",password=\"" + password + "\"]";
  }

  /** Host and port, for clients. */
  public String bootstrapServers() {
    return "127.0.0.1:" + port;
  }

  /** Idempotent. */
  @Override
  public synchronized void close() {
    if (closed) {
      return;
    }
    closed = true;
    server.shutdown();
    server.awaitShutdown();
    onClose.run();
  }
}
