package io.neuronledger.cli.stack.secret;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.neuronledger.contracts.topic.KafkaPrincipal;
import io.neuronledger.contracts.topic.TopicAccess;
import io.neuronledger.contracts.topic.TopicAccess.Operation;
import io.neuronledger.contracts.topic.TopicShape;
import io.neuronledger.contracts.topic.Topics;
import io.neuronledger.foundation.partitionlog.KafkaClients;
import io.neuronledger.foundation.partitionlog.KafkaSecurity;
import io.neuronledger.testkit.servers.KafkaBroker;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.ScramCredentialInfo;
import org.apache.kafka.clients.admin.ScramMechanism;
import org.apache.kafka.clients.admin.UserScramCredentialUpsertion;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclBindingFilter;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.SaslAuthenticationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.UnsupportedSaslMechanismException;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every principal, every topic, every operation, on a real broker: what {@link TopicAccess} has, and nothing else. */
class BrokerAccessIT {
  private static final Secrets SECRETS = Secrets.temporary();
  private static final KafkaBroker BROKER = KafkaBroker.startTemporaryLocked(BrokerAccess.passwords(SECRETS));
  private static final BrokerAccess ACCESS = new BrokerAccess(BROKER.bootstrapServers(), Optional.of(SECRETS));
  private static final String OTHER = "another-topic";

  @BeforeAll
  static void declare() throws Exception {
    ACCESS.declare();
    try (Attempts admin = new Attempts(ACCESS.admin())) {
      List<NewTopic> topics = new ArrayList<>(TopicShape.ALL.stream()
          .map(shape -> new NewTopic(shape.name(), 1, (short) 1)).toList());
      topics.add(new NewTopic(OTHER, 1, (short) 1));
      admin.admin().createTopics(topics).all().get();
      for (NewTopic topic : topics) {
        admin.writeIdempotently(topic.name());
      }
    }
  }

  @AfterAll
  static void stop() {
    BROKER.close();
  }

  @ParameterizedTest
  @EnumSource
  void a_principal_may_do_with_each_topic_what_it_is_allowed_and_nothing_else(KafkaPrincipal principal)
      throws Exception {
    List<String> wrong = new ArrayList<>();
    int attempts = 0;
    try (Attempts client = new Attempts(ACCESS.clients(principal))) {
      for (TopicShape shape : TopicShape.ALL) {
        for (Operation operation : Operation.values()) {
          boolean allowed = client.isAllowed(operation, shape.name());
          attempts++;
          if (allowed != TopicAccess.allows(principal, shape.name(), operation)) {
            wrong.add(operation + " " + shape.name() + (allowed ? " was allowed" : " was refused"));
          }
        }
        if (TopicAccess.allows(principal, shape.name(), Operation.WRITE)) {
          client.writeIdempotently(shape.name());
        }
      }
      for (Operation operation : Operation.values()) {
        if (client.isAllowed(operation, OTHER)) {
          wrong.add(operation + " " + OTHER + " was allowed");
        }
      }
      assertThat(client.admin().listTopics().names().get()).isEqualTo(TopicShape.ALL.stream().map(TopicShape::name)
          .filter(topic -> TopicAccess.allows(principal, topic, Operation.DESCRIBE)).collect(Collectors.toSet()));
    }
    assertThat(wrong).isEmpty();
    assertThat(attempts).isEqualTo(TopicShape.ALL.size() * Operation.values().length);
  }

