package io.neuronledger.testkit.servers;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.neuronledger.testkit.servers.database.Login;
import io.neuronledger.testkit.servers.database.ServiceDatabase;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Both servers keep their data and are configured for durability. */
class ServersIT {
  @Test
  void postgres_resumes_where_it_stopped(@TempDir Path folder) throws Exception {
    try (PostgresServer first = PostgresServer.start(folder.resolve("pg"), 0, ServersIT::password)) {
      query(first, "CREATE TABLE kept AS SELECT 42 AS answer");
      assertThat(query(first, "SHOW fsync")).contains("on");
      assertThat(query(first, "SHOW synchronous_commit")).contains("on");
      assertThat(query(first, "SHOW server_version").orElseThrow()).startsWith("18.");
    }
    try (PostgresServer second = PostgresServer.start(folder.resolve("pg"), 0, ServersIT::password)) {
      assertThat(query(second, "SELECT answer FROM kept")).contains("42");
    }
  }

  /** A line that was removed from the passwords of a data folder is another password at the next start. */
  @Test
  void a_database_role_gets_the_password_of_the_next_start(@TempDir Path folder) throws Exception {
    ServiceDatabase old;
    try (PostgresServer first = PostgresServer.start(folder.resolve("pg"), 0, ServersIT::password)) {
      old = first.database("one");
      old.running().on(old.url()).getConnection().close();
    }
    try (PostgresServer second = PostgresServer.start(folder.resolve("pg"), 0,
        name -> name.equals("one") ? "another" : password(name))) {
      ServiceDatabase database = second.database("one");
      assertThatThrownBy(() -> old.running().on(database.url()).getConnection())
          .isInstanceOfSatisfying(SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("28P01"));
      database.running().on(database.url()).getConnection().close();
      old.migrating().on(database.url()).getConnection().close();
    }
  }

  /** As docs/operations.md changes it: by ALTER ROLE, and then in the passwords of the data folder. */
  @Test
  void the_superusers_password_is_changed_together_with_its_line(@TempDir Path folder) throws Exception {
    Login old;
    try (PostgresServer first = PostgresServer.start(folder.resolve("pg"), 0, ServersIT::password)) {
      old = first.superuser();
      query(first, "ALTER ROLE postgres PASSWORD 'another'");
    }
    try (PostgresServer second = PostgresServer.start(folder.resolve("pg"), 0,
        name -> name.equals(PostgresServer.SUPERUSER) ? "another" : password(name))) {
      assertThat(query(second, "SELECT current_user")).contains(PostgresServer.SUPERUSER);
      assertThatThrownBy(() -> old.on(second.jdbcUrl("ledger")).getConnection())
          .isInstanceOfSatisfying(SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("28P01"));
    }
  }

  @Test
  void kafka_resumes_where_it_stopped(@TempDir Path folder) throws Exception {
    try (KafkaBroker first = KafkaBroker.start(folder.resolve("kafka"), 0)) {
      declare(first.bootstrapServers(), "kept");
      send(first.bootstrapServers(), "kept", "before");
    }
    try (KafkaBroker second = KafkaBroker.start(folder.resolve("kafka"), 0)) {
      send(second.bootstrapServers(), "kept", "after");
      assertThat(read(second.bootstrapServers(), "kept")).containsExactly("before", "after");
    }
  }

  @Test
  void a_folder_of_another_locale_is_refused_unchanged(@TempDir Path folder) throws Exception {
    Path dataDir = folder.resolve("kafka");
    Path topic = dataDir.resolve("kept-0");
    try (KafkaBroker first = KafkaBroker.start(dataDir, 0)) {
      declare(first.bootstrapServers(), "kept");
      send(first.bootstrapServers(), "kept", "before");
    }
    Path segment = topic.resolve("00000000000000000000.log");
    Path renamed = Files.move(segment, topic.resolve("\u0660".repeat(20) + ".log"));
    assertThatThrownBy(() -> KafkaBroker.start(dataDir, 0).close()).isInstanceOf(IllegalStateException.class)
        .hasMessageContaining(renamed.getFileName().toString());
    Files.move(renamed, segment);
    try (KafkaBroker second = KafkaBroker.start(dataDir, 0)) {
      assertThat(read(second.bootstrapServers(), "kept")).containsExactly("before");
    }
  }

