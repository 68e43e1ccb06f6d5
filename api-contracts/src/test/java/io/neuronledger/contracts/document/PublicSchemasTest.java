package io.neuronledger.contracts.document;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.dialect.Dialects;
import io.neuronledger.contracts.event.EventNames;
import io.neuronledger.contracts.topic.TopicShape;
import io.neuronledger.contracts.topic.Topics;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The JSON Schemas of the public events, their examples, and the AsyncAPI document that refers to them. */
class PublicSchemasTest {
  private static final JsonNode DOCUMENT = Documents.read("/asyncapi/public-events.v1.yaml");
  private static final SchemaRegistry REGISTRY = SchemaRegistry.withDefaultDialect(Dialects.getDraft7(),
      registry -> registry.schemaRegistryConfig(
          SchemaRegistryConfig.builder().formatAssertionsEnabled(true).build()));

  static Stream<Class<?>> events() {
    return PublicSchemas.events().stream();
  }

  /** What this makes is in {@code target/public-events}, to be copied after a change that is meant. */
  @ParameterizedTest
  @MethodSource("events")
  void each_file_is_what_the_account_events_say(Class<?> event) throws IOException {
    ObjectNode made = PublicSchemas.of(event);
    JsonNode published = PublicSchemas.published(event);
    made.set("examples", published.path("examples"));
    Path folder = Files.createDirectories(Path.of("target/public-events"));
    Files.writeString(folder.resolve(PublicSchemas.nameOf(event) + ".json"), PublicSchemas.text(made));
    assertThat(Files.readString(PublicSchemas.SOURCES.resolve(PublicSchemas.nameOf(event) + ".json")))
        .isEqualTo(PublicSchemas.text(made));
  }

  @Test
  void every_file_belongs_to_an_event() throws IOException {
    try (Stream<Path> files = Files.list(PublicSchemas.SOURCES)) {
      assertThat(files.map(file -> file.getFileName().toString())).containsExactlyInAnyOrderElementsOf(
          events().map(event -> PublicSchemas.nameOf(event) + ".json").toList());
    }
  }

  /** They are from a run: PublicExamplesIT of ledger-command. */
  @ParameterizedTest
  @MethodSource("events")
  void an_example_is_valid_with_a_property_that_is_added_later_and_not_without_one_of_now(Class<?> event) {
    JsonNode published = PublicSchemas.published(event);
    Schema schema = REGISTRY.getSchema(((ObjectNode) published).deepCopy());
    assertThat(published.get("examples").size()).isEqualTo(1);
    ObjectNode example = (ObjectNode) published.at("/examples/0").deepCopy();
    assertThat(schema.validate(example)).isEmpty();
    assertThat(example.at("/event/type").asString()).isEqualTo(PublicSchemas.nameOf(event));

    example.put("added_later", 1);
    ((ObjectNode) example.get("event")).putObject("added_later");
    assertThat(schema.validate(example)).isEmpty();

    for (JsonNode required : published.at("/properties/event/required")) {
      ObjectNode without = example.deepCopy();
      ((ObjectNode) without.get("event")).remove(required.asString());
      assertThat(schema.validate(without)).as(required.asString()).isNotEmpty();
    }
    example.put("seq", "1");
    assertThat(schema.validate(example)).isNotEmpty();
  }

  /** With evidence and other parts that the run of the examples has not. */
  @ParameterizedTest
  @MethodSource("events")
  void each_stored_form_is_valid_where_it_is_published(Class<?> event) throws IOException {
    JsonNode published = PublicSchemas.published(event);
    ObjectNode value = (ObjectNode) published.at("/examples/0").deepCopy();
    try (InputStream golden = Objects.requireNonNull(
        getClass().getResourceAsStream("/golden/" + PublicSchemas.nameOf(event) + ".json"))) {
      ObjectNode stored = (ObjectNode) JsonMapper.shared().readTree(golden);
      stored.remove("by");
      value.set("event", stored);
    }
    assertThat(REGISTRY.getSchema(((ObjectNode) published).deepCopy()).validate(value)).isEmpty();
  }

  @Test
  void the_document_has_a_message_for_each_event_that_refers_to_its_file() {
    JsonNode messages = DOCUMENT.at("/components/messages");
    assertThat(messages.propertyNames()).containsExactlyElementsOf(
        events().map(Class::getSimpleName).toList());
    for (Class<?> event : PublicSchemas.events()) {
      String name = PublicSchemas.nameOf(event);
      JsonNode message = messages.get(event.getSimpleName());
      assertThat(message.path("name").asString()).isEqualTo(name);
      assertThat(message.at("/payload/schemaFormat").asString()).isEqualTo("application/schema+json;version=draft-07");
      assertThat(message.at("/payload/schema/$ref").asString()).isEqualTo("public-events/" + name + ".json");
      assertThat(message.at("/traits/0/$ref").asString()).isEqualTo("#/components/messageTraits/PublicEvent");
    }
    Set<String> inChannel = DOCUMENT.at("/channels/publicEvents/messages").findValuesAsString("$ref").stream()
        .map(reference -> reference.substring("#/components/messages/".length())).collect(Collectors.toSet());
    assertThat(inChannel).isEqualTo(Set.copyOf(messages.propertyNames()));
  }

  /** The bindings say what the services declare at the broker. */
  @Test
  void the_channel_is_bound_to_the_topic_as_it_is_declared() {
    JsonNode binding = DOCUMENT.at("/channels/publicEvents/bindings/kafka");
    assertThat(binding.path("topic").asString()).isEqualTo(Topics.PUBLIC_EVENTS);
    Map<String, String> bound = new TreeMap<>();
    binding.path("topicConfiguration").properties().forEach(each -> bound.put(each.getKey(),
        each.getValue().isArray() ? String.join(",", each.getValue().valueStream().map(JsonNode::asString).toList())
            : each.getValue().asString()));
    Map<String, String> declared = new TreeMap<>(TopicShape.of(Topics.PUBLIC_EVENTS).settings());
    assertThat(declared.remove("compression.type")).as("a binding has no name for it").isEqualTo("gzip");
    assertThat(bound).isEqualTo(declared);
  }

  /** Six of them have a person's name inside. */
  @Test
  void no_public_event_names_who_decided() {
    assertThat(events().filter(event -> Stream.of(event.getRecordComponents())
        .anyMatch(component -> component.getName().equals("by"))).map(PublicSchemas::nameOf))
        .containsExactlyInAnyOrderElementsOf(List.of(EventNames.DISCREPANCY_RESOLVED,
            EventNames.DISCREPANCY_RESOLUTION_REVOKED, EventNames.USAGE_REVERSED,
            EventNames.DIFFERENCE_RESOLUTION_PROPOSED, EventNames.DIFFERENCE_RESOLVED,
            EventNames.DIFFERENCE_RESOLUTION_REVOKED));
    for (Class<?> event : PublicSchemas.events()) {
      JsonNode properties = PublicSchemas.published(event).at("/properties/event/properties");
      assertThat(properties.propertyNames()).as(event.getSimpleName()).doesNotContain("by", "proposed_by");
    }
  }
}
