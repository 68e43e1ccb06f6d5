package io.neuronledger.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.neuronledger.cli.answer.LedgerApi;
import io.neuronledger.cli.answer.PublishedEvents;
import io.neuronledger.cli.demo.LifeCycle;
import io.neuronledger.cli.repository.ShownCommand;
import io.neuronledger.cli.stack.Stack;
import io.neuronledger.cli.stack.StackOptions;
import io.neuronledger.cli.stack.chain.DevChain;
import io.neuronledger.contracts.event.EventNames;
import io.neuronledger.contracts.topic.KafkaPrincipal;
import io.neuronledger.contracts.topic.Partitions;
import io.neuronledger.contracts.topic.Topics;
import io.neuronledger.contracts.value.Neuron;
import io.neuronledger.testkit.devchain.transaction.DevWallet;
import io.neuronledger.testkit.servers.KafkaBroker;
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.MemberDescription;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The commands of {@code docs/subscribe.md}, as they stand there, at the broker of a stack: each prints an owner's
 * events from the first one on, and started again goes on where it stopped, over a fork.
 */
class SubscribeIT {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final DevWallet ALICE = DevWallet.funded(1);
  private static final Pattern GROUP = Pattern.compile("\\bsubscriber-[a-z]+\\b");

  private static final Pattern LIBRDKAFKA = Pattern.compile("librdkafka (\\d+)\\.(\\d+)\\.(\\d+)");

  private static Stack stack;
  private static Place stacks;
  private static KafkaBroker open;
  private static Place copy;

  /**
   * Where a subscriber reads.
   *
   * @param folder where a newcomer would be, beside the clone's folders and the data in {@code .ledger/data}
   */
  private record Place(Path folder, Map<String, Object> client, Map<String, Object> admin) {}

  /** What is published, and what of it is the owner's. */
  private record Published(Map<TopicPartition, Long> next, List<String> owners) {}

  @BeforeAll
  static void play(@TempDir Path temporary) throws IOException, ExecutionException, InterruptedException {
    Path folder = clone(temporary.resolve("locked"));
    stack = Stack.start(StackOptions.temporary().withDataDir(folder.resolve(".ledger/data")));
    stacks = new Place(folder, stack.kafka().clients(KafkaPrincipal.SUBSCRIBER), stack.kafka().admin());
    DevChain chain = stack.devChain().orElseThrow();
    new LifeCycle(chain.node().control(), chain.contract(), (_, _, _) -> { }).play();
    reach();

    open = KafkaBroker.startTemporary();
    Map<String, Object> client = Map.of("bootstrap.servers", open.bootstrapServers());
    copy = new Place(clone(temporary.resolve("open")), client, client);
    Files.writeString(copy.folder().resolve(".ledger/data/client.properties"),
        "bootstrap.servers=" + open.bootstrapServers() + "\n");
    try (Admin admin = Admin.create(client)) {
      admin.createTopics(List.of(new NewTopic(Topics.PUBLIC_EVENTS, Partitions.DEFAULT.count(), (short) 1))).all()
          .get();
    }
  }

  private static Path clone(Path folder) throws IOException {
    Files.createDirectories(folder.resolve(".ledger/data"));
    for (String part : List.of("api-contracts", "infra")) {
      Files.createSymbolicLink(folder.resolve(part), Path.of("../..").toAbsolutePath().normalize().resolve(part));
    }
    return folder;
  }

  @AfterAll
  static void stop() {
    open.close();
    stack.close();
  }

  /**
   * Older libraries of kcat cannot log in by SCRAM at a Kafka of today: they read a copy of the topic at a broker that
   * asks for no password.
   */
  private static Place placeOf(String command) throws IOException, InterruptedException {
    if (!command.contains("subscriber.sh")) {
      return stacks;
    }
    Process kcat = new ProcessBuilder("kcat", "-V").redirectErrorStream(true).start();
    Matcher version = LIBRDKAFKA.matcher(new String(kcat.getInputStream().readAllBytes(), StandardCharsets.UTF_8));
    assertThat(kcat.waitFor()).isZero();
    assertThat(version.find()).isTrue();
    int found = IntStream.rangeClosed(1, 3).map(part -> Integer.parseInt(version.group(part)))
        .reduce(0, (number, part) -> number * 1_000 + part);
    return found >= 2_006_001 ? stacks : copy;
  }

