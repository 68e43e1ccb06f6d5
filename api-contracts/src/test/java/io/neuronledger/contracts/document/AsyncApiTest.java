package io.neuronledger.contracts.document;

import static org.assertj.core.api.Assertions.assertThat;

import io.neuronledger.contracts.event.AccountEvent;
import io.neuronledger.contracts.topic.AccountRecord;
import io.neuronledger.contracts.topic.BlocksRecord;
import io.neuronledger.contracts.topic.Topics;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The AsyncAPI documents have every record and event type with every property of the Java types. */
class AsyncApiTest {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final JsonNode EVENTS = Documents.read("/asyncapi/account-events.v1.yaml");
  private static final JsonNode PUBLIC = Documents.read("/asyncapi/public-events.v1.yaml");
  private static final JsonNode ALERTS = Documents.read("/asyncapi/alerts.v1.yaml");
  private static final JsonNode REPORTS = Documents.read("/asyncapi/usage-reports.v1.yaml");

  @Test
  void every_record_is_described_as_it_is_written() {
    for (Class<?> type : reachable()) {
      if (type.isSealed()) {
        assertThat(described(type)).as(type.getSimpleName()).isEqualTo(alternatives(type));
      } else if (type.isRecord() && !RecordSchema.isOneWord(type) && !isAlternativeInPlace(type)) {
        assertThat(described(type)).as(type.getSimpleName()).isEqualTo(JSON.valueToTree(RecordSchema.of(type)));
      }
    }
  }

  @Test
  void nothing_is_described_that_does_not_exist() {
    Set<String> expected = new TreeSet<>();
    reachable().stream().filter(type -> !type.isEnum() && !isAlternativeInPlace(type))
        .forEach(type -> expected.add(type.getSimpleName()));
    assertThat(new TreeSet<>(EVENTS.at("/components/schemas").propertyNames())).isEqualTo(expected);
  }

  @Test
  void every_published_topic_has_a_channel() {
    List<String> addresses = Stream.of(EVENTS, PUBLIC, ALERTS, REPORTS)
        .flatMap(document -> document.path("channels").valueStream())
        .map(channel -> channel.path("address").asString()).toList();
    assertThat(addresses).containsExactlyInAnyOrder(Topics.ACCOUNT_EVENTS, Topics.ACCOUNT_EVENTS_DEAD,
        Topics.BLOCKS, Topics.PUBLIC_EVENTS, Topics.ALERTS, Topics.USAGE_REPORTS, Topics.USAGE_REJECTS);
  }

  @Test
  void every_reference_resolves() {
    for (JsonNode document : List.of(EVENTS, PUBLIC, ALERTS, REPORTS)) {
      for (String reference : document.findValuesAsString("$ref")) {
        if (reference.startsWith("#")) {
          assertThat(document.at(reference.substring(1)).isMissingNode()).as(reference).isFalse();
        } else {
          String[] parts = (reference + "#").split("#", -1);
          assertThat(Documents.read("/asyncapi/" + parts[0]).at(parts[1]).isMissingNode()).as(reference).isFalse();
        }
      }
    }
  }

  /** The types of the records of account events and blocks. */
  private static Set<Class<?>> reachable() {
    Set<Class<?>> found = new LinkedHashSet<>();
    Deque<Type> open = new ArrayDeque<>(List.of(AccountRecord.class, BlocksRecord.class));
    while (!open.isEmpty()) {
      Type type = open.pop();
      if (type instanceof ParameterizedType generic) {
        open.addAll(List.of(generic.getActualTypeArguments()));
      } else if (type instanceof Class<?> plain && !plain.isPrimitive() && plain != String.class
          && !plain.getName().startsWith("java.lang") && found.add(plain)) {
        if (plain.isSealed()) {
          open.addAll(RecordSchema.alternatives(plain));
        } else if (plain.isRecord() && !RecordSchema.isOneWord(plain)) {
          Stream.of(RecordSchema.formOf(plain).getRecordComponents()).map(RecordComponent::getGenericType)
              .forEach(open::add);
        }
      }
    }
    return found;
  }

  /** Account events are described by name, alternatives of other types in place. */
  private static boolean isAlternativeInPlace(Class<?> type) {
    return type.isRecord() && type.getInterfaces().length > 0 && !AccountEvent.class.isAssignableFrom(type)
        && type.getInterfaces()[0].isSealed();
  }

  private static JsonNode alternatives(Class<?> type) {
    return JSON.valueToTree(Map.of("oneOf", RecordSchema.alternatives(type).stream()
        .map(each -> AccountEvent.class.isAssignableFrom(each)
            ? Map.of("$ref", "#/components/schemas/" + each.getSimpleName())
            : RecordSchema.of(each)).toList()));
  }

  private static JsonNode described(Class<?> type) {
    return Documents.structure(EVENTS.at("/components/schemas/" + type.getSimpleName()));
  }
}
