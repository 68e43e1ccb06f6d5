package io.neuronledger.contracts.document;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.dialect.Dialects;
import io.neuronledger.contracts.topic.TopicShape;
import io.neuronledger.contracts.topic.Topics;
import io.neuronledger.contracts.view.alert.AlertKind;
import io.neuronledger.contracts.view.alert.AlertRecord;
import io.neuronledger.contracts.view.alert.AlertType;
import io.neuronledger.contracts.view.alert.AlertView;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;

/** The schemas of alerts have what the records have, and their examples are true. */
class AlertSchemasTest {
  private static final JsonNode DOCUMENT = Documents.read("/asyncapi/alerts.v1.yaml");
  private static final SchemaRegistry REGISTRY = SchemaRegistry.withDefaultDialect(Dialects.getDraft7(),
      registry -> registry.schemaRegistryConfig(
          SchemaRegistryConfig.builder().formatAssertionsEnabled(true).build()));
  /** Shown in answers alone. */
  private static final Set<String> ANSWERED = Set.of("active", "muted");

  private static JsonNode schema(AlertType type) {
    return Documents.read("/asyncapi/alerts/" + type.stored() + ".json");
  }

  private static Map<String, Boolean> described(JsonNode schema) {
    Map<String, Boolean> described = new TreeMap<>();
    schema.path("properties").propertyNames().forEach(property -> described.put(property, false));
    schema.path("required").forEach(property -> described.put(property.asString(), true));
    return described;
  }

  @ParameterizedTest
  @EnumSource
  void a_schema_has_the_properties_of_the_record(AlertType type) {
    assertThat(described(schema(type))).isEqualTo(RecordSchema.properties(AlertRecord.class));
    Map<String, Boolean> expected = new TreeMap<>(RecordSchema.properties(AlertView.class));
    ANSWERED.forEach(expected::remove);
    // A raised alert is about none before it, and only one that is raised is a test.
    if (type == AlertType.RAISED) {
      expected.remove("about");
    } else {
      expected.put("about", true);
      expected.remove("test");
    }
    assertThat(described(schema(type).at("/properties/alert"))).isEqualTo(expected);
    assertThat(described(schema(type).at("/definitions/Block")))
        .isEqualTo(RecordSchema.properties(AlertView.Block.class));
    Set<String> kinds = new TreeSet<>();
    schema(type).at("/properties/alert/properties/kind/enum").forEach(kind -> kinds.add(kind.asString()));
    assertThat(kinds).isEqualTo(new TreeSet<>(Arrays.stream(AlertKind.values()).map(AlertKind::word).toList()));
  }

  @ParameterizedTest
  @EnumSource
  void its_example_is_true(AlertType type) {
    Schema schema = REGISTRY.getSchema(schema(type));
    assertThat(schema(type).path("examples")).isNotEmpty();
    schema(type).path("examples").forEach(each -> assertThat(schema.validate(each)).isEmpty());
    assertThat(schema.validate(schema(type).path("examples").get(0).path("alert"))).isNotEmpty();
  }

  @Test
  void the_document_has_a_message_for_each_type_and_the_topic_as_it_is_declared() {
    Set<String> names = new TreeSet<>();
    DOCUMENT.at("/components/messages").forEach(message -> {
      names.add(message.path("name").asString());
      assertThat(message.at("/payload/schema/$ref").asString())
          .isEqualTo("alerts/" + message.path("name").asString() + ".json");
    });
    assertThat(names).isEqualTo(new TreeSet<>(Arrays.stream(AlertType.values()).map(AlertType::stored).toList()));
    JsonNode binding = DOCUMENT.at("/channels/alerts/bindings/kafka");
    assertThat(binding.path("topic").asString()).isEqualTo(Topics.ALERTS);
    assertThat(binding.at("/topicConfiguration/retention.ms").asString())
        .isEqualTo(TopicShape.of(Topics.ALERTS).settings().get("retention.ms"));
  }
}