  @ParameterizedTest
  @EnumSource
  void a_principal_has_its_own_groups_and_transactional_ids_only(KafkaPrincipal principal) throws Exception {
    List<String> wrong = new ArrayList<>();
    String topic = TopicShape.ALL.stream().map(TopicShape::name)
        .filter(name -> TopicAccess.allows(principal, name, Operation.READ)).findFirst().orElse(Topics.USAGE_REPORTS);
    try (Attempts client = new Attempts(ACCESS.clients(principal))) {
      for (KafkaPrincipal owner : KafkaPrincipal.values()) {
        for (String name : List.of(owner.id(), owner.id() + "-and.more")) {
          if (client.mayJoin(name, topic) != (owner == principal && principal.hasGroups())) {
            wrong.add("group " + name);
          }
          if (client.mayTransact(name) != (owner == principal && principal.hasTransactions())) {
            wrong.add("transactional id " + name);
          }
        }
      }
      assertThat(client.mayJoin("any", topic)).isFalse();
      assertThat(client.mayTransact("any")).isFalse();
    }
    assertThat(wrong).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void a_principal_changes_nothing_of_the_cluster(KafkaPrincipal principal) throws Exception {
    AclBinding everything = new AclBinding(new ResourcePattern(ResourceType.TOPIC, "*", PatternType.LITERAL),
        new AccessControlEntry("User:" + principal.id(), "*", AclOperation.ALL, AclPermissionType.ALLOW));
    UserScramCredentialUpsertion password = new UserScramCredentialUpsertion(KafkaBroker.ADMIN,
        new ScramCredentialInfo(ScramMechanism.SCRAM_SHA_512, 4_096), "taken over");
    try (Attempts client = new Attempts(ACCESS.clients(principal))) {
      Admin admin = client.admin();
      assertThat(Attempts.isAllowed(() -> admin.createAcls(List.of(everything)).all().get())).isFalse();
      assertThat(Attempts.isAllowed(() -> admin.describeAcls(AclBindingFilter.ANY).values().get())).isFalse();
      assertThat(Attempts.isAllowed(() -> admin.deleteAcls(List.of(AclBindingFilter.ANY)).all().get())).isFalse();
      assertThat(Attempts.isAllowed(() -> admin.alterUserScramCredentials(List.of(password)).all().get())).isFalse();
      assertThat(Attempts.isAllowed(() -> admin.describeUserScramCredentials().all().get())).isFalse();
      assertThat(Attempts.isAllowed(() ->
          admin.createTopics(List.of(new NewTopic("undeclared", 1, (short) 1))).all().get())).isFalse();
      assertThat(Attempts.isAllowed(() -> admin.describeConfigs(List.of(
          new ConfigResource(ConfigResource.Type.BROKER, "1"))).all().get())).isFalse();
    }
  }

  @Test
  void the_admin_needs_no_rule() throws Exception {
    try (Attempts admin = new Attempts(ACCESS.admin())) {
      for (TopicShape shape : TopicShape.ALL) {
        for (Operation operation : Operation.values()) {
          if (operation != Operation.DELETE) {
            assertThat(admin.isAllowed(operation, shape.name())).as(operation + " " + shape.name()).isTrue();
          }
        }
      }
      assertThat(admin.isAllowed(Operation.CREATE, "of-the-admin")).isTrue();
      assertThat(admin.isAllowed(Operation.DELETE, "of-the-admin")).isTrue();
    }
  }

  @Test
  void nobody_enters_without_the_right_password() throws Exception {
    String user = KafkaPrincipal.LEDGER_QUERY.id();
    String right = SECRETS.of("kafka." + user);
    for (String servers : List.of("bootstrap.servers", "bootstrap.controllers")) {
      String address = servers.equals("bootstrap.servers") ? BROKER.bootstrapServers() : controller();
      assertThatThrownBy(() -> enter(servers, address, KafkaSecurity.NONE)).as(servers)
          .hasCauseInstanceOf(TimeoutException.class);
      assertThatThrownBy(() -> enter(servers, address, KafkaSecurity.local(user, right + "x"))).as(servers)
          .hasCauseInstanceOf(SaslAuthenticationException.class);
      assertThatThrownBy(() -> enter(servers, address, KafkaSecurity.local("nobody", right))).as(servers)
          .hasCauseInstanceOf(SaslAuthenticationException.class);
    }
    enter("bootstrap.servers", BROKER.bootstrapServers(), KafkaSecurity.local(user, right));
  }

  @Test
  void no_other_mechanism_is_accepted() {
    Map<String, Object> plain = new HashMap<>(ACCESS.clients(KafkaPrincipal.LEDGER_QUERY));
    plain.put("sasl.mechanism", "PLAIN");
    plain.put("sasl.jaas.config", "org.apache.kafka.common.security.plain.PlainLoginModule required username=\""
        + KafkaPrincipal.LEDGER_QUERY.id() + "\" password=\"x\";");
    assertThatThrownBy(() -> {
      try (Admin admin = Admin.create(plain)) {
        admin.listTopics().names().get();
      }
    }).hasCauseInstanceOf(UnsupportedSaslMechanismException.class);
  }

  /** A client that knows nothing but the file. */
  @Test
  void the_client_file_is_enough_for_a_subscriber_and_only_its_owner_may_read_it(@TempDir Path folder)
      throws Exception {
    Path file = ACCESS.writeClientFile(folder);
    assertThat(file).hasFileName("client.properties");
    assertThat(Files.getPosixFilePermissions(file)).isEqualTo(PosixFilePermissions.fromString("rw-------"));
    Properties client = new Properties();
    try (Reader text = Files.newBufferedReader(file)) {
      client.load(text);
    }
    Map<String, Object> properties = new HashMap<>();
    client.stringPropertyNames().forEach(name -> properties.put(name, client.getProperty(name, "")));
    assertThat(properties).containsEntry("isolation.level", "read_committed");
    try (Attempts subscriber = new Attempts(properties)) {
      assertThat(subscriber.isAllowed(Operation.READ, Topics.PUBLIC_EVENTS)).isTrue();
      assertThat(subscriber.mayJoin(client.getProperty("group.id", ""), Topics.PUBLIC_EVENTS)).isTrue();
      assertThat(subscriber.isAllowed(Operation.WRITE, Topics.PUBLIC_EVENTS)).isFalse();
    }
  }

  /** Passwords and rules are kept; a changed password and a rule too many are put right. */
  @Test
  void a_restart_on_the_same_folder_keeps_the_locks(@TempDir Path folder) throws Exception {
    Secrets secrets = Secrets.in(folder);
    BrokerAccess first;
    try (KafkaBroker broker = KafkaBroker.startLocked(folder.resolve("kafka"), 0, BrokerAccess.passwords(secrets))) {
      first = new BrokerAccess(broker.bootstrapServers(), Optional.of(secrets));
      first.declare();
      try (Attempts indexer = new Attempts(first.clients(KafkaPrincipal.CHAIN_INDEXER));
          Attempts admin = new Attempts(first.admin())) {
        assertThat(indexer.isAllowed(Operation.CREATE, Topics.CHAIN_EVENTS)).isTrue();
        admin.admin().createAcls(List.of(new AclBinding(
            new ResourcePattern(ResourceType.TOPIC, Topics.CHAIN_EVENTS, PatternType.LITERAL),
            new AccessControlEntry("User:subscriber", "*", AclOperation.WRITE, AclPermissionType.ALLOW)))).all().get();
      }
    }
    Secrets again = Secrets.in(folder);
    try (KafkaBroker broker = KafkaBroker.startLocked(folder.resolve("kafka"), 0, BrokerAccess.passwords(again))) {
      BrokerAccess second = new BrokerAccess(broker.bootstrapServers(), Optional.of(again));
      try (Attempts indexer = new Attempts(second.clients(KafkaPrincipal.CHAIN_INDEXER));
          Attempts subscriber = new Attempts(second.clients(KafkaPrincipal.SUBSCRIBER))) {
        assertThat(indexer.isAllowed(Operation.WRITE, Topics.CHAIN_EVENTS)).isTrue();
        assertThat(subscriber.isAllowed(Operation.WRITE, Topics.CHAIN_EVENTS)).isTrue();
        second.declare();
        assertThat(subscriber.isAllowed(Operation.WRITE, Topics.CHAIN_EVENTS)).isFalse();
        assertThat(rules(second)).isEqualTo(KafkaAcls.all());
      }
    }
  }

  @Test
  void a_password_whose_line_was_removed_is_another_one_after_the_next_start(@TempDir Path folder) throws Exception {
    Secrets secrets = Secrets.in(folder);
    Map<String, Object> old;
    try (KafkaBroker broker = KafkaBroker.startLocked(folder.resolve("kafka"), 0, BrokerAccess.passwords(secrets))) {
      new BrokerAccess(broker.bootstrapServers(), Optional.of(secrets)).declare();
      old = new BrokerAccess(broker.bootstrapServers(), Optional.of(secrets)).clients(KafkaPrincipal.LEDGER_QUERY);
    }
    Path file = folder.resolve(Secrets.FILE);
    Files.write(file,
        Files.readAllLines(file).stream().filter(line -> !line.startsWith("kafka.ledger-query=")).toList());
    Secrets changed = Secrets.in(folder);
    try (KafkaBroker broker = KafkaBroker.startLocked(folder.resolve("kafka"), 0, BrokerAccess.passwords(changed))) {
      BrokerAccess access = new BrokerAccess(broker.bootstrapServers(), Optional.of(changed));
      access.declare();
      try (Attempts query = new Attempts(access.clients(KafkaPrincipal.LEDGER_QUERY))) {
        assertThat(query.isAllowed(Operation.CREATE, Topics.BLOCKS)).isTrue();
      }
      Map<String, Object> stale = new HashMap<>(old);
      stale.put("bootstrap.servers", broker.bootstrapServers());
      try (Admin admin = Admin.create(stale)) {
        assertThatThrownBy(() -> admin.listTopics().names().get())
            .hasCauseInstanceOf(SaslAuthenticationException.class);
      }
    }
  }

  private static Set<AclBinding> rules(BrokerAccess access) throws ExecutionException, InterruptedException {
    try (Admin admin = Admin.create(access.admin())) {
      return Set.copyOf(admin.describeAcls(AclBindingFilter.ANY).values().get());
    }
  }

  private static void enter(String servers, String address, KafkaSecurity security)
      throws ExecutionException, InterruptedException {
    Map<String, Object> properties = new HashMap<>(KafkaClients.properties(address, Optional.empty(),
        security.properties()));
    properties.remove("bootstrap.servers");
    properties.put(servers, address);
    properties.put("default.api.timeout.ms", 2_000);
    properties.put("request.timeout.ms", 1_000);
    try (Admin admin = Admin.create(properties)) {
      var _ = admin.describeCluster().clusterId().get();
    }
  }

  /** The address of the controller's listener, as the admin reads it. */
  private static String controller() throws ExecutionException, InterruptedException {
    ConfigResource broker = new ConfigResource(ConfigResource.Type.BROKER, "1");
    try (Admin admin = Admin.create(ACCESS.admin())) {
      String listeners = requireNonNull(admin.describeConfigs(List.of(broker)).all().get().get(broker))
          .get("listeners").value();
      return listeners.substring(listeners.indexOf("CONTROLLER://") + "CONTROLLER://".length());
    }
  }
}