  /** Adds to the copy what it has not yet. */
  private static void copyTo(Place place) {
    if (place.equals(stacks)) {
      return;
    }
    Map<TopicPartition, Long> there = published(copy).next();
    Map<TopicPartition, Long> read = new HashMap<>();
    try (KafkaProducer<String, String> producer =
        new KafkaProducer<>(copy.client(), new StringSerializer(), new StringSerializer())) {
      PublishedEvents.read(stacks.client(), Topics.PUBLIC_EVENTS, each -> {
        TopicPartition partition = new TopicPartition(each.topic(), each.partition());
        if (read.merge(partition, 1L, Long::sum) > there.getOrDefault(partition, 0L)) {
          var _ = producer.send(new ProducerRecord<>(each.topic(), each.partition(), each.key(), each.value(),
              each.headers()));
        }
      });
      producer.flush();
    }
  }

  /** Waits until the ledger has the newest block. Both topics are written in one transaction. */
  private static void reach() {
    var _ = stack.api().ownerAt(ALICE.address(), stack.devChain().orElseThrow().node().control().head());
  }

  private static Published published(Place place) {
    Map<TopicPartition, Long> next = new HashMap<>();
    List<String> owners = new ArrayList<>();
    PublishedEvents.read(place.client(), Topics.PUBLIC_EVENTS, each -> {
      next.put(new TopicPartition(each.topic(), each.partition()), each.offset() + 1);
      if (each.key().equals(ALICE.address().toString())) {
        owners.add(each.value());
      }
    });
    return new Published(next, owners);
  }

  @Test
  void three_languages_are_shown() {
    assertThat(ShownCommand.ofSubscribers()).extracting(each -> GROUP.matcher(each.command()).results()
        .map(found -> found.group()).collect(Collectors.joining()))
        .containsExactly("subscriber-shell", "subscriber-java", "subscriber-javascript");
  }

  @ParameterizedTest
  @MethodSource("io.neuronledger.cli.repository.ShownCommand#ofSubscribers")
  void a_subscriber_prints_all_events_of_an_owner_and_started_again_the_new_ones(ShownCommand shown)
      throws IOException, ExecutionException, InterruptedException {
    Place place = placeOf(shown.command());
    copyTo(place);
    Published first = published(place);
    assertThat(first.owners()).hasSizeGreaterThan(15);
    assertThat(printed(shown.command(), place, first, first.owners().size())).isEqualTo(first.owners());

    depositAndRetract();
    copyTo(place);
    Published second = published(place);
    List<String> added = second.owners().subList(first.owners().size(), second.owners().size());
    assertThat(added).extracting(SubscribeIT::type).containsExactly(EventNames.FUNDS_DEPOSITED,
        EventNames.LEDGER_REWOUND);
    assertThat(printed(shown.command(), place, second, added.size())).isEqualTo(added);
    assertThat(available(second.owners())).as("by the rules of docs/subscribe.md").isEqualTo(
        stack.api().getOk("/v1/ledgers/" + ALICE.address()).get("available").asString());
  }

  /** As the page shows it: the receiver accepts what is signed, and prints what the topic has. */
  @Test
  void a_receiver_of_a_webhook_prints_all_events_of_an_owner() throws IOException, InterruptedException {
    String command = ShownCommand.session(Path.of("docs/subscribe.md")).stream().map(ShownCommand::command)
        .filter(each -> each.contains("receiver.mjs")).findFirst().orElseThrow();
    int port;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    LedgerApi.Answer made = stack.api().post("/v1/ledgers/" + ALICE.address() + "/webhooks",
        "{\"url\":\"http://127.0.0.1:" + port + "/\",\"after\":\"beginning\"}");
    assertThat(made.statusCode()).as(made.body()).isEqualTo(201);
    String secret = JsonMapper.shared().readTree(made.body()).path("secret").asString();
    Path output = Files.createTempFile(stacks.folder(), "received", ".ndjson");
    Process process = new ProcessBuilder("bash", "-euo", "pipefail", "-c",
        command.replace(" 9000 ", " " + port + " ").replace("whsec_...", secret)).directory(stacks.folder().toFile())
        .redirectOutput(output.toFile()).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    try {
      await().atMost(PATIENCE).untilAsserted(() -> assertThat(Files.readAllLines(output).stream()
          .filter(line -> line.startsWith("{")).map(line -> JsonMapper.shared().readTree(line).path("data").toString()))
          .containsExactlyElementsOf(published(stacks).owners().stream()
              .map(each -> JsonMapper.shared().readTree(each).toString()).toList()));
    } finally {
      List<ProcessHandle> all = Stream.concat(process.descendants(), Stream.of(process.toHandle())).toList();
      all.forEach(ProcessHandle::destroy);
      all.forEach(each -> each.onExit().join());
    }
  }

