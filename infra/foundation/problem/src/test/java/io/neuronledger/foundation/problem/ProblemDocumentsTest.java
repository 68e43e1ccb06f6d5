package io.neuronledger.foundation.problem;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** The enum of problem codes and the published documents agree, in both directions. */
class ProblemDocumentsTest {
  private static final JsonNode QUERY = read("/openapi/ledger-query.v1.yaml");
  private static final JsonNode COMMAND = read("/openapi/ledger-command.v1.yaml");
  private static final JsonNode INDEXER = read("/openapi/chain-indexer.v1.yaml");
  private static final List<JsonNode> DOCUMENTS = List.of(QUERY, COMMAND, INDEXER);
  private static final JsonNode REPORTS = read("/asyncapi/usage-reports.v1.yaml");

  @Test
  void every_code_is_published_and_every_published_code_exists() {
    Set<String> published = new TreeSet<>();
    DOCUMENTS.stream().map(ProblemDocumentsTest::codes).forEach(published::addAll);
    published.addAll(refusals());
    assertThat(published).isEqualTo(Stream.of(ProblemCode.values()).map(ProblemCode::code)
        .collect(Collectors.toCollection(TreeSet::new)));
  }

  @Test
  void only_one_code_is_of_the_topic_alone() {
    Set<String> onTopicAlone = new TreeSet<>(refusals());
    onTopicAlone.removeAll(codes(COMMAND));
    assertThat(onTopicAlone).containsExactly(ProblemCode.NOT_A_USAGE_REPORT.code());
  }

  @ParameterizedTest
  @ValueSource(strings = {"Problem", "AsOf", "BlockGuard", "Block", "Hash", "Instant"})
  void the_schema_of_a_problem_is_the_same_in_every_document(String schema) {
    assertThat(DOCUMENTS).extracting(document -> document.at("/components/schemas/" + schema))
        .containsOnly(QUERY.at("/components/schemas/" + schema));
    assertThat(QUERY.at("/components/schemas/" + schema).isMissingNode()).isFalse();
  }

  @Test
  void every_answer_of_a_problem_has_the_one_schema() {
    for (JsonNode document : DOCUMENTS) {
      List<JsonNode> problems = document.findValues("application/problem+json");
      assertThat(problems).isNotEmpty().allSatisfy(each ->
          assertThat(each.at("/schema/$ref").asString()).isEqualTo("#/components/schemas/Problem"));
    }
  }

  /** The page of each code, which {@code type} leads to, begins with its status and title, and says what to do. */
  @Test
  void every_code_has_a_page() {
    List<String> sections = List.of(text("/problems.md").split("\\n## ", -1));
    assertThat(sections.stream().skip(1).map(section -> section.lines().findFirst().orElseThrow()).toList())
        .containsExactlyElementsOf(Stream.of(ProblemCode.values()).map(ProblemCode::code).toList());
    Iterator<String> following = sections.stream().skip(1).iterator();
    for (ProblemCode code : ProblemCode.values()) {
      List<String> section = following.next().lines().filter(line -> !line.isEmpty()).toList();
      assertThat(section).hasSizeGreaterThan(2);
      assertThat(section.get(1)).isEqualTo(code.status() + ": " + code.title() + ".");
      assertThat(code.type()).isEqualTo("/problems/" + code.code());
      if (code.isRetryable()) {
        assertThat(String.join(" ", section)).as("what to do after %s", code).containsAnyOf("Retry-After", "again",
            "Ask for less");
      }
    }
  }

  private static Set<String> codes(JsonNode document) {
    return strings(document.at("/components/schemas/ProblemCode/enum"));
  }

  private static Set<String> refusals() {
    return strings(REPORTS.at("/components/messages/RefusedReport/headers/properties/refusal/enum"));
  }

  private static Set<String> strings(JsonNode values) {
    return values.valueStream().map(JsonNode::asString).collect(Collectors.toCollection(TreeSet::new));
  }

  private static JsonNode read(String resource) {
    return new YAMLMapper().readTree(text(resource));
  }

  private static String text(String resource) {
    try (InputStream in = Objects.requireNonNull(ProblemDocumentsTest.class.getResourceAsStream(resource), resource)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