  @Test
  void collation_and_time_zone_are_fixed(@TempDir Path folder) throws Exception {
    try (PostgresServer server = PostgresServer.start(folder.resolve("pg"), 0, ServersIT::password)) {
      assertThat(query(server, "SELECT datcollate || ' ' || datctype FROM pg_database WHERE datname = 'postgres'"))
          .contains("C C");
      assertThat(query(server, "SELECT string_agg(setting, ' ') FROM pg_settings"
          + " WHERE name IN ('lc_messages', 'lc_numeric', 'lc_time')")).contains("C C C");
      assertThat(query(server, "SHOW log_timezone")).contains("UTC");
    }
  }

  /** The second begins as a copy of what the first one began with. */
  @Test
  void temporary_servers_share_the_superusers_password_and_nothing_else() throws Exception {
    Path folder;
    try (PostgresServer first = PostgresServer.startTemporary()) {
      query(first, "CREATE TABLE of_the_first ()");
      try (PostgresServer second = PostgresServer.startTemporary()) {
        folder = Path.of(query(second, "SHOW data_directory").orElseThrow());
        assertThat(query(second, "SELECT count(*) FROM pg_class WHERE relname = 'of_the_first'")).contains("0");
        assertThat(query(second, "SHOW fsync")).contains("on");
        assertThat(second.superuser().password()).isEqualTo(first.superuser().password());
        assertThat(second.database("one").running().password())
            .isNotEqualTo(first.database("one").running().password());
        for (Login stranger : List.of(first.database("one").running(), new Login(PostgresServer.SUPERUSER, "x"))) {
          assertThatThrownBy(() -> stranger.on(second.database("one").url()).getConnection())
              .isInstanceOfSatisfying(SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("28P01"));
        }
      }
      assertThat(folder).doesNotExist();
    }
  }

  @Test
  void the_shared_test_broker_commits_transactions() throws Exception {
    declare(TestKafka.bootstrapServers(), "shared");
    send(TestKafka.bootstrapServers(), "shared", "committed");
    assertThat(read(TestKafka.bootstrapServers(), "shared")).containsExactly("committed");
  }

  private static Optional<String> query(PostgresServer server, String sql) throws Exception {
    try (Connection connection = server.superuser().on(server.jdbcUrl("ledger")).getConnection();
        Statement statement = connection.createStatement()) {
      if (!statement.execute(sql)) {
        return Optional.empty();
      }
      try (ResultSet rows = statement.getResultSet()) {
        return rows.next() ? Optional.of(rows.getString(1)) : Optional.empty();
      }
    }
  }

  private static void declare(String bootstrapServers, String topic) throws Exception {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers))) {
      admin.createTopics(List.of(new NewTopic(topic, 1, (short) 1))).all().get();
    }
  }

  private static void send(String bootstrapServers, String topic, String value) throws Exception {
    Map<String, Object> settings =
        Map.of("bootstrap.servers", bootstrapServers, "transactional.id", "servers-it-" + topic);
    try (KafkaProducer<String, String> producer =
        new KafkaProducer<>(settings, new StringSerializer(), new StringSerializer())) {
      producer.initTransactions();
      producer.beginTransaction();
      producer.send(new ProducerRecord<>(topic, value)).get();
      producer.commitTransaction();
    }
  }

  private static List<String> read(String bootstrapServers, String topic) {
    Map<String, Object> settings = Map.of("bootstrap.servers", bootstrapServers, "isolation.level", "read_committed");
    try (KafkaConsumer<String, String> consumer =
        new KafkaConsumer<>(settings, new StringDeserializer(), new StringDeserializer())) {
      TopicPartition partition = new TopicPartition(topic, 0);
      consumer.assign(List.of(partition));
      consumer.seekToBeginning(List.of(partition));
      long end = requireNonNull(consumer.endOffsets(List.of(partition)).get(partition));
      List<String> values = new ArrayList<>();
      while (consumer.position(partition) < end) {
        consumer.poll(Duration.ofMillis(100)).forEach(found -> values.add(found.value()));
      }
      return values;
    }
  }

  private static String password(String role) {
    return "password of " + role;
  }
}