  private static void depositAndRetract() {
    DevChain chain = stack.devChain().orElseThrow();
    var _ = chain.contract().await(chain.contract().deposit(ALICE, Neuron.ofZeroG("2")));
    reach();
    chain.node().control().reorg(1, List.of());
    chain.contract().transactions().forgetNonces();
    await().atMost(PATIENCE).until(() -> type(published(stacks).owners().getLast()).equals(EventNames.LEDGER_REWOUND));
    reach();
  }

  /** What the command prints until it has committed that it has read everything; then it is stopped. */
  private static List<String> printed(String command, Place place, Published until, int count)
      throws IOException, ExecutionException, InterruptedException {
    Path output = Files.createTempFile(place.folder(), "printed", ".ndjson");
    Path errors = Files.createTempFile(place.folder(), "errors", ".log");
    ProcessBuilder bash = new ProcessBuilder("bash", "-euo", "pipefail", "-c", command)
        .directory(place.folder().toFile()).redirectOutput(output.toFile()).redirectError(errors.toFile());
    bash.environment().put("LEDGER_CLIENT", System.getProperty("java.class.path"));
    bash.environment().merge("PATH", System.getProperty("java.home") + "/bin",
        (path, java) -> java + File.pathSeparator + path);
    Process process = bash.start();
    try {
      await().atMost(PATIENCE).untilAsserted(() -> {
        assertThat(process.isAlive()).as(Files.readString(errors)).isTrue();
        assertThat(Files.readAllLines(output)).as(Files.readString(errors)).hasSize(count);
        assertThat(committed(place, group(command))).allSatisfy((partition, offset) -> assertThat(offset.offset())
            .isGreaterThanOrEqualTo(until.next().getOrDefault(partition, 0L))).containsKeys(
            until.next().keySet().toArray(TopicPartition[]::new));
      });
    } finally {
      List<ProcessHandle> all = Stream.concat(process.descendants(), Stream.of(process.toHandle())).toList();
      all.forEach(ProcessHandle::destroy);
      all.forEach(each -> each.onExit().join());
    }
    assertThat(members(place, group(command))).as("it has left its group, so that the next one need not wait")
        .isEmpty();
    return Files.readAllLines(output);
  }

  private static List<MemberDescription> members(Place place, String group)
      throws ExecutionException, InterruptedException {
    try (Admin admin = Admin.create(place.admin())) {
      return admin.describeConsumerGroups(List.of(group)).all().get().values().stream()
          .flatMap(each -> each.members().stream()).toList();
    }
  }

  private static String group(String command) {
    Matcher group = GROUP.matcher(command);
    assertThat(group.find()).isTrue();
    return group.group();
  }

  private static Map<TopicPartition, OffsetAndMetadata> committed(Place place, String group)
      throws ExecutionException, InterruptedException {
    try (Admin admin = Admin.create(place.admin())) {
      return admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata().get();
    }
  }

  private static String type(String event) {
    return JsonMapper.shared().readTree(event).at("/event/type").asString();
  }

  /** Assigned from each event that has it, in order. */
  private static String available(List<String> events) {
    return events.stream().map(each -> JsonMapper.shared().readTree(each).get("event"))
        .map(event -> Stream.of(event.at("/after/available"), event.at("/state/available"))
            .filter(JsonNode::isString).findFirst())
        .flatMap(found -> found.map(JsonNode::asString).stream()).reduce((_, last) -> last)
        .orElseThrow();
  }
}
